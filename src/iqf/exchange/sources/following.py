"""After a list was read: what was admitted from it follows its rows, and what now meets the rule is told."""

from iqf.catalogue.actions.admission import follow
from iqf.catalogue.inclusion import gone, rule_in_force, waiting
from iqf.exchange.sources.pattern import IngestReport
from iqf.register.models import OfficialRow
from iqf.review.actions.borderlines import hold_borderlines


def follow_rows(report: IngestReport, *, by: str, register: str) -> None:
    """Bring what was admitted in step with a list that changed. Nothing enters or leaves; what waits for
    a reviewer is put into the inbox."""
    if not report.writes or not OfficialRow.objects.filter(register=register, kind="qualification").exists():
        return
    done = follow(by=by, reason=f"ingest {register}")
    report.writes += done.writes
    report.followed = len({change.code for change in done.changes})
    found = waiting(rule_in_force().rule)
    report.meets_rule = found.entering
    hold_borderlines(by=by, found=found.borderline)
    report.off_every_list = len(gone())
