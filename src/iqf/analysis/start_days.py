"""On which days can a qualification be started: the verdicts of `status.can_start` as four days, for many at once."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from iqf.analysis.status import Availability, Verdict

ALWAYS: Final = date.max.toordinal()
NEVER: Final = 0


@dataclass(frozen=True)
class StartDays:
    """Days as ordinals, all inclusive. Before `may_from` and after `may_to` it cannot be started; from `sure_from`
    to `sure_to` it can; on the days between nobody can say."""

    may_from: int
    sure_from: int
    sure_to: int
    may_to: int

    def verdict(self, on: date) -> Verdict:
        """The same as `can_start` says of that day."""
        day = on.toordinal()
        if day < self.may_from or day > self.may_to:
            return "no"
        return "yes" if self.sure_from <= day <= self.sure_to else "cannot say"


def start_days(a: Availability) -> StartDays:
    """The days on which a qualification can be started, by the rule of `status.can_start`."""
    start, end = a.operational_start, a.last_new_start or a.operational_end
    may_from = start.earliest.toordinal() if start else NEVER
    sure_from = start.latest.toordinal() if start else NEVER
    # While the first day is uncertain the answer is "cannot say", whatever the end.
    unsure = sure_from - 1 if may_from < sure_from else NEVER
    if end:
        return StartDays(may_from, sure_from, end.earliest.toordinal(), max(end.latest.toordinal(), unsure))
    if a.stated_status == "available":
        return StartDays(may_from, sure_from, ALWAYS, ALWAYS)
    if a.stated_status in ("closed", "historic"):
        return StartDays(may_from, sure_from, NEVER, unsure)
    return StartDays(may_from, sure_from, NEVER, ALWAYS)
