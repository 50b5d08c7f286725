"""Answers as a person reads them at a terminal."""
