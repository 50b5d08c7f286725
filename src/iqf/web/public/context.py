"""What every page is told besides its own answer."""

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils import timezone

from iqf.accounts.queries import data_version

SECTIONS = {
    "roles": "roles",
    "functions": "roles",
    "qualifications": "qualifications",
    "units": "units",
    "organisations": "organisations",
    "frameworks": "frameworks",
    "clusters": "clusters",
    "levels": "levels",
    "compare": "compare",
    "check": "check",
    "topup": "topup",
    "compose": "compose",
    "transitions": "routes",
    "routes": "routes",
    "deadends": "routes",
    "figures": "figures",
    "supply": "supply",
    "takeup": "supply",
    "leadership": "qualifications",
    "workforce": "workforce",
    "sources": "sources",
    "consultations": "consultations",
    "decisions": "decisions",
    "about": "about",
    "staff": "staff",
}


def page(request: HttpRequest) -> dict[str, Any]:
    """The version of the data, today's date, the section of the site, what was searched for, and the address."""
    return {
        "whole_address": _whole_address(request),
        "data_version": data_version(),
        "today": timezone.localdate(),
        "section": SECTIONS.get(request.path.split("/")[1], ""),
        "q": request.GET.get("q", ""),
    }


def _whole_address(request: HttpRequest) -> str:
    """The address for a page on paper; blank where it was asked for under a name that is not this site's."""
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return ""
