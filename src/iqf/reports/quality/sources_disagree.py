"""Where two sources give different values for one field, somebody has decided which is shown, and why."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.reports.quality.finding import Example, Found, found


def check() -> Found:
    """Undecided conflicts."""
    rows = m.FieldConflict.objects.filter(LIVE)
    titles = dict(m.Qualification.objects.values_list("code", "title"))
    cases = [Example(r.subject, titles.get(r.subject, ""), _matter(r)) for r in rows if not r.is_decided]
    return found(cases, rows.count())


def _matter(conflict: m.FieldConflict) -> str:
    field = conflict.field.removeprefix("stated_").replace("_", " ")
    return f"{field}: {conflict.value_shown} is shown, {conflict.value_other} is the other"
