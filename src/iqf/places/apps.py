"""The places room as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Areas and their codes."""

    name = "iqf.places"
    label = "places"
