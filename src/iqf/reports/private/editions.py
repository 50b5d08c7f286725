"""A next edition as a draft: what would have to be made, and how much of it would be taught before it is adopted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.coverage import Claim, UnitLink
from iqf.analysis.coverage import coverage as reckon
from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.editable.entities import CODE
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.mapping.claims import claims_for, framework_statements, judged_units
from iqf.reports.coverage_cuts import members
from iqf.reports.crosswalks import Path, brought
from iqf.reports.things import Ref, ref
from iqf.review.models import Proposal
from iqf.review.trial import as_it_would_be

NEW = "new-1"
SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 60
PARTS = ("framework", "statement")


@dataclass(frozen=True)
class Count:
    """Of one area: judged units that touch it, that teach it fully; qualifications with a unit that touches it."""

    touches: int
    fully: int
    qualifications: int


@dataclass(frozen=True)
class AreaTested:
    """One area of the draft as it would be taught, and as the area of that code in the edition before is.

    `state`: *known*; *at least*: no relation holds all of it; *nothing known*: no relation leads to it.
    """

    code: str
    title: str
    now: Count
    before: Count | None
    state: str


@dataclass(frozen=True)
class DraftCoverage:
    """How much of a drafted framework would be taught, by what was judged before. `faults`: why it cannot be tried.

    Without areas nothing is known: no unit was judged against it, nor against the edition that it replaces.
    `path`: by which way what is known came from that.
    """

    title: str
    key: str
    units_judged: int
    areas: tuple[AreaTested, ...]
    path: Path | None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextEdition:
    """The draft of an edition: what it replaces, what it is called, what it begins with, and the changes it takes."""

    old: Ref
    key: str
    title: str
    edition: str
    statements: int
    changes: tuple[Change, ...]


def name_problem(key: str) -> str:
    """What is wrong with a short name for a framework, in a sentence; blank where it will do."""
    if not SHORT_NAME.fullmatch(key) or len(key) > LONGEST_NAME:
        return (
            f'"{key[:80]}" is no short name: use small letters, figures and hyphens only, such as common-core-2027.'
        )
    if m.Framework.objects.filter(key__iexact=key).exists():
        return f'There is a framework called "{key}" already.'
    return ""


def next_edition(old: str, key: str, *, title: str = "", edition: str = "") -> NextEdition:
    """The edition that replaces the framework called `old`. Raises NotFoundError or AmbiguousError."""
    held = m.Framework.objects.get(pk=find(old, ("framework",)).pk)
    title = " ".join(title.split()) or held.title
    changes = edition_changes(held, key, title, edition)
    return NextEdition(ref(held), key, title, edition, len(changes) - 1, tuple(changes))


def edition_changes(held: m.Framework, key: str, title: str, edition: str) -> list[Change]:
    """A draft of the edition that replaces one: the framework, and every statement of it as it stands."""
    said = {"title": title, "key": key, "edition": edition, "replaces": held.code, "adopted": "yes"}
    first = Change("framework", CREATE, {CODE: NEW}, {name: text for name, text in said.items() if text})
    rows = m.Statement.objects.filter(LIVE, framework=held).select_related("parent", "row")
    placed = _parents_first(list(rows.order_by("position", "pk")))
    return [first, *(_statement(row) for row in sorted(placed, key=lambda row: bool(row.row_id)))]


def _statement(row: m.Statement) -> Change:
    cells = {
        "parent": row.parent.code if row.parent else "",
        "kind": row.kind,
        "title": row.title,
        "note": row.note,
        "position": str(row.position),
        "axis": row.axis,
        "row": row.row.code if row.row else "",
    }
    key = {"framework": NEW, "code": row.code}
    return Change("statement", CREATE, key, {name: text for name, text in cells.items() if text})


def _parents_first(rows: Sequence[m.Statement]) -> list[m.Statement]:
    """Each statement after the one it stands under."""
    placed: list[m.Statement] = []
    seen: set[int | None] = {None}
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if row.parent_id in seen]
        if not ready:
            break
        placed += ready
        seen |= {row.pk for row in ready}
        waiting = [row for row in waiting if row.pk not in seen]
    return placed


def drafts_framework(proposal: Proposal) -> bool:
    """Whether a proposal makes or changes statements of a framework, so that its coverage can be tested."""
    return proposal.changes.filter(entity__in=PARTS).exists()


def draft_coverage(proposal: Proposal) -> DraftCoverage:
    """How much of the framework that a proposal drafts would be taught. Nothing is written, nobody else sees it.

    A new edition is tested by the judgements of the one it replaces, along the relations and the statements that stay
    the same word for word; a changed framework by its own. Raises NotFoundError where it drafts none.
    """
    with as_it_would_be(proposal) as tried:
        if tried.codes is None:
            return DraftCoverage("", "", 0, (), None, tuple(dict.fromkeys(f.message for f in tried.faults)))
        return _tested(_drafted(proposal, tried.codes))


def _drafted(proposal: Proposal, codes: Mapping[str, str]) -> m.Framework:
    """The framework that a proposal makes, or whose statements it changes."""
    for change in proposal.changes.filter(entity__in=PARTS):
        name = change.key.get(CODE) or change.key.get("framework", "")
        found = m.Framework.objects.filter(code=codes.get(name, name)).select_related("replaces").first()
        if found is not None:
            return found
    raise NotFoundError("This proposal drafts no framework.")


def _tested(framework: m.Framework) -> DraftCoverage:
    """The framework as it stands during the trial."""
    own = m.JudgedUnit.objects.filter(LIVE, framework=framework).exists()
    before = None if own else framework.replaces
    if not own and (before is None or not m.JudgedUnit.objects.filter(LIVE, framework=before).exists()):
        return DraftCoverage(framework.title, framework.key, 0, (), None)
    try:
        judged, now, path = _counted(framework, [before] if before else [])
    except NotFoundError as error:
        return DraftCoverage(framework.title, framework.key, 0, (), None, (str(error),))
    earlier = _counted(before, [])[1] if before else {}
    return DraftCoverage(framework.title, framework.key, judged, _areas(framework, now, earlier, path), path)


def _counted(framework: m.Framework, through: Sequence[m.Framework]) -> tuple[int, dict[str, Count], Path | None]:
    """Units judged, what each area is reached by, and by which way that is known."""
    claims, judged, path = _known(framework, through)
    codes = [area.code for area in framework_statements(framework)]
    everything = m.Unit.objects.filter(LIVE).values_list("code", flat=True)
    units = reckon([UnitLink("all", code) for code in everything], claims, judged, codes).rows[0]
    held = [UnitLink(h.qualification.code, h.unit.code) for h in members()]
    rows = reckon(held, claims, judged, codes).rows
    return (
        units.units_judged,
        {c: Count(units.touches[c], units.fully[c], sum(row.touches[c] > 0 for row in rows)) for c in codes},
        path,
    )


def _known(
    framework: m.Framework, others: Sequence[m.Framework]
) -> tuple[tuple[Claim, ...], frozenset[str], Path | None]:
    """The claims and the judged units of a framework as they stand in the trial: its own, or brought from others."""
    if not others:
        return claims_for(framework), judged_units(framework), None
    found = brought(framework, others)
    return found.claims, found.judged, found.path


def _areas(
    framework: m.Framework, now: Mapping[str, Count], earlier: Mapping[str, Count], path: Path | None
) -> tuple[AreaTested, ...]:
    without = {a.code for a in path.without} if path else set()
    least = {a.code for a in path.at_least} if path else set()

    def state(code: str) -> str:
        return "nothing known" if code in without else "at least" if code in least else "known"

    areas = framework_statements(framework)
    return tuple(AreaTested(a.code, a.title, now[a.code], earlier.get(a.code), state(a.code)) for a in areas)
