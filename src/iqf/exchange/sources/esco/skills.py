"""Skills of one edition as a framework: groups from the hierarchy where its file is there, skills under them."""

from collections.abc import Iterator, Mapping

from iqf.exchange.sources.esco import layouts as lay
from iqf.exchange.sources.esco.running_text import split_title
from iqf.exchange.sources.framework_list import GROUP, FrameworkFile, Node
from iqf.exchange.sources.notations import squeeze
from iqf.exchange.sources.notes import Notes, once, required
from iqf.exchange.sources.pattern import Doubt, Row, combined
from iqf.exchange.sources.tables import Table

TITLE = "ESCO skills and competences"
KINDS = {"skill/competence": "skill", "knowledge": "knowledge"}
LONGEST_TITLE = 400
OUR_READING = "The file runs the title, other titles and description together; where the title ends is our reading."
OF_NODES = (lay.HIERARCHY.name, lay.SKILLS.name, lay.RUNNING_SKILLS.name, lay.COLLECTION.name)

Tables = Mapping[str, Table]


def skills(edition: str, tables: Tables, labels: Mapping[str, str]) -> list[FrameworkFile]:
    """The framework that the files of an edition make; none where no file lists skills or groups."""
    used = [name for name in OF_NODES if name in tables]
    if not used:
        return []
    whole = {GROUP} if lay.HIERARCHY.name in used else set()
    if {lay.SKILLS.name, lay.RUNNING_SKILLS.name} & set(used):
        whole |= {"skill", "knowledge"}
    files = [*used, *([lay.BROADER.name] if lay.BROADER.name in tables else [])]
    return [
        FrameworkFile(
            key=f"esco-{edition}",
            title=TITLE,
            edition=edition,
            file=", ".join(tables[name].file for name in files),
            sha256=combined([tables[name].sha256 for name in files]),
            count=sum(tables[name].count for name in used),
            nodes=lambda notes: _nodes(tables, labels, notes),
            whole=frozenset(whole),
        )
    ]


def _nodes(tables: Tables, labels: Mapping[str, str], notes: Notes) -> Iterator[Node]:
    groups: dict[str, str] = {}
    for node in _groups(tables, notes):
        groups[node.row[_deepest(node.row)]] = node.code
        yield node
    under = _under(tables, groups)
    given = set(groups.values())
    for node in _skills(tables, under, labels, notes):
        if node.code not in given:
            given.add(node.code)
            yield node


def _deepest(row: Row) -> str:
    """The column of the row's own address: that of its deepest level."""
    return next(f"{level} URI" for level in reversed(lay.LEVELS) if row[f"{level} URI"].strip() or level == "Level 0")


def _groups(tables: Tables, notes: Notes) -> Iterator[Node]:
    if lay.HIERARCHY.name not in tables:
        return
    for row in once(tables[lay.HIERARCHY.name], "Level 0 URI", lambda r: squeeze(r[_deepest(r)]), notes):
        own = _deepest(row)
        level = lay.LEVELS.index(own.removesuffix(" URI"))
        term = f"{lay.LEVELS[level]} preferred term"
        required(row, (own, term), notes)
        above = lay.last_part(squeeze(row[f"{lay.LEVELS[level - 1]} URI"])) if level else ""
        texts = (row["Description"].strip(), row["Scope note"].strip())
        title = squeeze(row[term])[:LONGEST_TITLE]
        yield Node(lay.last_part(squeeze(row[own])), title, GROUP, row, above, "\n".join(t for t in texts if t))


def _under(tables: Tables, groups: Mapping[str, str]) -> dict[str, str]:
    """The group that each skill stands under, by the skill's address: the first that the hierarchy has."""
    under: dict[str, str] = {}
    for row in tables.get(lay.BROADER.name, ()):
        if (group := squeeze(row["broaderUri"])) in groups:
            under.setdefault(squeeze(row["conceptUri"]), groups[group])
    for row in tables.get(lay.COLLECTION.name, ()):
        for group in lay.lines(row["broaderConceptUri"]):
            if group in groups:
                under.setdefault(squeeze(row["conceptUri"]), groups[group])
    return under


def _skills(tables: Tables, under: Mapping[str, str], labels: Mapping[str, str], notes: Notes) -> Iterator[Node]:
    for layout in (lay.SKILLS, lay.COLLECTION):
        if layout.name in tables:
            for row in once(tables[layout.name], layout.key, lambda r: squeeze(r["conceptUri"]), notes):
                yield _printed(row, under, notes)
    if lay.RUNNING_SKILLS.name in tables:
        yield from _running(tables[lay.RUNNING_SKILLS.name], under, labels, notes)


def _printed(row: Row, under: Mapping[str, str], notes: Notes) -> Node:
    required(row, ("conceptUri", "preferredLabel"), notes)
    kind = KINDS.get(squeeze(row["skillType"]).lower())
    if kind is None and squeeze(row["skillType"]):
        what = " or ".join(KINDS)
        notes.fault(row.fault(f'"{row["skillType"]}" is not a type of skill.', "skillType", what))
    elif kind is None:
        notes.doubt(
            row, "type-missing", f"{squeeze(row['preferredLabel'])}: neither skill nor knowledge; read as a skill."
        )
    return _node(row, row["conceptUri"], squeeze(row["preferredLabel"]), kind or "skill", under, _note(row))


def _note(row: Row) -> str:
    others = lay.lines(row["altLabels"])
    also = f"Also: {'; '.join(others)}." if others else ""
    return "\n".join(part for part in (row["description"].strip(), also) if part)


def _node(row: Row, uri: str, title: str, kind: str, under: Mapping[str, str], note: str, said: str = "") -> Node:
    own = squeeze(uri)
    return Node(lay.last_part(own), title[:LONGEST_TITLE], kind, row, under.get(own, ""), note, said)


def _running(table: Table, under: Mapping[str, str], labels: Mapping[str, str], notes: Notes) -> Iterator[Node]:
    """Skills whose titles are not divided from the rest, and of which the file says no type."""
    read = 0
    for row in once(table, "id", lambda r: squeeze(r["id"]), notes):
        required(row, ("id", "description"), notes)
        known = labels.get(squeeze(row["id"]), "")
        cell = squeeze(row["description"])
        if known and cell.startswith(known):
            title, rest, said = known, cell[len(known) :].strip(), ""
        else:
            (title, rest), said = split_title(cell), OUR_READING
            read += 1
        yield _node(row, row["id"], title, "skill", under, rest, said)
    if read:
        message = (
            f"{read} titles are our reading, because the file runs titles and description together; it does not say "
            "either which are skills and which are knowledge. The publisher's own skills_en.csv says both."
        )
        notes.doubts.append(Doubt("title-read", message, table.file))
