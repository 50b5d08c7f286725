"""What an official list says of the catalogue, found by any rule, held in one way: links, codes, names, conflicts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F

from iqf.catalogue import models as m
from iqf.catalogue.actions import official
from iqf.catalogue.actions.citing import cite_rows
from iqf.catalogue.actions.official import Disagreement, OfficialClaim, OfficialTie, OtherOfficialName
from iqf.catalogue.actions.upsert import Batch, name_things
from iqf.catalogue.joined import Joined
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.owners import Owners
from iqf.catalogue.queries import kind_of
from iqf.codes import level_words, levels_agree, shown_qan
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.pattern import Doubt
from iqf.register.models import OfficialRow

ALIASES: dict[str, Any] = {
    "role": m.RoleAlias,
    "qualification": m.QualificationAlias,
    "organisation": m.OrganisationAlias,
}


@dataclass(frozen=True)
class Tied:
    """What tying wrote, the disagreements that wait for a decision, and what may be the same and is not tied."""

    writes: int = 0
    conflicts: tuple[dict[str, Any], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    matches: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Found:
    """What one list says of the catalogue, before anything is written.

    `recogniser` is who counts the qualifications of `claims`. `codes`: official codes of things, by scheme.
    `matches`: rows that may describe a thing: register, reference, title, code, matched_title, score and why of each.
    """

    ties: Sequence[OfficialTie] = ()
    claims: Sequence[OfficialClaim] = ()
    recogniser: str = ""
    disagreements: Sequence[Disagreement] = ()
    codes: Sequence[tuple[Thing, str, str]] = ()
    names: Sequence[OtherOfficialName] = ()
    matches: Sequence[dict[str, Any]] = ()

    @property
    def cited(self) -> Iterable[OfficialRow]:
        """The rows that facts of the catalogue rest on."""
        rows = [c.row for c in self.claims] + [d.row for d in self.disagreements] + [n.row for n in self.names]
        return {row.pk: row for row in rows}.values()


Tie = Callable[[str, Source, Retrieval], Tied]
"""How a source is tied to the catalogue: by whom, which source, under which reading of it."""


def tied_by(lists: Mapping[str, Callable[[], Found]], of: Mapping[str, str] | None = None) -> Tie:
    """How the lists of a source are tied to the catalogue, each by its own way of finding.

    `of` names the source of a list that another source brings, which is tied again because it rests on this one;
    where that source was never read there is nothing to tie, and what may be the same is for it to propose.
    """
    others = of or {}

    def tie(by: str, source: Source, retrieval: Retrieval) -> Tied:
        whole = Tied()
        for register, find in lists.items():
            whose = Source.objects.filter(key=others[register]).first() if register in others else source
            if whose:
                held = hold(register, find(), by=by, source=whose, retrieval=retrieval)
                whole = _both(whole, held if whose is source else replace(held, matches=()))
        return whole

    return tie


def _both(a: Tied, b: Tied) -> Tied:
    return Tied(a.writes + b.writes, a.conflicts + b.conflicts, a.doubts + b.doubts, a.matches + b.matches)


def hold(register: str, found: Found, *, by: str, source: Source, retrieval: Retrieval) -> Tied:
    """Bring links, recognitions, codes, names and conflicts of one list in step with what was found."""
    cited, writes = cite_rows(register, found.cited, source, retrieval)
    batch = Batch(by=by, collection=register, citations=cited, reason=f"ingest {register}")
    if found.recogniser:
        official.hold_claims(batch, register, found.recogniser, found.claims)
    else:
        official.hold_links(batch, register, found.ties)
    for kind, model in ALIASES.items():
        if codes := [code for code in found.codes if kind_of(code[0]) == kind]:
            name_things(batch, model, codes)
    official.hold_names(batch, found.names)
    waiting = official.hold_disagreements(batch, found.disagreements)
    batch.flush()
    _verify(register)
    shown = [{"code": c.subject, "field": c.field, "shown": c.value_shown, "other": c.value_other} for c in waiting]
    doubts = tuple(Doubt("conflict", in_words(c), "the catalogue") for c in shown)
    return Tied(writes + batch.writes, tuple(shown), doubts, tuple(found.matches))


def _verify(register: str) -> None:
    """What must hold before the transaction may end: what is tied by number has that number."""
    tied = m.OfficialLink.objects.filter(LIVE, official_row__register=register, rule="number")
    standing = tied.filter(qualification__retired_on=None)
    number = F("official_row__number")
    if wrong := list(
        standing.exclude(qualification__number=number).exclude(qualification__joined__number=number)[:5]
    ):
        raise RuntimeError(f"Tied across numbers: {[str(link) for link in wrong]}.")


def in_words(conflict: Mapping[str, Any]) -> str:
    """A conflict in a sentence."""
    shown, other = conflict["shown"], conflict["other"]
    if conflict["field"] == "level":
        shown, other = level_words(shown), level_words(other)
    what = f"{conflict['code']}, {conflict['field']}"
    return f"{what}: the catalogue says {shown}, the list {other}; both are kept until somebody decides."


def by_number(rows: Iterable[OfficialRow]) -> Iterator[tuple[m.Qualification, OfficialRow, str]]:
    """Each row with each qualification of its number, or that an entry of its number was joined into; and why."""
    numbered = list(rows)
    numbers = {r.number for r in numbered if r.number}
    held: dict[str, list[m.Qualification]] = defaultdict(list)
    things = m.Qualification.objects.filter(LIVE, number__in=numbers)
    for thing in things.select_related("owner", "citation").order_by("code"):
        held[thing.number].append(thing)
    joined = Joined()
    for was in m.Qualification.objects.filter(joined_into__isnull=False, number__in=numbers).order_by("code"):
        if (now := joined.now(was)) not in held[was.number]:
            held[was.number].append(now)
    for row in numbered:
        for thing in held[row.number]:
            yield thing, row, f"{official.BY_NUMBER} ({shown_qan(row.number)})"


def disagreements(ties: Iterable[OfficialTie]) -> Iterator[Disagreement]:
    """Where a row says another level or another owner than the qualification it describes."""
    owners = Owners()
    for tie in ties:
        held, row = tie.thing, tie.row
        if not isinstance(held, m.Qualification):
            continue
        if not levels_agree(held.level, row.level):
            yield Disagreement(held, row, "level", held.level, row.level)
        names = [row.owner, row.facts.get("owner_now", ""), row.facts.get("owner_acronym", "")]
        if row.owner and held.owner and not held.stands_for and not owners.same(names, held.owner):
            yield Disagreement(held, row, "owner", held.owner.title, row.owner)
