"""Who says so: sources, the files fetched from them, citations, findings and contradictions.

Promise: any fact held anywhere can point here and answer where it comes from, how sure it is, and in which row.
"""
