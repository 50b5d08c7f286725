"""The indicators room as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Statistical tables and their releases."""

    name = "iqf.indicators"
    label = "indicators"
