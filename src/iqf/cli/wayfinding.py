"""Commands about ways: is a rule met, what would it take, which way leads there, and what leads nowhere."""

import argparse
from collections.abc import Callable

from iqf.cli.answering import answered, as_of, held_codes, ready
from iqf.cli.main import UsageError
from iqf.cli.text import answers, ways
from iqf.reports import deadends as deadends_report
from iqf.reports import leadership as leadership_report
from iqf.reports import reach as reach_report
from iqf.reports import routes as routes_report
from iqf.reports import rules as rules_report
from iqf.reports import topup as topup_report


def rules(options: argparse.Namespace) -> int:
    """Does a holding meet the rules of a target?"""
    ready()
    answer = rules_report.rules(held_codes(options.held), options.target, as_of(options))
    return answered(options, "rules", answer, answers.rules)


def topup(options: argparse.Namespace) -> int:
    """The least that takes what is held to a target."""
    ready()
    if not 0 <= options.alternatives <= topup_report.MOST_ALTERNATIVES or options.seconds <= 0:
        raise UsageError(f"--alternatives is 0 to {topup_report.MOST_ALTERNATIVES} and --seconds is more than 0.")
    answer = topup_report.topup(
        held_codes(options.held),
        options.target,
        as_of(options),
        cost=options.cost,
        alternatives=options.alternatives,
        fully=options.fully,
        without=held_codes(options.without),
        seconds=options.seconds,
    )
    return answered(options, "topup", answer, ways.topup)


def routes(options: argparse.Namespace) -> int:
    """Ways from one role to another; everywhere from one; what leads to one."""
    ready()
    if not (options.start or options.goal):
        raise UsageError("Say --from which role, --to which, or both.")
    if not 1 <= options.best <= routes_report.MOST_ROUTES or not 1 <= options.max_steps <= 8 or options.seconds <= 0:
        raise UsageError(f"--best is 1 to {routes_report.MOST_ROUTES}, --max-steps 1 to 8, --seconds more than 0.")
    on, held = as_of(options), held_codes(options.held)
    if not options.start:
        answer = reach_report.arrive(options.goal, on, most_steps=options.max_steps)
        return answered(options, "arrive", answer, ways.arrive)
    if not options.goal:
        around = reach_report.reach(options.start, on, held=held, cost=options.cost, seconds=options.seconds)
        return answered(options, "reach", around, ways.reach)
    found = routes_report.routes(
        options.start,
        options.goal,
        on,
        held=held,
        most_steps=options.max_steps,
        best=options.best,
        cost=options.cost,
        rank=[part.strip() for part in options.rank.split(",") if part.strip()],
        seconds=options.seconds,
    )
    return answered(options, "routes", found, ways.routes)


def deadends(options: argparse.Namespace) -> int:
    """What leads nowhere up, or only to a full degree."""
    ready()
    return answered(options, "deadends", deadends_report.deadends(as_of(options)), ways.deadends)


def leadership(options: argparse.Namespace) -> int:
    """Qualifications for leaders by level, and which cross professional lines."""
    ready()
    return answered(options, "leadership", leadership_report.leadership(as_of(options)), ways.leadership)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "rules": rules,
    "topup": topup,
    "routes": routes,
    "deadends": deadends,
    "leadership": leadership,
}
