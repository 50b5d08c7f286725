"""Which statements does a text touch, how probably, by which words, and what should be judged next?"""
