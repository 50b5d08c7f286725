"""Who says so, said briefly: each fact of a page points to a numbered source at its end."""

from dataclasses import dataclass, field

from iqf.reports.things import Said


@dataclass(frozen=True)
class Note:
    """A source as a page lists it at its end: its number, and the places in it that the page rests on."""

    number: int
    said: Said
    places: tuple[str, ...]


@dataclass
class Footnotes:
    """Numbers the sources of one page in the order in which its facts name them."""

    _found: dict[str, list[Said]] = field(default_factory=dict)

    def number(self, said: Said) -> int:
        """The number of the source of a fact."""
        self._found.setdefault(said.source, []).append(said)
        return list(self._found).index(said.source) + 1

    @property
    def listed(self) -> tuple[Note, ...]:
        """The sources that were named so far, each once."""
        return tuple(
            Note(n, rows[0], tuple(dict.fromkeys(r.locator for r in rows if r.locator)))
            for n, rows in enumerate(self._found.values(), start=1)
        )


def mark_of(said: Said) -> str:
    """The mark that a fact with this citation carries; blank where it was seen at its source."""
    return "" if said.verified else said.certainty
