"""The evidence room as a Django app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Sources, retrievals, citations and findings."""

    name = "iqf.evidence"
    label = "evidence"
