"""Agreement between raters in plain words, with where each interval is drawn."""

from dataclasses import dataclass

from iqf.analysis.agreement import Agreement, Estimate, Pair
from iqf.reports.agreement import AgreementAnswer

SCALES = {"touches": "Reached or not", "verdict": "None, partly or fully"}
VERDICTS = {"touches": ("not reached", "reached"), "verdict": ("none", "partly", "fully")}
WORDS = ((0.8, "almost perfect"), (0.6, "substantial"), (0.4, "moderate"), (0.2, "fair"), (0.0, "slight"))
"""J. R. Landis, G. G. Koch, Biometrics 33 (1977) 159: words by convention for a coefficient at or above each."""


@dataclass(frozen=True)
class Line:
    """One statement as the table has it: coefficients as text; where the interval is drawn, from 0 to 100."""

    code: str
    title: str
    n: int
    reached: str
    percent: str
    kappa: str
    between: str
    words: str
    fleiss: str
    alpha: str
    pabak: str
    dot: float | None
    low: float | None
    high: float | None


def lines(answer: AgreementAnswer) -> list[Line]:
    """A line for each statement, and one overall at the end; none where nothing can be compared."""
    if not answer.found.overall.n:
        return []
    rows = [_line(row.code, row.title, row.found) for row in answer.statements]
    return [*rows, _line("", "Overall", answer.found.overall)]


def _line(code: str, title: str, found: Agreement) -> Line:
    kappa = found.kappa
    return Line(
        code,
        title,
        found.n,
        f"{found.reached:.0%}",
        _share(found.percent),
        _number(kappa.value),
        f"{_number(kappa.low)} to {_number(kappa.high)}" if kappa.low is not None else "",
        in_words(kappa.value),
        _number(found.fleiss.value),
        _number(found.alpha.value),
        _number(found.pabak.value),
        _drawn(kappa.value),
        _drawn(kappa.low),
        _drawn(kappa.high),
    )


def in_words(value: float | None) -> str:
    """A coefficient in the words that are usual for it; blank where there is none."""
    if value is None:
        return ""
    return next((words for least, words in WORDS if value >= least), "less than by chance")


def pairs(answer: AgreementAnswer) -> list[tuple[Pair, str, list[tuple[str, tuple[int, ...]]]]]:
    """Each pair of raters, its kappa as text, and its table of verdicts with a word before each row."""
    words = VERDICTS[answer.scale]
    return [
        (pair, _number(pair.kappa.value), list(zip(words, pair.confusion, strict=True)))
        for pair in answer.found.pairs
    ]


def _number(value: float | None) -> str:
    return "cannot say" if value is None else f"{value:.2f}"


def _share(estimate: Estimate) -> str:
    return "cannot say" if estimate.value is None else f"{estimate.value:.0%}"


def _drawn(value: float | None) -> float | None:
    """Where a coefficient is drawn: what is below 0, worse than chance, is drawn at 0."""
    return None if value is None else round(max(0.0, value) * 100, 1)
