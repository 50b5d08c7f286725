"""Commands that keep the data: make the database, read files in, serve the site."""

import argparse
import contextlib
import os
import secrets
import shlex
import socket
import sys
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from iqf.accounts.actions import create_demo_users
from iqf.accounts.models import User
from iqf.accounts.permissions import ROLES
from iqf.analysis.disclosure import Profile
from iqf.catalogue.queries import find
from iqf.cli.acting import COMMAND_LINE_USER, acting_user
from iqf.cli.demo_portfolio import OWNER, fill_demo_portfolio
from iqf.cli.main import UsageError
from iqf.exchange.formats.plain import dumps, envelope
from iqf.exchange.sources.fetching import Fetched, NotFetched, Wanted, file_in
from iqf.exchange.sources.fetching import fetch as fetch_file
from iqf.exchange.sources.looking import KINDS, look_for_duplicates
from iqf.exchange.sources.pattern import IngestReport, Progress
from iqf.exchange.sources.registry import Asked, source_called
from iqf.exchange.sources.statistics import Said
from iqf.indicators.protection import NotSafeError, rule_of
from iqf.review.queries import last_looks
from iqf.snapshot import ensure_current

DEMO_BODIES = ("NCFE", "Skills for Care")
DEMO_MARKS = ("", "2")
"""Set after the role in the names of the accounts of each: `editor.demo` is of the first body, `editor2.demo` not."""


def prepare() -> None:
    """Make the home folder, its signing key and the database where they are not there yet."""
    home: Path = settings.IQF_HOME
    home.mkdir(parents=True, exist_ok=True)
    key = home / "secret_key"
    if not key.exists() and not os.environ.get("IQF_SECRET_KEY"):
        key.touch(mode=0o600)
        key.write_text(settings.SECRET_KEY)
    call_command("migrate", verbosity=0, interactive=False)


