"""One module for each question asked. It loads from the rooms, calls `analysis`, and returns one frozen answer.

The site, the command line and the exports all show that same answer. A report never renders.
"""
