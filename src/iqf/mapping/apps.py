"""The mapping room as a Django app."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    """Raters, batches and judgements."""

    name = "iqf.mapping"
    label = "mapping"
