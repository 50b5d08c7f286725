"""From a description of a chart to the text of an SVG file, with its title and description inside for readers."""

import re
import textwrap
from html import escape
from typing import Any, Final

INK: Final = "#1a1a1a"
GREY: Final = "#595959"
PALE: Final = "#c8c8c8"
FONT: Final = "Liberation Sans, Arial, sans-serif"
WIDTH: Final = 640
LETTERS: Final = 56
"""Width of a chart in units of the drawing, and letters on a line of its title."""
LEFT: Final = 28
SPARE: Final = 34
"""Room at the sides: text is measured in FONT, and a reader without it gets one that is up to a sixth wider."""
TITLE_LETTER: Final = 11.6
ABOUT_LETTER: Final = 7.4
"""How wide a letter of the title, bold, and of what stands under it is at most, on average."""
DASHES: Final = ((1, 0), (6, 3), (2, 2), (10, 3, 2, 3), (1, 3), (12, 4))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
"""One more than dashes, so that no two of many lines have both the same."""
NO_DATA: Final = [3, 3]
CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": "white",
    "padding": {"left": LEFT, "top": 5, "bottom": 5, "right": SPARE},
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

    above, below = textwrap.wrap(title, LETTERS), textwrap.wrap(about, LETTERS + 18)
    heading = {"text": above, "subtitle": below, "offset": 14}
    described = chart.properties(title=heading).configure(**CONFIG).to_dict()
    svg = vl_convert.vegalite_to_svg(described)
    least = max(
        (*(TITLE_LETTER * len(line) for line in above), *(ABOUT_LETTER * len(line) for line in below)), default=0
    )
    return _with_words(_as_wide(str(svg), round(LEFT + least)), title, about)


def _as_wide(svg: str, least: int) -> str:
    """The drawing, and its ground, at least so wide: a narrow one would cut off its own title."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)" viewBox', svg)
    if size is None or float(size[1]) >= least:
        return svg
    svg = svg.replace(f'width="{size[1]}" height="{size[2]}"', f'width="{least}" height="{size[2]}"')
    return svg.replace(f'viewBox="0 0 {size[1]} ', f'viewBox="0 0 {least} ')


def _with_words(svg: str, title: str, about: str) -> str:
    """Title and description as the first children of the drawing; its size scales to the page."""
    head, rest = re.match(r"(?s)(<svg\b[^>]*)>(.*)", svg).groups()  # type: ignore[union-attr]
    head = re.sub(r'\s(?:class|style)="[^"]*"', "", head)
    words = f'<title id="chart-title">{escape(title)}</title><desc id="chart-desc">{escape(about)}</desc>'
    return f'{head} role="img" aria-labelledby="chart-title chart-desc">{words}{rest}'
