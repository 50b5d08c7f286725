"""Names of organisations as the real lists print them: ties are right, and there are more than by plain equality."""

import pytest
from bench import organisations

from .official_files import existing

pytestmark = [pytest.mark.real]


def test_ties_are_right_and_more_than_by_plain_equality(real_data):
    existing(real_data, organisations.LATER, organisations.EARLIER)
    rows = {(r.names, r.way): r for r in organisations.run(real_data)}
    ours, equal = rows["all", "ours"], rows["all", "plain equality"]
    assert (ours.n, ours.with_body) == (901, 565)
    assert ours.precision >= 0.99
    assert ours.recall >= 0.88
    assert ours.right >= equal.right + 80
    assert {r.n for r in rows.values() if r.names == "register-2017"} == {210}
