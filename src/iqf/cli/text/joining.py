"""What joining two entries would do, as a person reads it at a terminal and as JSON."""

from collections.abc import Sequence
from typing import Any

from iqf.catalogue.joining import Value
from iqf.reports.private.joining import JoiningAnswer, Links
from iqf.reports.things import Ref


def as_json(answer: JoiningAnswer) -> dict[str, Any]:
    """What would be done: the two things, links by kind, names, and values field by field."""
    return {
        "kept": _thing(answer.kept),
        "gone": _thing(answer.gone),
        "moves": [vars(links) for links in answer.moves],
        "stays": [vars(links) for links in answer.stays],
        "names": list(answer.names),
        "fills": [vars(value) for value in answer.fills],
        "differs": [vars(value) for value in answer.differs],
        "waits": [vars(value) for value in answer.waits],
        "too_long": list(answer.too_long),
    }


def _thing(thing: Ref) -> dict[str, Any]:
    return {"code": thing.code, "aliases": list(thing.aliases), "title": thing.title}


def as_text(answer: JoiningAnswer) -> str:
    """The same in lines."""
    lines = [
        f"{answer.gone.code} {answer.gone.title}",
        f"would be joined into {answer.kept.code} {answer.kept.title}. Nothing was written.",
        *_links("Moves to it", answer.moves),
        *_links("It has already", answer.stays),
        f"Found by, too: {', '.join(answer.names)}",
        *_values("Only the other knows, and will be shown", answer.fills),
        *_values("Differs, and will wait for a decision", (*answer.differs, *answer.waits)),
    ]
    if answer.too_long:
        fields = ", ".join(field.replace("_", " ") for field in answer.too_long)
        lines.append(f"Too long to set side by side, so its own is kept: {fields}")
    return "\n".join(lines) + "\n"


def _links(head: str, links: Sequence[Links]) -> list[str]:
    return [f"{head}: {', '.join(one.words for one in links)}"] if links else []


def _values(head: str, values: Sequence[Value]) -> list[str]:
    if not values:
        return []
    return [f"{head}:", *(f"  {v.field.replace('_', ' ')}: {v.kept or 'not known'} or {v.gone}" for v in values)]
