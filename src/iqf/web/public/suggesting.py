"""What comes near to something that is not there."""

from dataclasses import dataclass

from iqf.reports.search import search
from iqf.snapshot import SnapshotError, serving
from iqf.web.public.links import found_href


@dataclass(frozen=True)
class Near:
    """Something that a reader may have meant."""

    kind: str
    code: str
    title: str
    level: str
    href: str


def near(text: str, kinds: tuple[str, ...] = ("role", "qualification", "unit"), most: int = 4) -> tuple[Near, ...]:
    """What search finds for a text, of these kinds. Nothing where search cannot answer: it is only a help."""
    if not text.strip():
        return ()
    try:
        found = search(text, limit=most * 4, snapshot=serving()).results
    except SnapshotError:
        return ()
    wanted = [r for r in found if r.type in kinds][:most]
    return tuple(Near(r.type, r.code, r.title, r.level, found_href(r.type, r.code)) for r in wanted)
