"""Room at the sides of a drawing: letters on the reader's machine may be wider than those it was measured with."""

import re
from html import unescape
from typing import Final

LETTER: Final = {"bold": 0.7, "normal": 0.62}
"""Width of a letter in its height, in the widest of the fonts that machines without ours put in their place."""
EDGE: Final = 5.0
TAG: Final = re.compile(r"<(/?)(?:(g)\b([^>]*)>|text\b([^>]*)>((?:[^<]|</?tspan[^>]*>)*))")
LINES: Final = re.compile(r"</?tspan[^>]*>")
MOVED: Final = re.compile(r'transform="translate\(([-\d.e]+)')
SIZE: Final = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [^"]*"')


def with_room(svg: str) -> str:
    """The drawing, made wider on the side where its words would be cut off were they written in wide letters."""
    size = SIZE.search(svg)
    if size is None:
        return svg
    width, height = float(size[1]), size[2]
    left, right = _reach(svg)
    before, after = max(0.0, EDGE - left), max(width, right + EDGE)
    if before == 0 and after == width:
        return svg
    wide = f"{before + after:.0f}"
    roomy = svg.replace(size[0], f'width="{wide}" height="{height}" viewBox="{-round(before)} 0 {wide} {height}"', 1)
    paper = f'<rect width="{size[1]}" height="{height}"'
    return roomy.replace(paper, f'<rect x="{-round(before)}" width="{wide}" height="{height}"', 1)


def _reach(svg: str) -> tuple[float, float]:
    """How far words reach to the left and to the right, each moved by the groups that it stands in."""
    moved, left, right = [0.0], EDGE, 0.0
    for ends, group, of_group, of_text, words in TAG.findall(svg):
        by = MOVED.search(of_group or of_text)
        if ends:
            moved = moved[:-1] if group else moved
        elif group:
            moved.append(moved[-1] + (float(by[1]) if by else 0.0))
        elif 'opacity="0"' not in of_text and "rotate" not in of_text:
            line = max((unescape(line) for line in LINES.split(words)), key=len)
            begins, ends_at = _stretch(moved[-1] + (float(by[1]) if by else 0.0), of_text, line)
            left, right = min(left, begins), max(right, ends_at)
    return left, right


def _stretch(x: float, about: str, words: str) -> tuple[float, float]:
    size = re.search(r'font-size="([\d.]+)px"', about)
    letter = LETTER["bold" if 'font-weight="bold"' in about else "normal"]
    wide = len(words) * letter * float(size[1] if size else 12)
    anchor = re.search(r'text-anchor="(\w+)"', about)
    begins = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor[1] if anchor else "start"]
    return begins, begins + wide
