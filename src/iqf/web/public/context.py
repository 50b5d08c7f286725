"""What every page shows around its content."""
