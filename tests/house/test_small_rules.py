from pathlib import Path

import pytest
from tests.house.small_rules import faults

SOURCE = Path(__file__).parents[2] / "src" / "iqf"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_the_file_keeps_the_small_rules(path: Path) -> None:
    assert list(faults(path, SOURCE)) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("catalogue/models/x.py", "x = models.ForeignKey('evidence.Source', on_delete=1)", "named by a string"),
        ("web/public/views/x.py", "def view(r):\n    Role.objects.create(title='x')", "outside actions"),
        ("web/public/views/x.py", "def view(r):\n    Role.objects.filter(a=1).update(title='x')", "outside actions"),
        ("reports/x.py", "def ask(row):\n    row.save()", "outside actions"),
        ("reports/x.py", "def ask(row):\n    Role.objects.all().delete()", "outside actions"),
        ("analysis/x.py", "m = import_module('django')", "no linter sees"),
        ("reports/utils.py", "", "drawer without a name"),
        ("accounts/x.py", "from django.db.models.signals import post_save", "a signal"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert any(said in fault for fault in faults(path, tmp_path)), f"nothing found in: {text}"


def test_ordinary_code_is_not_a_breach(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "x.py"
    path.parent.mkdir()
    path.write_text(
        "seen = {}\nseen.update(a=1)\nx = models.ForeignKey('self', on_delete=1)\nq = Role.objects.filter(a=1)\n"
    )
    assert list(faults(path, tmp_path)) == []


def test_actions_may_write(tmp_path: Path) -> None:
    path = tmp_path / "catalogue" / "actions" / "x.py"
    path.parent.mkdir(parents=True)
    path.write_text("def act():\n    Role.objects.create(title='x')\n")
    assert list(faults(path, tmp_path)) == []
