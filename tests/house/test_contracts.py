"""Each import contract is shown to fail when it is broken: a wrong import is planted in a copy of the source."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for path in (ROOT / "src" / "iqf").rglob("*.py"):
        target = folder / "src" / path.relative_to(ROOT / "src")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("room", "planted", "contract"),
    [
        ("register", "import iqf.catalogue.models", "The house"),
        ("evidence", "import iqf.reports.role", "The house"),
        ("register", "import iqf.places.models", "The house"),
        ("indicators", "import iqf.mapping.models", "The house"),
        ("web/public", "import iqf.web.staff.urls", "The doors"),
        ("cli", "import iqf.web.public.urls", "The command line"),
        ("analysis", "import django.db", "analysis is believable"),
        ("analysis", "import iqf.accounts.models", "analysis is believable"),
        ("exchange/formats", "import iqf.exchange.sources.pattern", "Formats go out"),
        ("exchange/sources", "import iqf.exchange.uploads.reading", "Formats go out"),
        ("exchange/uploads", "import iqf.review.models", "A spreadsheet that comes back is only read"),
        ("exchange/uploads", "import iqf.catalogue.actions.editing", "A spreadsheet that comes back is only read"),
        ("web/public", "import iqf.catalogue.actions.upsert", "The site never writes"),
        ("reports", "import iqf.evidence.actions", "The site never writes"),
        ("reports", "import iqf.review.queries", "What waits for a decision is private"),
        ("web/public", "import iqf.review.models", "What waits for a decision is private"),
        ("exchange/formats", "import iqf.review.queries", "What waits for a decision is private"),
        ("web/public", "import iqf.reports.private.inbox", "Private reports are for the staff"),
        ("reports", "import iqf.reports.private.decided", "Private reports are for the staff"),
        ("review", "import iqf.reports.role", "The house"),
        ("review", "import iqf.people.models", "The house"),
        ("web/public", "import iqf.people.queries", "What belongs to a person is private"),
        ("exchange/formats", "import iqf.people.models", "What belongs to a person is private"),
        ("reports", "import iqf.people.queries", "What belongs to a person is private"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy: Path, room: str, planted: str, contract: str) -> None:
    path = copy / "src" / "iqf" / room / "planted.py"
    path.write_text(planted + "\n")
    try:
        result = lint(copy)
    finally:
        path.unlink()
    assert result.returncode != 0, f"{planted} in {room} was let through"
    broken = [line for line in result.stdout.splitlines() if " BROKEN" in line]
    assert any(line.startswith(contract) for line in broken), result.stdout


def test_an_undeclared_room_breaks_the_house(copy: Path) -> None:
    room = copy / "src" / "iqf" / "shed"
    room.mkdir()
    (room / "__init__.py").write_text("")
    try:
        result = lint(copy)
    finally:
        shutil.rmtree(room)
    assert result.returncode != 0
