"""Judgements, agreement and batches as a person reads them at a terminal."""

from collections.abc import Mapping
from typing import Any

from iqf.analysis.agreement import Agreement, Estimate
from iqf.cli.text.lines import joined, named
from iqf.mapping.batch_states import WORDS
from iqf.mapping.models import VERDICT_WORDS
from iqf.reports.agreement import AgreementAnswer
from iqf.reports.private.batches import BatchAnswer, BatchesAnswer, BatchLine, Run
from iqf.reports.private.came_true import Came, CameTrueAnswer
from iqf.reports.private.suggesting import NextAnswer
from iqf.reports.suggest import SuggestAnswer, Suggested

MOST_DIVIDED = 10
LIKELY = 0.3


def recorded(said: Mapping[str, Any]) -> str:
    """What reading a file of judgements did."""
    would = "would be " if said["dry_run"] else ""
    lines = [
        f'{said["units"]} units judged by "{said["rater"]}" ({said["kind"]}) against {said["framework"]}: '
        f"{said['added']} judgements {would}added, {said['changed']} changed, {said['unchanged']} as before.",
    ]
    if said["dry_run"]:
        lines.append("Nothing was written.")
    else:
        lines.append(f"In {', '.join(said['batches'])}; see: iqf agreement {said['framework']}")
    return joined(lines)


def agreement(answer: AgreementAnswer) -> str:
    """How far raters agree: a line for each statement, then overall, then the units that most divide them."""
    names = ", ".join(f"{r.name} ({r.kind}, {r.units} units)" for r in answer.raters)
    lines = [f"{answer.framework.title}: how far raters agree", answer.scale_words]
    if len(answer.raters) < 2 or not answer.found.overall.n:
        who = f"Judged by {names}." if names else "Nobody has judged a unit against it yet."
        return joined([*lines, who, "Agreement needs two raters who judged the same units."])
    lines += [f"Raters: {names}.", "In brackets: 95 % interval from a bootstrap over units.", ""]
    lines.append(f"{'':<50}{'n':>6}{'percent':>9}{'kappa':>8}{'':<16}{'alpha':>7}{'pabak':>7}{'reached':>9}")
    lines += [_line(f"{row.code} {row.title}", row.found) for row in answer.statements]
    lines.append(_line("Overall", answer.found.overall))
    for pair in answer.found.pairs:
        lines += ["", f"{pair.first} (rows) and {pair.second} (columns): {pair.n} judgements"]
        size = len(pair.confusion)
        words = VERDICT_WORDS if size == 3 else ("not reached", "reached")
        lines.append(f"  {'':<12}" + "".join(f"{word:>13}" for word in words))
        for word, row in zip(words, pair.confusion, strict=True):
            lines.append(f"  {word:<12}" + "".join(f"{n:>13}" for n in row))
    if answer.divided:
        lines += ["", "The units that most divide the raters"]
        for each in answer.divided[:MOST_DIVIDED]:
            differ = f"{each.found.differing} of {each.found.compared}"
            lines.append(f"  {differ:<10} {named(each.unit)}: {', '.join(each.found.statements)}")
    return joined(lines)


def _line(label: str, found: Agreement) -> str:
    kappa = found.kappa
    between = f" ({kappa.low:.2f} to {kappa.high:.2f})" if kappa.low is not None and kappa.high is not None else ""
    return (
        f"{label[:49]:<50}{found.n:>6}{_number(found.percent):>9}{_number(kappa):>8}{between:<16}"
        f"{_number(found.alpha):>7}{_number(found.pabak):>7}{found.reached:>9.2f}"
    )


def _number(estimate: Estimate) -> str:
    return "-" if estimate.value is None else f"{estimate.value:.2f}"


