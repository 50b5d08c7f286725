"""Agreement between raters: published worked examples, a second way of computing each coefficient, and its edges."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.trying import trying

from iqf.analysis.agreement import Agreement, Rating, agreement
from iqf.analysis.agreement_sums import Counts, Table, coefficients, sums_of


def _coefficients(rows: dict[str, list[int | None]], size: int, *, ordered: bool = False) -> dict[str, float]:
    """Coefficients of raters' answers, given as a list for each."""
    verdicts: dict[str, dict[str, int]] = {}
    for rater, answers in rows.items():
        for unit, answer in enumerate(answers):
            if answer is not None:
                verdicts.setdefault(str(unit), {})[rater] = answer
    table = Table({"s": verdicts}, tuple(rows), size, ordered)
    counts = Counts.of(table, ("s",), list(combinations(rows, 2)))
    return {name: float(value[0]) for name, value in coefficients(sums_of(counts)).items()}


def _two(table: list[list[int]]) -> dict[str, float]:
    """Coefficients of two raters, from the table of their answers."""
    cells = [(a, b) for a, row in enumerate(table) for b, n in enumerate(row) for _ in range(n)]
    return _coefficients({"a": [a for a, _ in cells], "b": [b for _, b in cells]}, len(table))


def test_cohen_of_a_table_of_two_by_two() -> None:
    """Fifty grants read by two readers: 20 both yes, 15 both no, 5 and 10 apart: .70 seen, .50 by chance."""
    found = _two([[20, 5], [10, 15]])
    assert found["percent"] == pytest.approx(0.7)
    assert found["kappa"] == pytest.approx(0.4)
    assert found["pabak"] == pytest.approx(0.4)


def test_prevalence_makes_kappa_collapse_and_pabak_does_not() -> None:
    """Feinstein and Cicchetti's paradox (J. Clin. Epidemiol. 1990): the same .85 agreed, κ .70 and .32."""
    even, uneven = _two([[40, 9], [6, 45]]), _two([[80, 10], [5, 5]])
    assert even["percent"] == uneven["percent"] == pytest.approx(0.85)
    assert even["kappa"] == pytest.approx(0.70, abs=0.005)
    assert uneven["kappa"] == pytest.approx(0.32, abs=0.005)
    assert even["pabak"] == uneven["pabak"] == pytest.approx(0.70)


FLEISS = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def test_fleiss_of_fourteen_raters() -> None:
    """The example that is printed most: ten subjects, fourteen raters, five answers: κ = 0.210."""
    answers = [[k for k, n in enumerate(row) for _ in range(n)] for row in FLEISS]
    raters: dict[str, list[int | None]] = {f"r{at}": [row[at] for row in answers] for at in range(14)}
    assert _coefficients(raters, 5)["fleiss"] == pytest.approx(0.210, abs=0.0005)


