"""What the first readers would wait for, read before anybody asks: once, where all processes of a server come from.

Nothing here may start a thread: the processes that are made after it would not have it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from django.db import DatabaseError
from django.template.loader import get_template
from django.utils import timezone

from iqf.accounts.queries import data_state
from iqf.catalogue.queries import THINGS
from iqf.reports import lists
from iqf.reports.clusters import clusters
from iqf.reports.counts import counts
from iqf.reports.levels import levels
from iqf.reports.qualification import qualification
from iqf.reports.role import role
from iqf.reports.unit import unit
from iqf.reports.workforce import rates_of

TEMPLATES: Final = Path(__file__).parent / "templates"
COUNTED: Final[tuple[Callable[[], object], ...]] = (
    *(lists.roles, lists.qualifications, lists.units, lists.organisations),
    *(clusters, counts, levels),
)
ONE_OF_EACH: Final[Mapping[str, Callable[[str, date], object]]] = {
    "role": role,
    "qualification": qualification,
    "unit": unit,
}


def warm() -> None:
    """Templates, what lists and counts begin with, and the questions of a thing of each kind. No data: templates."""
    for path in TEMPLATES.rglob("*.html"):
        get_template(path.relative_to(TEMPLATES).as_posix())
    try:
        if data_state() is not None:
            _read()
    except DatabaseError:
        return  # there is no database yet, or it is of another version: whoever asks is told so


def _read() -> None:
    for count in COUNTED:
        count()
    rates_of(())
    for kind, report in ONE_OF_EACH.items():
        for code in THINGS[kind]._default_manager.values_list("code", flat=True).order_by("pk")[:1]:
            report(code, timezone.localdate())
