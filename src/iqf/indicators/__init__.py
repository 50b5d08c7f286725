"""Statistical tables as their publishers give them: what each counts, where, in which release, cell by cell.

Promise: a release never changes once it is held, a marker in a cell (`c`, `x`, `z`…) stays that marker and is never
a number, and nothing here is added up. The cells are Parquet files in the home folder, one for each release; what is
known about them is in the database.
"""
