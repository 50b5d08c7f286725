"""Write the docs that are made from the code, or with `--check` say which are out of step (and exit 1)."""

import argparse
import ast
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "iqf"
MADE = "<!-- Made from the code by `make docs`; do not edit. -->\n"


def setup() -> None:
    """Bring Django up on an empty home of its own."""
    os.environ["IQF_HOME"] = tempfile.mkdtemp(prefix="iqf-docs-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()


def data_dictionary() -> str:
    """Every table and column, with what its model says of it."""
    from django.apps import apps

    lines = ["# Data dictionary", "", MADE]
    rooms = ("review", "people", "mapping", "indicators", "catalogue", "register", "places", "evidence", "accounts")
    for room in rooms:
        lines += [f"## {room}", ""]
        for model in sorted(apps.get_app_config(room).get_models(), key=lambda m: m.__name__):
            doc = " ".join((model.__doc__ or "").split())
            lines += [f"### {model.__name__}", "", doc, "", f"Table `{model._meta.db_table}`.", ""]
            lines += ["| field | type | may be blank | meaning |", "|---|---|---|---|"]
            lines += [_field(f) for f in model._meta.fields if f.name != "id"]
            names = [c.name for c in model._meta.constraints]
            lines += ["", f"Constraints: {', '.join(f'`{n}`' for n in names)}." if names else "", ""]
    return "\n".join(lines).rstrip() + "\n"


def _field(field: object) -> str:
    kind = field.get_internal_type()
    if field.is_relation:
        kind = f"→ {field.related_model.__name__}"
    elif getattr(field, "max_length", None):
        kind += f" {field.max_length}"
    blank = "null" if field.null else "yes" if field.blank else ""
    return f"| {field.name} | {kind} | {blank} | {str(field.help_text).replace('|', '/')} |"


def commands() -> str:
    """The command line, from its own parser."""
    os.environ["COLUMNS"] = "100"
    os.environ.pop("PORT", None)
    from iqf.cli.main import build_parser

    parser = build_parser()
    lines = ["# Commands", "", MADE, "```text", parser.format_help().rstrip(), "```", ""]
    subparsers = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for name, command in subparsers.choices.items():
        lines += [f"## iqf {name}", "", "```text", command.format_help().rstrip(), "```", ""]
        for below in (a for a in command._actions if isinstance(a, argparse._SubParsersAction)):
            for word, way in below.choices.items():
                lines += [f"### iqf {name} {word}", "", "```text", way.format_help().rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def permissions() -> str:
    """Who may do what, from the one table of the code; and each page of the staff site with what it needs."""
    from iqf.accounts import permissions as may
    from iqf.web.staff.urls import urlpatterns

    lines = ["# Who may do what", "", MADE, PERMISSIONS, ""]
    lines += [f"| a person may … | {' | '.join(may.HOLDERS)} |", f"|---|{'---|' * len(may.HOLDERS)}"]
    for capability in may.TABLE:
        marks = " | ".join("yes" if holder in capability.holders else "" for holder in may.HOLDERS)
        note = " ¹" if capability.at_home else " ²" if capability.not_own else ""
        lines.append(f"| {may.said_of_any(capability)}{note} | {marks} |")
    lines += ["", "¹ For an organisation in which they have such a role; platform staff for any.", ""]
    lines += ["² Never what they proposed themselves.", "", "## The roles", ""]
    lines += [f"- **{role}**: {words}." for role, words in may.ROLE_WORDS.items()]
    lines += ["", "## The pages of the staff site", "", "| address | needs |", "|---|---|"]
    for pattern in urlpatterns:
        needs = getattr(pattern.callback, "needs", None)
        lines.append(f"| `/staff{pattern.pattern}` | {may.said_of_any(needs) if needs else 'nothing'} |")
    return "\n".join(lines) + "\n"


PERMISSIONS = """\
A person has a role in each organisation or authority that they belong to. Platform staff keep the whole framework.
Whoever has an account and no role yet sees their account only. Strangers read the public site.

An administrator gives every role but reviewer: reviewers act across the framework, so platform staff name them. An
administrator closes the account of somebody, or makes a link for a new password, only where they could give every
role that this person has anywhere. The last administrator of an organisation stays until there is another;
platform staff may remove them, and the last of the platform staff stays too."""


def rooms() -> str:
    """A line for every room and module: the first sentence of its docstring."""
    lines = [
        "# The rooms",
        "",
        MADE,
        "Top imports down, never up (`make check` holds this). One line for each module.",
        "",
    ]
    for room in (
        "cli",
        "config",
        "web",
        "exchange",
        "reports",
        "review",
        "people",
        "snapshot",
        "mapping",
        "indicators",
        "catalogue",
        "register",
        "places",
        "evidence",
        "accounts",
        "analysis",
    ):
        lines += [f"## {room}", "", _docstring(SOURCE / room / "__init__.py", whole=True), ""]
        lines += [f"- `{path}`: {text}" for path, text in _modules(SOURCE / room)]
        lines.append("")
    lines += ["## codes.py", "", _docstring(SOURCE / "codes.py", whole=True)]
    return "\n".join(lines).rstrip() + "\n"


def _modules(room: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(room.rglob("*.py")):
        if "migrations" in path.parts or path == room / "__init__.py":
            continue
        name = str(path.relative_to(room)).removesuffix("/__init__.py")
        if text := _docstring(path):
            yield name, text


def _docstring(path: Path, whole: bool = False) -> str:
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    return text if whole else " ".join(text.split("\n\n")[0].split())


def states() -> str:
    """The states of what waits for a decision, from their tables: every act that there is, and a diagram."""
    from iqf.mapping import batch_states as batches
    from iqf.people import claim_states as claims
    from iqf.review import proposal_states as proposals
    from iqf.review import round_states as rounds
    from iqf.review import states as matches

    acting = dict.fromkeys(proposals.BY_AUTHOR, "its author") | dict.fromkeys(proposals.BY_REVIEWER, "a reviewer")
    lines = ["# States", "", MADE]
    lines += ["What waits for a decision, and every act that changes its state. No other act is possible.", ""]
    lines += ["## A proposal", "", "Changes of the catalogue that a person puts forward.", ""]
    lines += ["| state | what people see |", "|---|---|", *(f"| {s} | {w} |" for s, w in proposals.WORDS.items()), ""]
    lines += _states(proposals.CHANGES, proposals.STATES, proposals.ENDED, acting)
    lines += ["", "## A proposed match", "", "An official row, or another thing, that may be a thing held here.", ""]
    lines += _states(matches.CHANGES, matches.STATES, (), MATCHES)
    lines += ["", "## A consultation", "", "A draft list put to organisations, which comment on it line by line.", ""]
    lines += ["| state | what people see |", "|---|---|", *(f"| {s} | {w} |" for s, w in rounds.WORDS.items()), ""]
    lines += _states(rounds.CHANGES, rounds.STATES, rounds.ENDED, dict.fromkeys(rounds.ACTS, "a reviewer") | ROUNDS)
    lines += ["", "## A batch", "", "Units that raters judge against a framework.", ""]
    lines += ["| state | what people see |", "|---|---|", *(f"| {s} | {w} |" for s, w in batches.WORDS.items()), ""]
    by = dict.fromkeys(batches.DONE, "a reviewer") | {
        "judge": "a rater it is given to",
        "adjudicate": "somebody who did not rate the unit",
    }
    lines += _states(batches.CHANGES, batches.STATES, batches.ENDED, by)
    lines += ["", "## A claim of learning", "", "Evidence that a person puts to an assessor, to be credited.", ""]
    lines += ["| state | what people see |", "|---|---|", *(f"| {s} | {w} |" for s, w in claims.WORDS.items()), ""]
    by = dict.fromkeys(claims.BY_OWNER, "the person") | dict.fromkeys(claims.BY_ASSESSOR, "the assessor")
    lines += _states(claims.CHANGES, claims.STATES, (claims.WITHDRAWN,), by)
    return "\n".join(lines).rstrip() + "\n"


ROUNDS = {"comment": "a body that is asked", "close": "a reviewer, or its last day"}
"""What is done to a consultation by others than its organisers."""
MATCHES = {
    "accept": "a reviewer",
    "decline": "a reviewer",
    "undo": "a reviewer",
    "withdraw": "its source",
    "propose": "its source",
}
"""Who does what to a proposed match."""


def _states(
    changes: dict[tuple[str, str], str], every: tuple[str, ...], ended: tuple[str, ...], by: dict[str, str]
) -> list[str]:
    """One table of states: as rows, and as a mermaid diagram that begins at the first state."""
    lines = ["| state | act | by | state after |", "|---|---|---|---|"]
    lines += [f"| {state} | {act} | {by[act]} | {after} |" for (state, act), after in changes.items()]
    lines += ["", "```mermaid", "stateDiagram-v2", f"    [*] --> {every[0]}"]
    lines += [f"    {state} --> {after}: {act}" for (state, act), after in changes.items()]
    lines += [f"    {state} --> [*]" for state in ended]
    return [*lines, "```"]


DOCS = {
    "data-dictionary.md": data_dictionary,
    "commands.md": commands,
    "permissions.md": permissions,
    "rooms.md": rooms,
    "states.md": states,
}


def main() -> int:
    """Write, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a doc is out of step")
    check = parser.parse_args().check
    setup()
    stale = []
    for name, make in DOCS.items():
        path, text = ROOT / "docs" / name, make()
        if not path.exists() or path.read_text() != text:
            stale.append(name)
            if not check:
                path.write_text(text)
    if check and stale:
        print(f"Out of step with the code: {', '.join(stale)}. Run: make docs")
        return 1
    print("The docs are in step." if check else f"Written: {', '.join(stale) or 'nothing had changed'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
