"""What would be carried over from an edition to the next: which alignments, how strongly, and what is lost?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iqf.analysis.coverage import Claim, Strength
from iqf.analysis.crosswalks import Derived, Hop, derive
from iqf.catalogue import models as m
from iqf.catalogue.editable.changes import CREATE, Change
from iqf.catalogue.models.frameworks import SURE
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.mapping.claims import Area, above
from iqf.reports.crosswalks import Related, frameworks_called, relations
from iqf.reports.things import Ref, ref

SUBJECTS = ("unit", "qualification")
VERBS = ("teaches", "assesses")
"""What is carried: what units and qualifications teach and assess. What a role requires is decided anew."""
MACHINE, INFERRED = "machine", "inferred"


@dataclass(frozen=True)
class Carried:
    """One alignment of the old edition as one of the new: how strong it was and is, and by which relation."""

    subject: str
    title: str
    verb: str
    before: str
    was: str
    after: str
    strength: str
    hop: Hop


@dataclass(frozen=True)
class Lost:
    """An alignment that is not carried, and why."""

    subject: str
    title: str
    verb: str
    before: str
    was: str
    why: str


@dataclass(frozen=True)
class CarryAnswer:
    """What carrying over would propose. `already`: how many stand in the new edition, or stood and were withdrawn.

    `changes`: what would be proposed, by how sure it can be: what machines judged stays theirs. `unrelated`:
    statements of the new edition to which nothing leads.
    """

    old: Ref
    new: Ref
    relations: tuple[Related, ...]
    carried: tuple[Carried, ...]
    lost: tuple[Lost, ...]
    already: int
    unrelated: tuple[Area, ...]
    changes: Mapping[str, tuple[Change, ...]]

    @property
    def weakened(self) -> int:
        """How many are carried less strongly than they were."""
        return sum(one.strength != one.was for one in self.carried)


def carry(old: str, new: str) -> CarryAnswer:
    """What would be carried over from the framework called `old` to the one called `new`.

    Raises NotFoundError where the second does not replace the first, or none of their statements are related.
    """
    first, second = frameworks_called([old, new])
    if second.replaces_id != first.pk:
        raise NotFoundError(
            f"{second.title} does not replace {first.title}; only an earlier edition is carried over."
        )
    ways = relations(first, second)
    if not any(way.relation != "none" for way in ways):
        raise NotFoundError(f"No statement of {second.title} is related to one of {first.title}.")
    hops = [Hop(w.first, w.second, w.relation, w.strength == SURE) for w in ways]
    rows = _alignments(first)
    found = _taken(rows, hops, above(first))
    standing = _standing(second)
    carried = [one for one in found.carried if (one.subject, one.after, one.verb) not in standing]
    return CarryAnswer(
        old=ref(first),
        new=ref(second),
        relations=ways,
        carried=tuple(carried),
        lost=found.lost,
        already=len(found.carried) - len(carried),
        unrelated=_unrelated(second, hops),
        changes=_changes(carried, first, second, _by_machine(rows)),
    )


def _unrelated(framework: m.Framework, hops: list[Hop]) -> tuple[Area, ...]:
    """The statements to which nothing leads, nor to what they stand under."""
    parents = above(framework)
    reached = {hop.second for hop in hops if hop.relation != "none"}

    def led_to(code: str) -> bool:
        return code in reached or (code in parents and led_to(parents[code]))

    rows = m.Statement.objects.filter(LIVE, framework=framework)
    return tuple(Area(s.code, s.title) for s in rows if not led_to(s.code))


def _alignments(framework: m.Framework) -> list[m.Alignment]:
    rows = m.Alignment.objects.filter(LIVE, statement__framework=framework, role=None, verb__in=VERBS)
    return list(rows.select_related("unit", "qualification", "statement", "citation").order_by("pk"))


@dataclass(frozen=True)
class _Taken:
    carried: tuple[Carried, ...]
    lost: tuple[Lost, ...]


def _taken(rows: Iterable[m.Alignment], hops: list[Hop], parents: Mapping[str, str]) -> _Taken:
    """Every alignment taken along the relations. Of several ways to one statement the strongest counts."""
    by_place: dict[tuple[str, str], list[m.Alignment]] = defaultdict(list)
    for row in rows:
        by_place[_code(row), row.verb].append(row)
    carried: list[Carried] = []
    lost: list[Lost] = []
    for (code, verb), own in by_place.items():
        claims = [Claim(code, row.statement.code, _strength(row)) for row in own]
        ways = [one for one in derive(claims, hops, parents) if one.claim.strength]
        carried += [_carried(own, one, code, verb) for one in ways]
        lost += [_lost(row, hops) for row, claim in zip(own, claims, strict=True) if not _leads(claim, hops, parents)]
    return _Taken(tuple(carried), tuple(lost))


def _leads(claim: Claim, hops: list[Hop], parents: Mapping[str, str]) -> bool:
    return any(one.claim.strength for one in derive([claim], hops, parents))


def _carried(own: list[m.Alignment], one: Derived, code: str, verb: str) -> Carried:
    (hop,) = one.path
    row = next((r for r in own if r.statement.code == hop.first), own[0])
    return Carried(
        code, _title(row), verb, hop.first, row.strength, one.claim.statement, one.claim.strength or "", hop
    )


def _lost(row: m.Alignment, hops: list[Hop]) -> Lost:
    leaving = [hop for hop in hops if hop.first == row.statement.code and hop.relation != "none"]
    why = "it is not known which part of it the unit teaches" if leaving else "no statement of the new edition has it"
    return Lost(_code(row), _title(row), row.verb, row.statement.code, row.strength, why)


def _strength(row: m.Alignment) -> Strength:
    return "fully" if row.strength == "fully" else "partly"


def _code(row: m.Alignment) -> str:
    thing = row.unit or row.qualification
    return thing.code if thing else ""


def _title(row: m.Alignment) -> str:
    thing = row.unit or row.qualification
    return thing.title if thing else ""


def _standing(framework: m.Framework) -> set[tuple[str, str, str]]:
    """What the new edition says already, and what it said and no longer does: neither is proposed again."""
    rows = m.Alignment.objects.filter(statement__framework=framework, role=None)
    return {(_code(r), r.statement.code, r.verb) for r in rows.select_related("unit", "qualification", "statement")}


def _by_machine(rows: Iterable[m.Alignment]) -> set[tuple[str, str, str]]:
    return {(_code(r), r.statement.code, r.verb) for r in rows if r.citation.certainty == MACHINE}


def _changes(
    carried: Iterable[Carried], old: m.Framework, new: m.Framework, by_machine: set[tuple[str, str, str]]
) -> dict[str, tuple[Change, ...]]:
    found: dict[str, list[Change]] = defaultdict(list)
    for one in carried:
        kind = "qualification" if one.subject.startswith("IQF-Q-") else "unit"
        key = {kind: one.subject, "statement": f"{new.key}/{one.after}", "verb": one.verb}
        note = f"Carried over from {old.key} {one.before}, {one.was}: {one.hop.relation} of {one.after}."
        said = {"strength": one.strength, "note": note}
        sure = MACHINE if (one.subject, one.before, one.verb) in by_machine else INFERRED
        found[sure].append(Change(f"{kind} alignment", CREATE, key, said))
    return {sure: tuple(changes) for sure, changes in found.items()}
