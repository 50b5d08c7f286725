"""Everything about one thing, whatever kind of thing it is."""

from datetime import date

from iqf.catalogue.queries import find, kind_of
from iqf.reports.framework import FrameworkAnswer, framework
from iqf.reports.organisation import OrganisationAnswer, organisation
from iqf.reports.qualification import QualificationAnswer, qualification
from iqf.reports.role import RoleAnswer, role
from iqf.reports.unit import UnitAnswer, unit

Answer = RoleAnswer | QualificationAnswer | UnitAnswer | OrganisationAnswer | FrameworkAnswer


def show(text: str, as_of: date) -> Answer:
    """The answer of the thing called `text`. Raises NotFoundError or AmbiguousError."""
    thing = find(text)
    ask = {
        "role": role,
        "qualification": qualification,
        "unit": unit,
        "organisation": organisation,
        "framework": framework,
    }[kind_of(thing)]
    return ask(thing.code, as_of)  # type: ignore[operator, no-any-return]
