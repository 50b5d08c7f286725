"""What every page is told besides its own answer."""

from typing import Any

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
    """The version of the data, today's date, the section of the site, and what was searched for."""
    return {
        "data_version": data_version(),
        "today": timezone.localdate(),
        "section": SECTIONS.get(request.path.split("/")[1], ""),
        "q": request.GET.get("q", ""),
    }
