"""A sentence encoder from a local folder, where there is one. `analysis` never reads it: it is handed a function."""
