"""Every write to review. Each is audited in the transaction that makes it."""
