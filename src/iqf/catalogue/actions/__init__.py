"""Every write to the catalogue. Each one is audited in the transaction that makes it."""
