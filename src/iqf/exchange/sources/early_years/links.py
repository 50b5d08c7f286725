"""The list's rows tied to the catalogue by qualification number: what it counts, and where the two disagree."""

from iqf.catalogue import models as m
from iqf.catalogue.actions.accepted import RECOGNISERS, accepted_ties
from iqf.catalogue.actions.official import OfficialClaim
from iqf.exchange.sources import tying
from iqf.exchange.sources.early_years.rows import REGISTER
from iqf.exchange.sources.tying import Found, Tie, tied_by
from iqf.register.models import OfficialRow
from iqf.register.queries import numbered

RECOGNISER = RECOGNISERS[REGISTER]


def found() -> Found:
    """What the whole list counts, beside the catalogue as both stand.

    The whole list, not only the rows of one file: a qualification that came into the catalogue since is found.
    """
    claims = [_claim(*pair) for pair in tying.by_number(numbered(REGISTER))]
    claims += [_claim(*pair) for pair in accepted_ties(REGISTER)]
    return Found(claims=claims, recogniser=RECOGNISER, disagreements=list(tying.disagreements(claims)))


def _claim(thing: m.Qualification, row: OfficialRow, because: str) -> OfficialClaim:
    return OfficialClaim(
        thing=thing,
        row=row,
        because=because,
        level=row.level,
        started_from=row.facts["started_from"],
        started_to=row.facts["started_to"],
        condition=row.facts["condition"],
    )


tie: Tie = tied_by({REGISTER: found})
