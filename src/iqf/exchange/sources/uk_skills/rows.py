"""The classification read: each row is a skill and names the group that it stands in."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from iqf.exchange.sources.framework_list import GROUP, FrameworkFile, Node
from iqf.exchange.sources.notations import squeeze
from iqf.exchange.sources.notes import Notes, not_too_long, once, required
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Fault, Refused, Row
from iqf.exchange.sources.tables import Table, open_table

KEY = "uk-skills"
TITLE = "UK standard skills classification"
CODE = "skill_id"
NAME = "skill_name"
GROUP_NAME = "aliases"
DESCRIPTION = "description"
TAXONOMY = "taxonomy"
COLUMNS = (CODE, NAME, GROUP_NAME, DESCRIPTION, TAXONOMY, "original_id")
LONGEST = ((CODE, 40), (NAME, 400), (GROUP_NAME, 400))
OURS = "UKOS"


def open_files(path: Path) -> Sequence[FrameworkFile]:
    """The one table of the classification, or the only one in a folder. Raises Refused where it is broken."""
    path = _table_in(path) if path.is_dir() else path
    table = open_table(read_bytes(path), path.name, COLUMNS, ())
    return [
        FrameworkFile(
            key=KEY,
            title=TITLE,
            edition="",
            file=path.name,
            sha256=table.sha256,
            count=table.count,
            nodes=lambda notes: _nodes(table, notes),
            whole=frozenset({GROUP, "skill"}),
        )
    ]


def _table_in(folder: Path) -> Path:
    tables = sorted(folder.glob("*.csv"))
    if len(tables) != 1:
        found = "no table" if not tables else f"{len(tables)} tables"
        raise Refused(
            [Fault(f"the folder holds {found} (.csv); give the path of the classification's.", folder.name)]
        )
    return tables[0]


def group_code(name: str) -> str:
    """A code for a group, which has none of its own: the same name always gives the same one."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if len(slug) <= 40:
        return slug
    return f"{slug[:33].rstrip('-')}-{hashlib.blake2b(name.encode(), digest_size=3).hexdigest()}"


def _nodes(table: Table, notes: Notes) -> Iterator[Node]:
    groups: dict[str, str] = {}
    for row in once(table, CODE, lambda r: squeeze(r[CODE]), notes):
        required(row, (CODE, NAME, GROUP_NAME), notes)
        not_too_long(row, LONGEST, notes)
        if squeeze(row[TAXONOMY]) != OURS:
            said = f'"{row[TAXONOMY]}" is not this classification; every row says {OURS}.'
            notes.fault(row.fault(said, TAXONOMY, OURS))
        name = squeeze(row[GROUP_NAME])
        code = group_code(name)
        if code not in groups:
            groups[code] = name
            yield Node(code, name, GROUP, row, said="The group's name stands in the column of other names.")
        elif groups[code] != name:
            _doubt_spelling(row, name, groups[code], notes)
        yield Node(squeeze(row[CODE]), squeeze(row[NAME]), "skill", row, code, squeeze(row[DESCRIPTION]))


def _doubt_spelling(row: Row, name: str, before: str, notes: Notes) -> None:
    notes.doubt(row, "group-spelling", f"the group “{name}” is written “{before}” before; read as one group.")