def migrate(options: argparse.Namespace) -> int:
    """Make or update the database."""
    prepare()
    sys.stdout.write(f"The database in {settings.IQF_HOME} is up to date.\n")
    return 0


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar where a person watches, nothing where output goes to a file."""
    with tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), leave=False, unit="step") as bar:

        def show(step: str, done: int, total: int) -> None:
            bar.total = total
            bar.set_description(step)
            bar.update(done - bar.n)

        yield show


def ingest(options: argparse.Namespace) -> int:
    """Read an official file, or a small framework, and say what changed."""
    source = source_called(options.source)
    if source.needs_path and not options.path:
        raise UsageError(f"Give the path of the file: iqf ingest {options.source} PATH")
    prepare()
    acting_user(options)
    with _progress() as progress:
        report = source.read(
            Asked(
                path=file_in(Path(options.path)) if options.path else None,
                by=options.by or COMMAND_LINE_USER,
                dry_run=options.dry_run,
                progress=progress,
                collection=options.collection or "",
                allow_retire=options.retire,
                revert=options.revert,
                said=Said(options.dataset, options.title, "", options.counting, options.located, part=options.part),
                rule=None if options.protect is None else _rule(options.protect),
                areas=options.areas,
                confirm=_confirmed if sys.stdin.isatty() and sys.stderr.isatty() else None,
            )
        )
    if options.json:
        answer = envelope("ingest", timezone.localdate(), report_json(report), _warnings(report))
        sys.stdout.write(dumps(answer) + "\n")
    else:
        sys.stdout.write(report_text(report))
    return 0


def _rule(words: str) -> Profile:
    try:
        return rule_of(words)
    except NotSafeError as error:
        raise UsageError(str(error)) from None


def _confirmed(guess: str) -> bool:
    """Whether the person at the terminal says that what was guessed is right."""
    sys.stderr.write(f"\n{guess}\nIs that right? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def fetch(options: argparse.Namespace) -> int:
    """Get an official file into a dated folder, and say how to read it in."""
    source = source_called(options.source)
    address = options.address or source.known.address
    if not address:
        raise NotFetched(source.known.by_hand)
    base = Path(options.to).expanduser().resolve() if options.to else settings.IQF_HOME / "fetched"
    wanted = Wanted(options.source, address, source.licence)
    fetched = fetch_file(wanted, base / options.source, timezone.localdate())
    if options.json:
        answer = envelope("fetch", timezone.localdate(), fetched_json(fetched))
        sys.stdout.write(dumps(answer) + "\n")
    else:
        sys.stdout.write(fetched_text(fetched))
    return 0


def _next(fetched: Fetched) -> str:
    return f"iqf ingest {fetched.record.source} {shlex.quote(str(fetched.path))}"


def fetched_json(fetched: Fetched) -> dict[str, Any]:
    """A fetched file with its record and the command to run next."""
    return {**asdict(fetched.record), "path": str(fetched.path), "new": fetched.new, "next": _next(fetched)}


def fetched_text(fetched: Fetched) -> str:
    """A fetched file in words."""
    r = fetched.record
    if not fetched.new:
        return f"{r.source}: nothing new since {r.fetched_at[:10]}; {fetched.path} is what {r.address} has.\n"
    return f"{r.source}: {r.size} bytes from {r.address}\n  in {fetched.path}\nRead it in with: {_next(fetched)}\n"


def report_json(report: IngestReport) -> dict[str, Any]:
    """An ingest report with the keys of the shared shape."""
    return {
        "source": report.source,
        "dry_run": report.dry_run,
        "retrieval": {"sha256": report.sha256, "rows": report.rows},
        **{n: getattr(report, n) for n in ("added", "changed", "unchanged", "rest", "retired", "writes")},
        "changes": report.changes,
        "conflicts": report.conflicts,
        "matches": report.matches,
        **({"screening": report.screening, "release": report.release} if report.release else {}),
        **{n: getattr(report, n) for n in ("followed", "meets_rule", "off_every_list")},
    }


def _warnings(report: IngestReport) -> list[dict[str, Any]]:
    return [w.as_json() for w in report.warnings]


def report_text(report: IngestReport) -> str:
    """An ingest report in words."""
    head = "Dry run: nothing was written. " if report.dry_run else ""
    lines = [
        f"{head}{report.source}: {report.rows} rows read; {report.added} added, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.retired} retired."
    ]
    if report.release:
        lines += _release_lines(report.release, report.screening)
    elif report.rest:
        lines.append(f"  The other {report.rest} rows are repeats or say more of what another row brings.")
    for c in report.changes[:20]:
        cosmetic = " (spaces, quotes or case only)" if c["cosmetic"] else ""
        lines.append(f"  {c['code']} {c['field']}: {c['before']!r} is now {c['after']!r}{cosmetic}")
    if len(report.changes) > 20:
        lines.append(f"  and {len(report.changes) - 20} more changes; --json lists them all.")
    for c in report.conflicts[:10]:
        lines.append(
            f"  Sources disagree: {c['code']} {c['field']}: {c['shown']!r} is shown, {c['other']!r} is the other."
        )
    for w in report.warnings[:10]:
        lines.append(f"  Doubtful, loaded all the same: {w.file}{f', row {w.row}' if w.row else ''}: {w.message}")
    if len(report.warnings) > 10:
        lines.append(f"  and {len(report.warnings) - 10} more doubts; --json lists them all.")
    if report.matches:
        rows = len({match["reference"] for match in report.matches})
        one = "1 row that it prints" if rows == 1 else f"{rows} rows that it prints"
        lines.append(f"  Waiting for a decision, as it may be something held here: {one}. See them with: iqf matches")
    return "\n".join(lines + _inclusion_lines(report)) + "\n"


def _release_lines(release: Mapping[str, Any], screening: Sequence[Mapping[str, Any]]) -> list[str]:
    """The release that a statistical table became, what differs from the one before, and how its screening went."""
    outcomes = Counter(each["outcome"] for each in screening)
    return [
        f"  Data set {release['dataset']}, version {release['version']}.",
        *(f"  {sentence}" for sentence in (*release["changes"], *release["protection"])),
        f"  Screening: {outcomes['pass']} checks passed, {outcomes['warning']} warned, {outcomes['fail']} failed.",
    ]


def _inclusion_lines(report: IngestReport) -> list[str]:
    """What an ingest did to, and says of, what the rule of inclusion admits."""
    lines = []
    if report.followed:
        lines.append(f"  {report.followed} qualifications admitted from official lists changed with their rows.")
    if report.meets_rule:
        rows = "1 row that meets" if report.meets_rule == 1 else f"{report.meets_rule} rows that meet"
        lines.append(f"  Not in the framework yet: {rows} the rule of inclusion. See them with: iqf inclusion")
    if report.off_every_list:
        lines.append(f"  {report.off_every_list} admitted qualifications are on no list any more; they stay.")
    return lines


def demo(options: argparse.Namespace) -> int:
    """Build the starter database and serve the site."""
    _port_is_free(options.port)
    prepare()
    with _progress() as progress:
        report = source_called("starter").read(Asked(path=None, by="demo", progress=progress))
    sys.stdout.write(report_text(report).splitlines()[0] + "\n")
    if not last_looks():
        for of in KINDS:
            look_for_duplicates(of, by="demo")
    fresh = not User.objects.filter(username=OWNER).exists()
    password, accounts = demo_accounts()
    if fresh:
        fill_demo_portfolio()
    ensure_current()
    address = f"http://localhost:{options.port}/"
    sys.stdout.write(f"\nThe site is at {address}\n")
    sys.stdout.write(f"Demo sign-ins (this demo only), at {address}staff, each with the password {password}\n")
    for name, what in accounts:
        sys.stdout.write(f"  {name:<22}  {what}\n")
    sys.stdout.write(f"Data live in {settings.IQF_HOME}. Stop with Ctrl-C.\n")
    sys.stdout.flush()
    if not options.no_browser and sys.stdout.isatty():
        webbrowser.open(address)
    return _serve(options, demo=True)


def demo_accounts() -> tuple[str, list[tuple[str, str]]]:
    """The password that all the demo's sign-ins share, and each with what it is. The password is made once for each
    home and kept beside the data.
    """
    kept = settings.IQF_HOME / "demo_accounts.txt"
    if kept.exists():
        password = kept.read_text().strip()
    else:
        password = secrets.token_urlsafe(9)
        kept.touch(mode=0o600)
        kept.write_text(f"{password}\n")
    bodies = [find(name, ("organisation",)) for name in DEMO_BODIES]
    wanted: dict[str, tuple[str, str] | None] = {"staff.demo": None}
    for body, mark in zip(bodies, DEMO_MARKS, strict=True):
        wanted |= {f"{role}{mark}.demo": (body.code, role) for role in ROLES}
    create_demo_users(by="demo", password=password, wanted=wanted)
    titles = {body.code: body.title for body in bodies}
    more = {OWNER: ", with a portfolio"}
    return password, [
        (name, f"{part[1]} of {titles[part[0]]}{more.get(name, '')}" if part else "platform staff: may do everything")
        for name, part in wanted.items()
    ]


def serve(options: argparse.Namespace) -> int:
    """Serve the site from the data there are."""
    _port_is_free(options.port)
    prepare()
    ensure_current()
    sys.stdout.write(f"The site is at http://localhost:{options.port}/ . Stop with Ctrl-C.\n")
    sys.stdout.flush()
    return _serve(options)


def _port_is_free(port: int) -> None:
    if port == 0:
        raise UsageError("Port 0 cannot be used; choose another with --port or PORT=.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise UsageError(f"Port {port} cannot be used; choose another with --port or PORT=.") from None


def _serve(options: argparse.Namespace, *, demo: bool = False) -> int:
    """Hand the process to gunicorn, on localhost. The accounts of the demo sign in to the `demo` and nowhere else."""
    connection.close()
    arguments = [
        sys.executable,
        "-m",
        "gunicorn",
        "iqf.config.wsgi:application",
        "--bind",
        f"127.0.0.1:{options.port}",
        "--workers",
        str(options.workers),
        "--threads",
        "4",
        "--preload",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    os.environ["IQF_HOME"] = str(settings.IQF_HOME)
    os.environ["IQF_DEMO"] = "1" if demo else "0"
    os.execv(sys.executable, arguments)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "migrate": migrate,
    "fetch": fetch,
    "ingest": ingest,
    "demo": demo,
    "serve": serve,
}
