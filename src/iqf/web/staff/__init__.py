"""Pages for signed-in staff: what was imported, what was doubtful in it, and who changed what."""
