"""From a description of a chart to the text of an SVG file, with its title and description inside for readers."""

import re
import textwrap
from html import escape
from typing import Any, Final

from iqf.exchange.formats.charts.room import with_room

INK: Final = "#1a1a1a"
GREY: Final = "#595959"
PALE: Final = "#c8c8c8"
FONT: Final = "Liberation Sans, Arial, sans-serif"
WIDTH: Final = 640
LETTERS: Final = 60
"""Width of a chart in units of the drawing, and letters on a line of its title."""
DASHES: Final = ((1, 0), (6, 3), (2, 2), (10, 3, 2, 3), (1, 3), (12, 4))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
"""One more than dashes, so that no two of many lines have both the same."""
NO_DATA: Final = [3, 3]
CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": "white",
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 16, "fontWeight": "bold", "color": INK, "subtitleFontSize": 12},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e4e4e4",
        "domainColor": INK,
        "tickColor": INK,
    },
    "text": {"fontSize": 12, "color": INK},
}


def altair() -> Any:
    """The library that describes charts. It takes half a second to load, so only who draws waits for it."""
    import altair as library

    return library


def drawn(chart: Any, title: str, about: str) -> str:
    """The chart as SVG. `title` is the finding and stands above it; both are read aloud by screen readers."""
    import vl_convert

    heading = {"text": textwrap.wrap(title, LETTERS), "subtitle": textwrap.wrap(about, LETTERS + 22), "offset": 14}
    described = chart.properties(title=heading).configure(**CONFIG).to_dict()
    svg = with_room(str(vl_convert.vegalite_to_svg(described)))
    return _with_words(svg, title, about)


def _with_words(svg: str, title: str, about: str) -> str:
    """Title and description as the first children of the drawing; its size scales to the page."""
    head, rest = re.match(r"(?s)(<svg\b[^>]*)>(.*)", svg).groups()  # type: ignore[union-attr]
    head = re.sub(r'\s(?:class|style)="[^"]*"', "", head)
    words = f'<title id="chart-title">{escape(title)}</title><desc id="chart-desc">{escape(about)}</desc>'
    return f'{head} role="img" aria-labelledby="chart-title chart-desc">{words}{rest}'
