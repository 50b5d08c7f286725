"""Which statements does a text touch, how probably, by which words, and what should be judged next?

Texts, statements and verdicts in; calibrated probabilities and supporting words out. `proposing` is where to begin.
"""
