"""Users, what organisation they act for, and the audit trail.

Promise: every change to what the product holds is written down here in the same transaction as the change,
under text identifiers, so that the trail outlives the row.
"""
