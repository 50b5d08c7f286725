"""What people may read and write of the catalogue: every entity, its columns, and its rows as plain text."""
