"""What was put to me as an assessor: which evidence, by whom, what is asked for it, and what did I decide?"""

from dataclasses import dataclass

from iqf.analysis.partial_dates import partial
from iqf.people import queries
from iqf.people.models import Claim
from iqf.people.scope import Scope
from iqf.reports.private.portfolio import ClaimSeen, EvidenceSeen, claim_seen


@dataclass(frozen=True)
class PutToMe:
    """A claim that was put to an assessor: whose it is, the evidence, what is asked. Nothing else of the person."""

    claim: ClaimSeen
    person: str
    evidence: EvidenceSeen


def put_to_me(scope: Scope) -> tuple[PutToMe, ...]:
    """The claims that were put to whoever asks: those that wait first."""
    return tuple(_put_to_me(row) for row in queries.put_to(scope))


def one_put_to_me(scope: Scope, number: int) -> PutToMe:
    """One claim that was put to whoever asks. Raises NotFoundError."""
    return _put_to_me(queries.claim_put_to(scope, number))


def _put_to_me(row: Claim) -> PutToMe:
    when = partial(row.evidence.date)
    e = row.evidence
    seen = EvidenceSeen(
        e.pk, e.kind, e.title, e.date, when.words if when else "", e.provider, e.hours, e.text, (), ()
    )
    return PutToMe(claim_seen(row), row.evidence.portfolio.shown_name, seen)
