"""Sheets that people send back: read into rows, and given back with the faults marked. Nothing here writes data."""
