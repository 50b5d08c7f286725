"""Charts: title and description inside, values beside their marks, what is not known drawn as not known."""

import re

import pytest

from iqf.exchange.formats.charts.bars import Bar, bar_chart
from iqf.exchange.formats.charts.blocks import block_map
from iqf.exchange.formats.charts.funnels import Dot, funnel_chart
from iqf.exchange.formats.charts.labels import Spot, box_of, placed
from iqf.exchange.formats.charts.lines import Point, line_chart
from iqf.exchange.formats.charts.tiles import PLACES, Tile, tile_map

FINDING, ABOUT = "Turnover <fell> in A & B", "Leavers by region."


def lines():
    values = {"A": (3.0, 2.5, 2.0), "B": (1.0, None, 2.0)}
    points = [Point(name, str(2020 + n), v) for name, each in values.items() for n, v in enumerate(each)]
    return line_chart(points, FINDING, ABOUT, "percent")


def bars():
    rows = [Bar("A", 0.7, "0.70 (0.6 to 0.8)", 0.6, 0.8), Bar("B", None, "c: confidential"), Bar("C", 1.2, "1.20")]
    return bar_chart(rows, FINDING, ABOUT, "ratio", 1.0)


def funnel():
    dots = [Dot(f"Area {n}", 20.0 + n * n, 1.0, False) for n in range(10)]
    return funnel_chart([*dots, Dot("Far out", 400.0, 0.3, True)], FINDING, ABOUT)


def tiles():
    return tile_map([Tile(code, code, "0.7", None if n else 2) for n, code in enumerate(PLACES)], FINDING, ABOUT)


def blocks():
    one = [Tile(f"E{n}", name, f"0.{n}", n % 3 or None) for n, name in enumerate("DCBA", 5)]
    return block_map(
        {"E12000001": ("North", one), "E12000008": ("South", one[:1]), "E99": ("Nowhere", one)}, FINDING, ABOUT
    )


@pytest.mark.parametrize("chart", [lines, bars, funnel, tiles, blocks])
def test_the_finding_and_the_description_are_inside_and_nothing_asks_for_style(chart):
    drawn = chart()
    assert "<title" in drawn[:400]
    assert "Turnover &lt;fell&gt; in A &amp; B</title>" in drawn
    assert f"{ABOUT}</desc>" in drawn
    assert 'role="img"' in drawn[:300]
    assert " style=" not in drawn


LONG = "No area can be assessed: shares are known and no number of learners, so how far chance moves them is not."


def test_no_words_are_cut_off_where_the_reader_has_a_wider_font():
    drawn = tile_map([Tile("E12000001", "North East", "0.7", None)], LONG, ABOUT)
    width = float(re.search(r'viewBox="0 0 ([\d.]+) ', drawn)[1])
    ground = float(re.search(r'<rect width="([\d.]+)"', drawn)[1])
    titles = [line for line in re.findall(r">([^<>]+)</t", drawn) if line in LONG and len(line) > 20 and line != LONG]
    assert len(titles) >= 2
    assert width == ground
    assert width >= max(len(line) for line in titles) * 16 * 0.7, (
        "DejaVu Sans, bold, at 16, as browsers without Arial have"
    )


def test_a_period_without_a_number_breaks_its_line_and_names_stand_at_the_ends():
    drawn = lines()
    assert "A 2<" in drawn
    assert "B 2<" in drawn
    assert drawn.count("stroke-dasharray") >= 1


def test_bars_are_ranked_and_what_is_not_known_is_last_without_a_bar():
    drawn = bars()
    order = [drawn.index(f">{text}<") for text in ("1.20", "0.70 (0.6 to 0.8)", "c: confidential")]
    assert order == sorted(order)
    assert len(re.findall(r'aria-roledescription="bar"', drawn)) == 2


def test_only_areas_that_stand_out_are_named():
    assert ">Far out<" in funnel()
    assert ">Area 3<" not in funnel()


def test_names_hide_no_mark_and_no_other_name():
    spots = [Spot(f"Area number {n}", 100.0 + 9 * (n % 6), 100.0 + 7 * (n // 6)) for n in range(24)]
    labels = placed(spots, spots, 580, 340)
    boxes = [box_of(label) for label in labels]
    assert 2 < len(labels) < len(spots)
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top) >= 0
        for other in boxes[:n]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
        for spot in spots:
            beside = right <= spot.x or spot.x <= left or bottom <= spot.y or spot.y <= top
            assert beside or spot.name == labels[n].name


def test_each_region_has_its_tile():
    assert all(f">{code}<" in tiles() for code in PLACES if code != "E12000003")


def test_authorities_stand_in_the_order_of_names_in_the_block_of_their_region():
    drawn = blocks()
    at = [drawn.index(f">{text}<") for text in ("A", "B", "C", "D")]
    assert sorted(re.findall(r">(0\.\d)<", drawn)) == ["0.5", "0.5", "0.6", "0.7", "0.8"]
    assert at == sorted(at)
    assert ">North<" in drawn
    assert ">South<" in drawn
    assert "Nowhere" not in drawn
    assert 'stroke-dasharray="3,3"' in drawn
