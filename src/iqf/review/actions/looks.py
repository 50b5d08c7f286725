"""When somebody looked for duplicates: kept for each kind of thing, the last time only."""

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.review.models import Look


@transaction.atomic
def looked(*, by: str, of: str, looked_at: int, found: int, kept: int) -> None:
    """Keep that somebody has looked through all things of a kind (`units`), and how many pairs there were."""
    said = {"looked_at": looked_at, "found": found, "kept": kept}
    Look.objects.update_or_create(of=of, defaults={"by": by, **said})
    audit(by=by, action="look for duplicates", subject=f"duplicates:{of}", before={}, after=said)
