"""Questions of the staff: what waits for a decision, and what was decided. No public page asks these."""
