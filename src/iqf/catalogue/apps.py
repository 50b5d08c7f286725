"""The catalogue room as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The accepted, curated framework."""

    name = "iqf.catalogue"
    label = "catalogue"
