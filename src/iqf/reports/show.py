"""Everything about one thing, whatever kind of thing it is."""

from datetime import date

from iqf.catalogue.queries import NotFoundError, find, kind_of
from iqf.reports.framework import FrameworkAnswer, framework
from iqf.reports.organisation import OrganisationAnswer, organisation
from iqf.reports.qualification import QualificationAnswer, qualification
from iqf.reports.register_row import RowAnswer, row_called
from iqf.reports.role import RoleAnswer, role
from iqf.reports.unit import UnitAnswer, unit

Answer = RoleAnswer | QualificationAnswer | UnitAnswer | OrganisationAnswer | FrameworkAnswer | RowAnswer


def show(text: str, as_of: date) -> Answer:
    """The answer of the thing called `text`; else of the official row under that number or `list:reference`.

    Raises NotFoundError or AmbiguousError.
    """
    try:
        thing = find(text)
    except NotFoundError:
        if row := row_called(text, as_of):
            return row
        raise
    ask = {
        "role": role,
        "qualification": qualification,
        "unit": unit,
        "organisation": organisation,
        "framework": framework,
    }[kind_of(thing)]
    return ask(thing.code, as_of)  # type: ignore[operator, no-any-return]