def suggest(answer: SuggestAnswer) -> str:
    """The likeliest statements of each unit, with the words each rests on."""
    learned = f"Learned from {answer.trained_on} verdicts" if answer.trained_on else "Nothing was judged yet"
    learned += "".join(f"; and from those on {other.title}" for other in answer.learned_from)
    lines = [f"{answer.framework.title}: what units probably touch. Suggestions, not judgements."]
    lines.append(f"{learned}{', with an encoder' if answer.encoder else ''}. Per unit the likeliest; --json has all.")
    by_unit: dict[str, list[Suggested]] = {}
    for one in answer.suggestions:
        by_unit.setdefault(one.unit, []).append(one)
    for unit, found in by_unit.items():
        likely = [one for one in found if one.probability is not None and one.probability >= LIKELY]
        lines += ["", named(answer.units[unit])]
        for one in likely or found[:1]:
            chance = "   -" if one.probability is None else f"{one.probability:>4.0%}"
            lines.append(f'  {chance}  {one.statement} {answer.titles[one.statement][:60]}: "{one.words[:80]}"')
    return joined(lines)


def next_units(answer: NextAnswer) -> str:
    """Which units to judge next, those in most doubt first, each with what it most probably touches."""
    if not answer.units:
        return f"Every unit was judged against {answer.framework.title}, or is in a batch.\n"
    lines = [
        f"{answer.framework.title}: {len(answer.units)} units to judge next, those in most doubt first.",
        f"Learned from {answer.trained_on} verdicts. One in five is drawn at random, so that what is learned of the "
        "doubtful ones is not taken for the whole.",
        "",
    ]
    for one in answer.units:
        why = "drawn" if one.drawn else f"{one.margin:.2f}"
        lines.append(f"  {why:>5}  {named(one.unit)}: {one.statement} {one.probability:.0%}")
    return joined(lines)


def batches(answer: BatchesAnswer) -> str:
    """Every batch, a line each."""
    if not answer.rows:
        return "There is no batch yet.\n"
    return joined([_batch_line(row) for row in answer.rows])


def _batch_line(row: BatchLine) -> str:
    done = f"{row.done} of {row.wanted} handed in"
    return f"{row.key}: {row.title}. {WORDS[row.state]}; {row.policy}, {row.units} units, {done}."


def batch(answer: BatchAnswer) -> str:
    """One batch: how far it is, and what the verdicts come to."""
    lines = [_batch_line(answer.line), f"Against {named(answer.line.framework)}"]
    lines += [f"  {r.name} ({r.kind}): {r.done} of {r.wanted} units" for r in answer.raters]
    said = ", ".join(f"{n} {how}" for how, n in answer.verdicts.items() if n)
    lines.append(f"Verdicts: {said or 'none yet'}.")
    shown = "shown to raters who want them" if answer.suggests else "not shown"
    lines.append(f"Suggestions: {shown}{_run(answer.run)}.")
    if answer.seed is not None:
        lines.append(f"Chosen: {answer.doubtful} doubtful, {answer.drawn} drawn at random (seed {answer.seed}).")
    if answer.differing:
        lines.append(f"Raters differ on {answer.differing} units that nobody has settled.")
    return joined(lines)


def _run(run: Run | None) -> str:
    if run is None:
        return "; none made yet"
    newer = f"; older than {run.newer} judgements" if run.newer else ""
    return f"; learned from {run.trained_on} verdicts on other units, version {run.version[:12]}{newer}"


def trust(answer: CameTrueAnswer) -> str:
    """How often suggestions were accepted, and whether their probabilities came true."""
    of = f'the batch "{answer.batch}"' if answer.batch else "all closed batches"
    lines = [f"What came of the suggestions of {of}. People's verdicts only."]
    lines += _came("Where raters saw them", answer.seen)
    lines += _came("Where raters did not see them", answer.unseen)
    return joined(lines)


def _came(where: str, came: Came | None) -> list[str]:
    if came is None:
        return ["", f"{where}: none yet."]
    lines = ["", f"{where}: {came.pairs} verdicts"]
    lines.append(f"  Suggested as reached: {came.said}, accepted {came.said_accepted}.")
    lines.append(f"  Suggested as not reached: {came.denied}, accepted {came.denied_accepted}.")
    lines.append(f"  The very verdict suggested: {came.same}. Mean error of probabilities: {came.error:.3f}.")
    lines.append(f"  {'said':>8}{'came true':>12}{'verdicts':>10}")
    return [*lines, *(f"  {one.said:>8.0%}{one.came:>12.0%}{one.pairs:>10}" for one in came.bins)]
