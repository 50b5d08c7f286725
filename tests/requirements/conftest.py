"""Commands and pages on the starter."""

from tests.cli.running import home, iqf, page, shared_home

__all__ = ["home", "iqf", "page", "shared_home"]
