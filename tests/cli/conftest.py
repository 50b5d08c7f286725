"""The command line in this process."""

from .running import home, iqf, page, shared_home

__all__ = ["home", "iqf", "page", "shared_home"]
