"""The public site as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages anyone may read."""

    name = "iqf.web.public"
    label = "public"
