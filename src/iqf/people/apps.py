"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Portfolios, claims, share links, teams and self-assessments."""

    name = "iqf.people"
    label = "people"
