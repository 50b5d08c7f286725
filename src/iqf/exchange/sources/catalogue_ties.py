"""An official list of qualifications tied to the catalogue by number, and where they disagree about level or owner.

The list adds to the catalogue and never overwrites it. Dates, sizes and funding of the list stay in the register.
"""

from functools import partial

from django.db.models import Q

from iqf.catalogue import models as m
from iqf.catalogue.actions.official import OfficialTie
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources import tying
from iqf.exchange.sources.tying import Found, Tie, tied_by
from iqf.register.models import OfficialRow


def by_number(register: str) -> Tie:
    """How a list is tied to the catalogue: links by qualification number, conflicts of level and owner."""
    return tied_by({register: partial(numbered, register)})


def numbered(register: str) -> Found:
    """The whole list beside the catalogue as they stand.

    A row that was retired keeps its link: it says what the list once said. It disagrees with nothing.
    """
    held = (
        m.Qualification.objects.filter(LIVE | Q(joined_into__isnull=False))
        .exclude(number="")
        .values_list("number", flat=True)
    )
    rows = OfficialRow.objects.filter(register=register, number__in=set(held)).order_by("reference")
    ties = [OfficialTie(thing, row, because) for thing, row, because in tying.by_number(rows)]
    return Found(ties, disagreements=list(tying.disagreements(t for t in ties if not t.row.retired)))