def test_krippendorff_of_two_observers() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: two observers, two answers: 0.095."""
    found = _coefficients({"a": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "b": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]}, 2)
    assert found["alpha"] == pytest.approx(0.095, abs=0.0005)


def test_krippendorff_with_missing_answers() -> None:
    """The same, C: four observers, five answers, some missing: nominal 0.743, ordinal 0.815."""
    nothing = None
    rows: dict[str, list[int | None]] = {
        "a": [0, 1, 2, 2, 1, 0, 3, 0, 1, nothing, nothing, nothing],
        "b": [0, 1, 2, 2, 1, 1, 3, 0, 1, 4, nothing, 2],
        "c": [nothing, 2, 2, 2, 1, 2, 3, 1, 1, 4, 0, nothing],
        "d": [0, 1, 2, 2, 1, 3, 3, 0, 1, 4, 0, nothing],
    }
    assert _coefficients(rows, 5)["alpha"] == pytest.approx(0.743, abs=0.0005)
    assert _coefficients(rows, 5, ordered=True)["alpha"] == pytest.approx(0.815, abs=0.0005)


def _ratings(rows: list[tuple[str, str, str, int]]) -> list[Rating]:
    return [Rating(*row) for row in rows]


JUDGED = st.dictionaries(
    st.tuples(st.sampled_from("uvwxyz"), st.sampled_from(("CC1", "CC2")), st.sampled_from("abc")),
    st.integers(0, 2),
    min_size=1,
)


@trying(60)
@given(JUDGED)
def test_a_second_way_gives_the_same(judged: dict[tuple[str, str, str], int]) -> None:
    """Percent, κ and α reckoned again from lists of pairs, without arrays."""
    rows = [Rating(*key, verdict) for key, verdict in judged.items()]
    found = agreement(rows, ("CC1", "CC2"), "verdict", draws=0).overall
    groups: dict[tuple[str, str], dict[str, int]] = {}
    for (unit, statement, rater), verdict in judged.items():
        groups.setdefault((unit, statement), {})[rater] = verdict
    several = [given for given in groups.values() if len(given) > 1]
    assert found.n == len(several)
    pairs = [pair for given in several for pair in combinations(given.values(), 2)]
    if not pairs:
        assert found.percent.value is None
        assert found.alpha.value is None
        return
    assert found.percent.value == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    kappas = [k for a, b in combinations("abc", 2) if (k := _slow_kappa(several, a, b)) is not None]
    assert found.kappa.value == (pytest.approx(sum(kappas) / len(kappas)) if kappas else None)
    alpha = _slow_alpha(several)
    assert found.alpha.value == (pytest.approx(alpha) if alpha is not None else None)


def _slow_kappa(several: list[dict[str, int]], a: str, b: str) -> float | None:
    both = [(given[a], given[b]) for given in several if a in given and b in given]
    if not both:
        return None
    n = len(both)
    of_a, of_b = Counter(x for x, _ in both), Counter(y for _, y in both)
    chance = sum(of_a[k] * of_b[k] for k in range(3)) / n**2
    return None if chance == 1 else (sum(x == y for x, y in both) / n - chance) / (1 - chance)


def _slow_alpha(several: list[dict[str, int]]) -> float | None:
    answers = Counter(v for given in several for v in given.values())

    def apart(c: int, k: int) -> float:
        low, high = min(c, k), max(c, k)
        return float((sum(answers[g] for g in range(low, high + 1)) - (answers[c] + answers[k]) / 2) ** 2)

    n = answers.total()
    seen = sum(
        apart(x, y) / (len(given) - 1)
        for given in several
        for i, x in enumerate(given.values())
        for j, y in enumerate(given.values())
        if i != j
    )
    chance = sum(answers[c] * answers[k] * apart(c, k) for c in range(3) for k in range(3)) / (n - 1)
    return 1 - seen / chance if chance else None


def _many(seed: int) -> list[Rating]:
    """Forty units that two raters judge: mostly alike."""
    rows = [("a", at, (at * seed) % 3) for at in range(40)] + [
        ("b", at, (at * seed + (at % 9 == 0)) % 3) for at in range(40)
    ]
    return _ratings([(f"u{at}", "CC1", rater, verdict) for rater, at, verdict in rows])


def test_intervals_hold_the_value_and_come_again_from_the_seed() -> None:
    first, again = agreement(_many(2), ("CC1",)), agreement(_many(2), ("CC1",))
    assert first == again
    kappa = first.overall.kappa
    assert kappa.value is not None
    assert kappa.low is not None
    assert kappa.high is not None
    assert kappa.low < kappa.value < kappa.high < 1


def test_a_verdict_taken_away_changes_the_answer() -> None:
    ratings = _many(2)
    before, after = agreement(ratings, ("CC1",)).overall, agreement(ratings[:-1], ("CC1",)).overall
    assert before.n == after.n + 1
    assert before.kappa != after.kappa


def test_where_every_answer_is_the_same_kappa_cannot_be_computed() -> None:
    found = agreement(_ratings([(u, "CC1", r, 0) for u in "xyz" for r in "ab"]), ("CC1",)).overall
    assert (found.percent.value, found.kappa.value, found.fleiss.value, found.alpha.value) == (1.0, None, None, None)


def test_one_rater_agrees_with_nobody() -> None:
    found = agreement(_ratings([("u", "CC1", "a", 1)]), ("CC1", "CC2"))
    assert [row.n for row in found.statements] == [0, 0]
    assert found.overall.percent.value is None
    assert found.pairs == ()


def test_touching_is_one_answer_whether_partly_or_fully() -> None:
    ratings = _ratings([("u", "CC1", "a", 1), ("u", "CC1", "b", 2), ("v", "CC1", "a", 0), ("v", "CC1", "b", 0)])
    assert agreement(ratings, ("CC1",)).overall.percent.value == 1.0
    verdicts = agreement(ratings, ("CC1",), "verdict")
    assert verdicts.overall.percent.value == 0.5
    assert verdicts.pairs[0].confusion == ((1, 0, 0), (0, 0, 1), (0, 0, 0))


def test_the_units_that_most_divide_come_first() -> None:
    rows = [("u", "CC1", 0, 1), ("u", "CC2", 0, 2), ("v", "CC1", 1, 0), ("v", "CC2", 1, 1), ("w", "CC1", 1, 1)]
    ratings = [Rating(u, s, r, v) for u, s, a, b in rows for r, v in (("a", a), ("b", b))]
    found = agreement(ratings, ("CC1", "CC2")).divided
    assert [(d.unit, d.differing, d.compared, d.statements) for d in found] == [
        ("u", 2, 2, ("CC1", "CC2")),
        ("v", 1, 2, ("CC1",)),
    ]


def test_two_verdicts_of_one_rater_are_refused() -> None:
    with pytest.raises(ValueError, match="a judged u against CC1 twice"):
        agreement(_ratings([("u", "CC1", "a", 1), ("u", "CC1", "a", 0)]), ("CC1",))


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="it must be 0, 1 or 2"):
        agreement(_ratings([("u", "CC1", "a", 3)]), ("CC1",))


def test_statements_keep_their_order_and_others_are_left_out() -> None:
    ratings = _ratings([("u", s, r, 1) for s in ("A", "B", "C") for r in "ab"])
    found: tuple[Agreement, ...] = agreement(ratings, ("C", "A")).statements
    assert [row.statement for row in found] == ["C", "A"]
