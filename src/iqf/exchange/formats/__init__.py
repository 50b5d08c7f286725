"""Answers in the formats that other software reads. Nothing private passes through here."""
