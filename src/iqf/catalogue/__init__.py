"""The accepted, curated framework: roles, organisations, qualifications, units, rules, frameworks, and their links.

Promise: only accepted facts stand here; every one has a permanent code or a citation, and nothing is deleted.
"""
