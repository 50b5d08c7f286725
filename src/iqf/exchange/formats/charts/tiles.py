"""The nine regions of England as tiles of one size, each where it lies, with its name and its value in words.

A small region is drawn as large as a wide one: what is compared is people, not land.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from iqf.exchange.formats.charts.drawing import INK, NO_DATA, altair, drawn

PLACES: Final = {
    "E12000001": (2, 0),
    "E12000002": (1, 1),
    "E12000003": (2, 1),
    "E12000005": (1, 2),
    "E12000004": (2, 2),
    "E12000006": (3, 2),
    "E12000009": (1, 3),
    "E12000008": (2, 3),
    "E12000007": (3, 3),
}
"""Column and row of each region by its GSS code."""
SHORTER: Final = {"E12000003": "Yorks. & Humber"}
SIDE: Final = 122
SHADES: Final = ("#ffffff", "#d9d9d9", "#8c8c8c")
"""Fills by class: as expected, between, and what the finding is about. The words on the tile say the same."""


@dataclass(frozen=True)
class Tile:
    """One region: its code, its name, what is known of it in words, and its class: 0, 1, 2; None if not known."""

    code: str
    name: str
    words: str
    shade: int | None


def tile_map(tiles: Sequence[Tile], title: str, about: str) -> str:
    """The regions as SVG; one that is not among the tiles, or of which nothing is known, has a dashed edge."""
    alt = altair()
    rows = [_placed(tile) for tile in tiles if tile.code in PLACES]
    field = {"scale": None, "axis": None}
    base = alt.Chart(alt.Data(values=rows)).encode(x=alt.X("x:Q", **field), y=alt.Y("y:Q", **field))
    half = SIDE / 2 - 4
    drawn_tiles = [
        base.mark_rect(stroke=INK, strokeDash=dash, xOffset=-half, yOffset=-half, x2Offset=half, y2Offset=half)
        .encode(x2="x:Q", y2="y:Q", fill=alt.Fill("fill:N", scale=None, legend=None))
        .transform_filter(which)
        for which, dash in (("datum.known", [1, 0]), ("!datum.known", NO_DATA))
    ]
    name = base.mark_text(dy=-14, fontSize=12, fontWeight="bold", limit=SIDE - 12).encode(text="name:N")
    words = base.mark_text(dy=9, fontSize=12, lineBreak="|", limit=SIDE - 12).encode(text="words:N")
    return drawn(alt.layer(*drawn_tiles, name, words).properties(width=SIDE * 3, height=SIDE * 4), title, about)


def _placed(tile: Tile) -> dict[str, object]:
    column, row = PLACES[tile.code]
    return {
        "x": (column - 0.5) * SIDE,
        "y": (row + 0.5) * SIDE,
        "name": SHORTER.get(tile.code, tile.name),
        "words": tile.words,
        "fill": SHADES[tile.shade or 0],
        "known": tile.shade is not None,
    }
