"""Official rows as their publisher prints them, row for row, with every earlier version.

Promise: what stands here is what the official file said, and when. Nothing here is corrected or curated.
"""
