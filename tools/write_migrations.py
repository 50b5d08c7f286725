"""Write each room's first migration anew from its models. Only while nothing has been released.

Django writes constraints as operations of their own, and each makes it render every model again: ten seconds for an
empty database. Here they stand in the models' own creation, as they do for whoever reads the models.
"""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "evidence", "places", "register", "catalogue", "mapping", "indicators", "review", "people")


def main() -> int:
    """Write them all."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    sys.path.insert(0, str(ROOT / "src"))
    for room in ROOMS:
        (ROOT / "src/iqf" / room / "migrations/0001_initial.py").unlink(missing_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("makemigrations", *ROOMS, verbosity=0)
    for room in ROOMS:
        _fold(room)
    written = [f"src/iqf/{room}/migrations" for room in ROOMS]
    return subprocess.run([Path(sys.executable).parent / "ruff", "format", "-q", *written], cwd=ROOT).returncode


def _fold(room: str) -> None:
    from django.db.migrations.operations import AddConstraint, CreateModel
    from django.db.migrations.writer import MigrationWriter

    migration = import_module(f"iqf.{room}.migrations.0001_initial").Migration("0001_initial", room)
    made = {op.name_lower: op for op in migration.operations if isinstance(op, CreateModel)}
    kept = []
    for operation in migration.operations:
        model = made.get(operation.model_name_lower) if isinstance(operation, AddConstraint) else None
        if model is not None and _fields(operation.constraint) <= {name for name, _ in model.fields}:
            model.options.setdefault("constraints", []).append(operation.constraint)
        else:
            kept.append(operation)
    migration.operations = kept
    writer = MigrationWriter(migration, include_header=False)
    Path(writer.path).write_text(writer.as_string())


def _fields(constraint: object) -> set[str]:
    """The fields that a constraint names: those that Django knows it by, and those in its condition."""
    from django.db.models import F, Q

    found: set[str] = set(getattr(constraint, "fields", ()))
    todo = [getattr(constraint, "condition", None), *getattr(constraint, "expressions", ())]
    while todo:
        node = todo.pop()
        if isinstance(node, Q):
            named = [child for child in node.children if isinstance(child, tuple)]
            found |= {name.split("__")[0] for name, _ in named}
            todo += [child for child in node.children if not isinstance(child, tuple)]
            todo += [value for _, value in named]
        elif isinstance(node, F):
            found.add(node.name.split("__")[0])
        elif hasattr(node, "get_source_expressions"):
            todo += node.get_source_expressions()
    return found - {"pk"}


if __name__ == "__main__":
    raise SystemExit(main())
