"""Measured beside what people would use instead, in one run, as ratios."""
