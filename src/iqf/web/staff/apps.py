"""The staff site as a Django app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Pages for signed-in staff."""

    name = "iqf.web.staff"
    label = "staff"
