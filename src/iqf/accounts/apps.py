"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, memberships, audit trail."""

    name = "iqf.accounts"
    label = "accounts"
