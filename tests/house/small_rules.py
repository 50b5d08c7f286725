"""Rules of the house that an import linter cannot see, as checks on source text."""

import ast
from collections.abc import Iterator
from pathlib import Path

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "acreate"}
CHAINED_WRITES = {"update", "delete"}
QUERY_WORDS = {"objects", "_default_manager", "_base_manager", "filter", "exclude", "all"}
DRAWERS = {"utils", "helpers", "common", "core", "services", "misc"}


def faults(path: Path, room: Path) -> Iterator[str]:
    """Every breach in one file, in words."""
    tree = ast.parse(path.read_text())
    name = path.relative_to(room).as_posix()
    if path.stem in DRAWERS or DRAWERS & set(Path(name).parts):
        yield f"{name}: a drawer without a name"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call(node, name)
        if isinstance(node, ast.Import | ast.ImportFrom) and "signals" in (getattr(node, "module", "") or ""):
            yield f"{name}:{node.lineno}: a signal"


def _call(node: ast.Call, name: str) -> Iterator[str]:
    called = _name(node.func)
    if called in ("ForeignKey", "OneToOneField", "ManyToManyField") and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and first.value != "self":
            yield f"{name}:{node.lineno}: a foreign key named by a string"
    if called in ("import_module", "__import__"):
        yield f"{name}:{node.lineno}: an import that no linter sees"
    if not _may_write(name) and _writes(node):
        yield f"{name}:{node.lineno}: a write to the database outside actions"


def _may_write(name: str) -> bool:
    parts = Path(name).parts
    return "actions" in parts or "actions.py" in parts or "migrations" in parts


def _writes(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    words = set(_chain(node.func.value))
    if node.func.attr in WRITES:
        return bool(words & QUERY_WORDS)
    if node.func.attr in CHAINED_WRITES:
        return bool(words & QUERY_WORDS)
    return node.func.attr == "save" and not node.args


def _chain(node: ast.AST) -> Iterator[str]:
    while True:
        if isinstance(node, ast.Attribute):
            yield node.attr
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
