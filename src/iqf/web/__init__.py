"""The web doors: parse, ask one thing, show it."""
