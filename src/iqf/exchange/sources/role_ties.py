"""Job profiles and apprenticeship standards tied to the roles of the catalogue, by title; near ones are proposed."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from iqf.analysis.names import OtherName, plain_name
from iqf.analysis.same_body import Bodies, Body
from iqf.catalogue import models as m
from iqf.catalogue.actions.official import OfficialTie
from iqf.catalogue.joined import other_titles
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources.tying import Found, tied_by
from iqf.register.models import OfficialRow

PROFILES = "ncs-roles"
STANDARDS = "skills-england-standards"
AIM_STANDARDS = "lars-standards"
STANDARD_REFERENCE = "standard-reference"
SUGGESTED = "a title that we suggest for the role, which no document states"


def by_title(register: str, compared: Callable[[str], str] = plain_name) -> Found:
    """A list of profiles or standards beside the roles: equal to a role's title or to one that a document states.

    A title of ours (a synonym) proposes and does not tie, nor does one that two roles share, nor one that is only
    alike: `compared` is what of two titles is set side by side for that.
    """
    roles = {role.code: role for role in m.Role.objects.filter(LIVE).order_by("code")}
    stated, suggested = _titles(roles, compared)
    ties: list[OfficialTie] = []
    matches: list[dict[str, Any]] = []
    for row in OfficialRow.objects.filter(register=register).order_by("reference"):
        said = (OtherName("name", row.title),)
        if same := stated.same(said):
            because = (
                "Same title" if same.why == "Same name" else f"Its title is a stated title of the role ({row.title})"
            )
            ties.append(OfficialTie(roles[same.key], row, because[:400], "title"))
        elif not row.retired:
            matches += _matches(row, roles, stated, suggested)
    codes = [
        (t.thing, STANDARD_REFERENCE, code)
        for t in ties
        if (code := t.row.facts.get("standard")) and not t.row.retired
    ]
    return Found(ties, codes=codes, matches=matches)


def _titles(roles: dict[str, m.Role], compared: Callable[[str], str]) -> tuple[Bodies, Bodies]:
    """The roles by their own and stated titles, and by the titles that we suggest."""
    before = other_titles("role")
    stated = {
        code: [OtherName("name", title) for title in (role.title, *before.get(role.pk, ()))]
        for code, role in roles.items()
    }
    suggested: dict[str, list[OtherName]] = defaultdict(list)
    for other in m.RoleTitle.objects.filter(LIVE, role__code__in=roles).select_related("role"):
        name = OtherName("trading", other.title)
        (stated if other.kind == "alternative" else suggested)[other.role.code].append(name)
    return tuple(Bodies((Body(c, tuple(n)) for c, n in names.items()), compared) for names in (stated, suggested))  # type: ignore[return-value]


def _matches(
    row: OfficialRow, roles: dict[str, m.Role], stated: Bodies, suggested: Bodies
) -> Iterator[dict[str, Any]]:
    said = (OtherName("name", row.title),)
    same = suggested.same(said)
    found = [(same.key, 1.0, SUGGESTED)] if same else []
    found += [(p.key, p.score, p.why.replace("names", "titles")) for p in stated.perhaps(said)]
    for key, score, why in found:
        yield {
            "register": row.register,
            "reference": row.reference,
            "title": row.title,
            "code": key,
            "matched_title": roles[key].title,
            "score": score,
            "why": why,
        }


profiles_tie = tied_by({PROFILES: partial(by_title, PROFILES)})
standards_tie = tied_by({STANDARDS: partial(by_title, STANDARDS)})
