"""The command line: parse, ask one thing, show it."""
