"""Columns that add up, beside a search that tries every choice there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis import column_sums

BLANK = float("nan")


def tried(rows):
    """Every choice of two or more columns that adds up to another in each row that has them all."""
    width = len(rows[0])
    for whole in range(width):
        others = [at for at in range(width) if at != whole]
        for size in range(2, width):
            for parts in combinations(others, size):
                told = [row for row in rows if not any(np.isnan(row[at]) for at in (whole, *parts))]
                adds_up = all(row[whole] == sum(row[at] for at in parts) for row in told)
                if adds_up and told and all(any(row[at] for row in told) for at in parts):
                    yield whole, parts


def spanned(sums, alike, width):
    """How many independent relations there are among sums and pairs of columns that are alike."""
    vectors = np.zeros((len(sums) + len(alike) + 1, width))
    for vector, (whole, parts) in zip(vectors, [*sums, *((one, (other,)) for one, other in alike)], strict=False):
        vector[whole] -= 1
        vector[list(parts)] += 1
    return np.linalg.matrix_rank(vectors)


tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.one_of(st.just(0), st.integers(0, 9)), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


@trying(60)
@given(tables, st.sampled_from([column_sums.FREE, -1]))
def test_the_sums_found_say_all_that_every_choice_tried_would_say(rows, free):
    """By linear algebra, and by the search that is made where too much depends on the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_sums, "FREE", free)
        _says_all(rows)


def _says_all(rows):
    found, every = column_sums.column_sums(np.array(rows, dtype=float)), list(tried(rows))
    assert set(found) <= set(every)
    columns = list(zip(*rows, strict=True))
    alike = [(a, b) for a, b in combinations(range(len(columns)), 2) if columns[a] == columns[b]]
    assert spanned(found, alike, len(columns)) == spanned([*found, *every], alike, len(columns))


def test_forty_columns_with_sums_of_sums_among_them():
    draw = np.random.default_rng(4)
    parts = draw.integers(0, 60, size=(300, 36))
    sums = [parts[:, a:b].sum(axis=1) for a, b in ((0, 3), (3, 15), (15, 36))]
    table = np.column_stack([*sums, sum(sums), parts]).astype(float)
    found = column_sums.column_sums(table)
    assert set(found) > {(0, (4, 5, 6)), (1, tuple(range(7, 19))), (2, tuple(range(19, 40)))}
    assert [whole for whole, _ in found] == [0, 1, 2, 3], "the sum of sums once: the others follow"


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        ([[10, 2, 3, 5], [8, 1, 1, 6]], [(0, (1, 2, 3))]),
        ([[10, 2, 3, 5], [8, 1, BLANK, 6], [9, 4, 4, 1]], [(0, (1, 2, 3))]),
        ([[10, 2, 3, 5], [8, 1, 1, 5]], []),
        ([[5, 5, 0], [7, 7, 0]], []),
        ([[1, 1, 2]], [(2, (0, 1))]),
        ([[9, 3, 3, 3], [12, 4, 4, 4]], [(0, (1, 2, 3))]),
        ([[BLANK, 2], [3, BLANK]], []),
    ],
)
def test_a_sum_holds_in_every_row_that_has_all_its_numbers(rows, sums):
    assert column_sums.column_sums(np.array(rows, dtype=float).reshape(len(rows), -1)) == sums
