"""How much is held, and how sure is it?"""

from dataclasses import dataclass

from django.db.models import Count

from iqf.accounts.kept import Kept
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import CERTAINTIES, Citation, Source


@dataclass(frozen=True)
class CountsAnswer:
    """How many standing things of each kind there are; facts by how sure they are, as key, words and number."""

    roles: int
    qualifications: int
    units: int
    frameworks: int
    organisations: int
    sources: int
    certainties: tuple[tuple[str, str, int], ...]


def _count() -> CountsAnswer:
    """What is held now."""
    facts: dict[str, int] = {
        row["certainty"]: row["n"] for row in Citation.objects.values("certainty").annotate(n=Count("id"))
    }
    return CountsAnswer(
        roles=m.Role.objects.filter(LIVE).count(),
        qualifications=m.Qualification.objects.filter(LIVE).count(),
        units=m.Unit.objects.filter(LIVE).count(),
        frameworks=m.Framework.objects.filter(LIVE).count(),
        organisations=m.Organisation.objects.filter(LIVE).count(),
        sources=Source.objects.count(),
        certainties=tuple((key, words, facts.get(key, 0)) for key, words in CERTAINTIES.items()),
    )


counts = Kept(_count)
