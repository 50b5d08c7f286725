"""Commands that answer: ask one report, print it for people or as JSON."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from iqf.accounts.permissions import DECIDE
from iqf.catalogue import models as m
from iqf.cli.acting import acting
from iqf.cli.answering_options import NARROWED_BY
from iqf.cli.main import UsageError
from iqf.cli.text import answers, things, ways
from iqf.cli.text import crowding as crowding_words
from iqf.cli.text import history as history_words
from iqf.exchange.formats.answers import answer_json
from iqf.exchange.formats.plain import dumps, envelope
from iqf.reports import deadends as deadends_report
from iqf.reports import difference as difference_report
from iqf.reports import duplicates as duplicates_report
from iqf.reports import earlier as earlier_report
from iqf.reports import history as history_report
from iqf.reports import leadership as leadership_report
from iqf.reports import overlap as overlap_report
from iqf.reports import quality as quality_report
from iqf.reports import reach as reach_report
from iqf.reports import requirements as requirements_report
from iqf.reports import routes as routes_report
from iqf.reports import rules as rules_report
from iqf.reports import search as search_report
from iqf.reports import show as show_report
from iqf.reports import topup as topup_report
from iqf.reports.crowding import crowding
from iqf.reports.private.undecided import undecided


def ready() -> None:
    """Refuse in a sentence where there are no data to read."""
    if connection.vendor == "sqlite" and not _sqlite_exists(connection.settings_dict["NAME"]):
        raise _nothing()
    if m.Qualification._meta.db_table not in connection.introspection.table_names() or not m.Role.objects.exists():
        raise _nothing()


def _sqlite_exists(name: str | Path) -> bool:
    """Asked before connecting, which would make the file. One in memory (the tests') has no file."""
    return "mode=memory" in str(name) or Path(name).exists()


def _nothing() -> UsageError:
    return UsageError(f"There are no data in {settings.IQF_HOME} yet; begin with: iqf ingest starter")


def as_of(options: argparse.Namespace) -> date:
    """The date asked about: today unless `--on` says."""
    if not options.on:
        return timezone.localdate()
    try:
        return date.fromisoformat(options.on)
    except ValueError:
        raise UsageError(f'"{options.on}" is not a date; write it like 2026-11-21.') from None


def answered(options: argparse.Namespace, shape: str, answer: Any, words: Callable[[Any], str]) -> int:
    """Print an answer: for people, or as JSON in its shape."""
    on = as_of(options)
    if options.json:
        sys.stdout.write(dumps(envelope(shape, on, answer_json(shape, answer))) + "\n")
    else:
        sys.stdout.write(words(answer))
    return 0


def search(options: argparse.Namespace) -> int:
    """Find things by whatever words are used."""
    ready()
    if options.limit < 1 or options.offset < 0:
        raise UsageError("--limit is 1 or more and --offset 0 or more.")
    answer = search_report.search(
        " ".join(options.text),
        **{name: getattr(options, name) for name in NARROWED_BY},
        available_on=options.available_on,
        scheme=options.scheme,
        limit=options.limit,
        offset=options.offset,
    )
    if answer.refused:
        raise UsageError(answer.refused)
    return answered(options, "search", answer, answers.search)


def show(options: argparse.Namespace) -> int:
    """Everything about one thing."""
    ready()
    return answered(options, "show", show_report.show(options.code, as_of(options)), things.show)


def history(options: argparse.Namespace) -> int:
    """Every change of a thing; or how it stood after one of them."""
    ready()
    if options.page < 1 or (options.after or 0) < 0:
        raise UsageError("--page is 1 or more and --after is the number of a change.")
    if options.after is not None:
        return answered(
            options, "earlier", earlier_report.earlier(options.code, options.after), history_words.earlier
        )
    answer = history_report.history(options.code, page=options.page)
    return answered(options, "history", answer, history_words.history)


def overlap(options: argparse.Namespace) -> int:
    """What two qualifications have in common; or how crowded a cluster is."""
    ready()
    if options.cluster and not options.a:
        return answered(options, "crowding", crowding(options.cluster, options.scheme), crowding_words.cluster)
    if options.cluster or not options.b:
        raise UsageError("Name two qualifications, or a cluster: iqf overlap A B, or iqf overlap --cluster KEY")
    return answered(options, "overlap", overlap_report.overlap(options.a, options.b), answers.overlap)


def held_codes(given: str) -> list[str]:
    """Codes from a comma-separated list, or from a file with one on each line (`#` begins a remark)."""
    path = Path(given)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    try:
        parts = path.read_text(encoding="utf-8-sig").splitlines() if is_file else given.split(",")
    except UnicodeDecodeError:
        raise UsageError(
            f"{given} is not a text file in UTF-8; save the codes as plain text, one on a line."
        ) from None
    return [code for part in parts if (code := part.partition("#")[0].strip())]


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
        return answered(
            options, "reach", reach_report.reach(options.start, on, held=held, cost=options.cost), ways.reach
        )
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


def differ(options: argparse.Namespace) -> int:
    """How far two holders of a qualification can differ."""
    ready()
    return answered(options, "differ", difference_report.difference(options.code), answers.difference)


def duplicates(options: argparse.Namespace) -> int:
    """Which things may be the same thing."""
    ready()
    if options.limit < 1:
        raise UsageError("--limit is 1 or more.")
    if options.keep:
        return _kept(options)
    found = undecided(duplicates_report.find(options.of, options.verdict))
    answer = duplicates_report.shown(found, limit=options.limit)
    return answered(options, "duplicates", answer, answers.duplicates)


def _kept(options: argparse.Namespace) -> int:
    """Look again, and put what looks like one thing into the inbox."""
    if options.of == "register":
        raise UsageError("Only entries of the framework wait as duplicates: --of qualifications or --of units.")
    from iqf.exchange.sources.looking import look_for_duplicates

    done = look_for_duplicates(options.of, by=acting(options, DECIDE))
    return answered(options, "looked", done, answers.looked)


def quality(options: argparse.Namespace) -> int:
    """What is doubtful or not checked in the data."""
    ready()
    return answered(options, "quality", quality_report.quality(), answers.quality)


def requirements(options: argparse.Namespace) -> int:
    """Which page, command and test shows each requirement."""
    return answered(options, "requirements", requirements_report.requirements(), answers.requirements)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "search": search,
    "show": show,
    "history": history,
    "overlap": overlap,
    "rules": rules,
    "topup": topup,
    "routes": routes,
    "deadends": deadends,
    "leadership": leadership,
    "differ": differ,
    "duplicates": duplicates,
    "quality": quality,
    "requirements": requirements,
}
