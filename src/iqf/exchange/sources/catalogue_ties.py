"""An official list of qualifications tied to the catalogue by number, and where they disagree about level or owner.

The list adds to the catalogue and never overwrites it. Dates, sizes and funding of the list stay in the register.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from iqf.catalogue import models as m
from iqf.catalogue.actions import official
from iqf.catalogue.actions.citing import cite_rows
from iqf.catalogue.actions.official import Disagreement, OfficialTie
from iqf.catalogue.actions.upsert import Batch
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.early_years.links import in_words
from iqf.exchange.sources.official_list import Tied
from iqf.exchange.sources.pattern import Doubt
from iqf.register.models import OfficialRow


def by_number(register: str) -> Callable[[str, Source, Retrieval], Tied]:
    """How a list is tied to the catalogue: links by qualification number, conflicts of level and owner."""

    def tie(by: str, source: Source, retrieval: Retrieval) -> Tied:
        return _tie(register, by, source, retrieval)

    return tie


def _tie(register: str, by: str, source: Source, retrieval: Retrieval) -> Tied:
    """Bring links and conflicts in step with the whole list and the catalogue as they stand.

    A row that was retired keeps its link: it says what the list once said. It disagrees with nothing.
    """
    ties = list(_ties(register))
    found = list(_disagreements([t for t in ties if not t.row.retired]))
    cited, writes = cite_rows(register, {d.row.pk: d.row for d in found}.values(), source, retrieval)
    batch = Batch(by=by, collection=register, citations=cited, reason=f"ingest {register}")
    official.hold_links(batch, register, ties)
    waiting = official.hold_disagreements(batch, found)
    batch.flush()
    shown = [{"code": c.subject, "field": c.field, "shown": c.value_shown, "other": c.value_other} for c in waiting]
    doubts = [Doubt("conflict", in_words(c), "the catalogue") for c in shown]
    return Tied(writes + batch.writes, tuple(shown), tuple(doubts))


def _ties(register: str) -> Iterator[OfficialTie]:
    numbered: dict[str, list[m.Qualification]] = defaultdict(list)
    held = m.Qualification.objects.filter(LIVE).exclude(number="")
    for qualification in held.select_related("owner", "citation").order_by("code"):
        numbered[qualification.number].append(qualification)
    rows = OfficialRow.objects.filter(register=register, number__in=list(numbered)).order_by("reference")
    for row in rows:
        number = row.number
        because = f"{official.BY_NUMBER} ({number[:3]}/{number[3:7]}/{number[7:]})"
        for qualification in numbered[number]:
            yield OfficialTie(qualification, row, because)


def _disagreements(ties: Sequence[OfficialTie]) -> Iterator[Disagreement]:
    owners = Owners()
    for tie in ties:
        held, row = tie.qualification, tie.row
        if not levels_agree(held.level, row.level):
            yield Disagreement(held, row, "level", held.level, row.level)
        names = [row.owner, row.facts.get("owner_acronym", "")]
        if row.owner and held.owner and not held.stands_for and not owners.same(names, held.owner):
            yield Disagreement(held, row, "owner", held.owner.title, row.owner)


def levels_agree(held: str, listed: str) -> bool:
    """True where one is not known, where they are the same, one of two, or an entry level said less exactly."""
    if not held or not listed or held in listed.split("/"):
        return True
    return held[0] == listed[0] == "E" and "E" in (held, listed)
