"""Answers in a sentence: the definite answer that a page begins with, its reason, and the next step."""
