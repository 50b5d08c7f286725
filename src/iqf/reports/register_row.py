"""What does this row of an official list say, is it in this framework, and what else stands under its number?"""

from dataclasses import dataclass
from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.inclusion import subject_of
from iqf.catalogue.models.official import TIED_KINDS
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.catalogue.queries import NotFoundError
from iqf.codes import parse_qan
from iqf.register.models import OfficialRow
from iqf.register.queries import of_number, row_of
from iqf.reports.inclusion import ChoiceSaid, choice_about
from iqf.reports.official import ListsDisagree, Official, as_shown, lists_disagree
from iqf.reports.things import Fact, Ref, Said, ref, sources_of

MOST_OTHERS = 60
"""Components and approvals under one number: enough to see, never a page without an end."""


@dataclass(frozen=True)
class RowAnswer:
    """Everything the page of one official row says. `things`: what it describes here, as a rule nothing. `choice`:
    what a reviewer decided about whether it belongs here.
    """

    code: str
    official: Official
    as_of: date
    facts: tuple[Fact, ...]
    things: tuple[Ref, ...]
    choice: ChoiceSaid | None
    owner: Ref | None
    same_number: tuple[Official, ...]
    lists_disagree: tuple[ListsDisagree, ...]
    sources: tuple[Said, ...]


def register_row(register: str, reference: str, as_of: date) -> RowAnswer:
    """The row of an official list under the list's own reference. Raises NotFoundError."""
    row = row_of(register, reference)
    if row is None or row.kind == "title":
        raise NotFoundError(f'No official list "{register}" has a row "{reference}"; look for it with: iqf search.')
    return _answer(row, as_of)


def row_called(text: str, as_of: date) -> RowAnswer | None:
    """The official row that goes by `list:reference`, or by a qualification number; None where none does.

    Of several rows under a number the first standing one is answered; the others are among those of the same number.
    """
    register, colon, reference = text.partition(":")
    row = row_of(register.strip(), reference) if colon else None
    if row is None and (number := parse_qan(text)):
        row = of_number(number.stored).order_by("retired", "register", "reference").first()
    return _answer(row, as_of) if row and row.kind != "title" else None


def _answer(row: OfficialRow, as_of: date) -> RowAnswer:
    others = [r for r in of_number(row.number).order_by("register", "reference")[:MOST_OTHERS] if r.pk != row.pk]
    official, *same = as_shown([row, *others])
    links = m.OfficialLink.objects.filter(LIVE, official_row=row).select_related(*TIED_KINDS)
    owner = Owners().named(row.owner) if row.owner else None
    return RowAnswer(
        code=f"{row.register}:{row.reference}",
        official=official,
        as_of=as_of,
        facts=tuple(Fact(f.name, f.label, f.value, official.said, "official") for f in official.facts),
        things=tuple(ref(link.thing) for link in links),
        choice=choice_about(subject_of(row.register, row.reference, row.number)),
        owner=ref(owner) if owner else None,
        same_number=tuple(same),
        lists_disagree=lists_disagree([official, *same]),
        sources=sources_of([official.said, *(o.said for o in same)]),
    )
