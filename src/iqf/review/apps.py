"""The review room as a Django app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Matches that were proposed, and what was decided about them."""

    name = "iqf.review"
    label = "review"
