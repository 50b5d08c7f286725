"""Authorities as tiles of one size, packed into a block for each region, and the blocks where the regions lie.

Where within its region an authority lies is not shown: it stands in the order of names, so that it can be found.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from iqf.exchange.formats.charts.drawing import INK, NO_DATA, altair, drawn
from iqf.exchange.formats.charts.tiles import PLACES, SHADES, Tile

ACROSS: Final = 3
WIDE, HIGH, HEAD, GAP = 100, 17, 22, 14
"""Tiles side by side in a block; width and height of a tile; height of a region's name; room between blocks."""
NAME, WORDS = 66, 32
"""How much of a tile its name and its value may take."""

Block = tuple[str, Sequence[Tile]]


def block_map(blocks: Mapping[str, Block], title: str, about: str) -> str:
    """Regions by code, each with its name and its authorities, as SVG. What is not known of one has a dashed edge."""
    alt = altair()
    rows, heads, width, height = _laid_out({code: block for code, block in blocks.items() if code in PLACES})
    field = {"scale": None, "axis": None}

    def base(values: list[dict[str, Any]]) -> Any:
        return alt.Chart(alt.Data(values=values)).encode(x=alt.X("x:Q", **field), y=alt.Y("y:Q", **field))

    tiles = [
        base(rows)
        .mark_rect(stroke=INK, strokeWidth=0.5, strokeDash=dash, x2Offset=WIDE - 2, y2Offset=HIGH - 2)
        .encode(x2="x:Q", y2="y:Q", fill=alt.Fill("fill:N", scale=None, legend=None))
        .transform_filter(which)
        for which, dash in (("datum.known", [1, 0]), ("!datum.known", NO_DATA))
    ]
    small = {"fontSize": 9, "baseline": "middle", "dy": HIGH / 2 - 1}
    name = base(rows).mark_text(align="left", dx=3, limit=NAME, **small).encode(text="name:N")
    words = base(rows).mark_text(align="right", dx=WIDE - 5, limit=WORDS, **small).encode(text="words:N")
    head = base(heads).mark_text(align="left", fontSize=12, fontWeight="bold", dy=10).encode(text="name:N")
    return drawn(alt.layer(*tiles, name, words, head).properties(width=width, height=height), title, about)


def _laid_out(blocks: Mapping[str, Block]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int, int]:
    """Every tile and every name with its corner, then how wide and how high all is. What nobody needs has no room."""
    across = sorted({PLACES[code][0] for code in blocks})
    down = sorted({PLACES[code][1] for code in blocks})
    high = {row: max(_height(tiles) for code, (_, tiles) in blocks.items() if PLACES[code][1] == row) for row in down}
    tops = dict.fromkeys(down[:1], 0)
    for above, row in pairwise(down):
        tops[row] = tops[above] + high[above]
    side = ACROSS * WIDE + GAP
    rows, heads = [], []
    for code, (name, tiles) in blocks.items():
        left, top = across.index(PLACES[code][0]) * side, tops[PLACES[code][1]]
        heads.append({"x": left, "y": top, "name": name})
        rows += [_placed(tile, n, left, top + HEAD) for n, tile in enumerate(sorted(tiles, key=lambda t: t.name))]
    return rows, heads, len(across) * side, sum(high.values())


def _height(tiles: Sequence[Tile]) -> int:
    return HEAD + -(-len(tiles) // ACROSS) * HIGH + GAP


def _placed(tile: Tile, n: int, left: int, top: int) -> dict[str, Any]:
    return {
        "x": left + n % ACROSS * WIDE,
        "y": top + n // ACROSS * HIGH,
        "name": tile.name,
        "words": tile.words,
        "fill": SHADES[tile.shade or 0],
        "known": tile.shade is not None,
    }
