"""Award, certificate or diploma, by credit and by hours."""

import pytest

from iqf.analysis.size import size


@pytest.mark.parametrize(
    ("credit", "tqt", "expected"),
    [
        (None, None, ""),
        (0, 0, ""),
        (None, 4, ""),
        (1, None, "award"),
        (12, 900, "award"),
        (13, None, "certificate"),
        (36, None, "certificate"),
        (37, None, "diploma"),
        (None, 124, "award"),
        (None, 125, "certificate"),
        (None, 364, "certificate"),
        (None, 365, "diploma"),
    ],
)
def test_bounds(credit, tqt, expected):
    assert size(credit, tqt) == expected
