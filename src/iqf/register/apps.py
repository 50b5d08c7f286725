"""The register room as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Official rows as published, with their history."""

    name = "iqf.register"
    label = "register"
