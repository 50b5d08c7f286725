"""After a list was read: what was admitted from it follows its rows, and what now meets the rule is told."""

from iqf.catalogue.actions.admission import follow
from iqf.catalogue.inclusion import entering, gone, rule_in_force
from iqf.exchange.sources.pattern import IngestReport
from iqf.register.models import OfficialRow


def follow_rows(report: IngestReport, *, by: str, register: str) -> None:
    """Bring what was admitted in step with a list that changed. Nothing enters or leaves; what waits is reported."""
    if not report.writes or not OfficialRow.objects.filter(register=register, kind="qualification").exists():
        return
    done = follow(by=by, reason=f"ingest {register}")
    report.writes += done.writes
    report.followed = len({change.code for change in done.changes})
    report.meets_rule = entering(rule_in_force().rule)
    report.off_every_list = len(gone())
