"""What a person takes away of what is theirs. Each export takes the scope in which it is asked."""
