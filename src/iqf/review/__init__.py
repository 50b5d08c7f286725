"""What waits for somebody to decide: matches that were proposed between official rows and things of the framework.

Promise: nothing here is a fact. Accepting calls an action of the catalogue; what was decided is remembered, with its
reason, and not asked again. Public pages never read this room.
"""
