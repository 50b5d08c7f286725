"""Small frameworks laid out as a folder of CSV files, and the one that iqf ships. The layout is in README.md."""
