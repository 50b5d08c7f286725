"""How many take something: in sentences, as a table, and in the JSON shape of take-up."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.supply import takeup
from iqf.exchange.formats.supply_words import cell
from iqf.exchange.formats.things import thing
from iqf.reports.taken import Counted, Taken
from iqf.reports.takeup import TakeUpAnswer, TakeUpRow

COLUMNS: Final = (
    *("subject", "standard or aim", "code", "verdict", "because", "dataset", "version", "period"),
    *("counts", "counting", "value", "at_least", "at_most"),
)
OF: Final = {"standard": "apprenticeship standard", "aim": "learning aim", "subject area": "subject area"}


def finding(answer: Taken) -> str:
    """The answer in a sentence: the number and its year, nobody, or no data; and why."""
    if answer.verdict == "no data" and not answer.counted:
        why = f" {answer.reason}" if answer.reason else ""
        return f"No data: no table held here counts {answer.what}.{why}"
    if len(answer.counted) == 1:
        return sentence(answer.counted[0])
    taken = [one for one in answer.counted if one.verdict == "counted"]
    idle = [one for one in answer.counted if one.no_start]
    first = (taken or list(answer.counted))[0].table
    unknown = sum(one.verdict == "no data" for one in answer.counted)
    said = [f"{len(taken)} with somebody on {'it' if len(taken) == 1 else 'them'} in {first.period}"]
    said += [f"{len(idle)} that nobody started"] if idle else []
    said += [f"{unknown} with no data"] if unknown else []
    return f"{len(answer.counted)} {OF[answer.counted[0].of]}s lead here: {', '.join(said)}."


def sentence(one: Counted) -> str:
    """What one table says of one aim or standard, in a sentence."""
    if one.verdict == "no data":
        other = f" It may be what it calls {_or(one.perhaps)}: somebody has to decide." if one.perhaps else ""
        return f"No data on {one.subject}: “{one.table.title}” prints nothing under that name.{other}"
    if one.verdict == "nobody":
        if one.table.own_records:
            return f"{one.subject}: nobody in {one.table.period}{OWN}."
        every = f"every {OF[one.of]} that anybody takes"
        return (
            f"{one.subject}: listed, and nobody takes it. “{one.table.title}” of {one.table.period} prints {every}, "
            "and counts nobody on this one."
        )
    numbers = [f"{cell(row)} {counts(row, one).lower()}" for row in one.rows]
    said = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"{one.subject}: {said} in {one.table.period}{OWN if one.table.own_records else ''}."


def subject_sentence(one: Counted) -> str:
    """What a table counts of the whole subject area of a qualification, and that it is no more than that."""
    said = sentence(one).removesuffix(".")
    return f"Its whole subject area, {said} (“{one.table.title}”). That is not this qualification alone."


def _or(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}" if len(quoted) > 1 else quoted[0]


OWN: Final = ", in the learner records that were read; how many in England they do not say"


def counts(row: TakeUpRow, one: Counted) -> str:
    """What a row counts, in a word: the table's own name of it."""
    own = [value for name, value in row.by.items() if name != one.table.column and value]
    return ", ".join(own) or row.label


def address(one: Counted) -> str:
    """The permanent address of the exact figures: the release cut by its own column at this one, of this year."""
    if not one.rows:
        return f"/figures/{quote(one.table.dataset)}/{quote(one.table.version)}"
    printed = one.rows[0].by[one.table.column]
    chosen = [f"{one.table.column}={printed}"]
    if one.table.period_code:
        chosen.append(f"time_period={one.table.period_code}")
    asked = urlencode([("by", one.table.column), *(("where", each) for each in chosen)])
    return f"/takeup/{quote(one.table.dataset)}/{quote(one.table.version)}?{asked}"


def takeup_json(answer: TakeUpAnswer | Taken) -> dict[str, Any]:
    """Take-up in its JSON shape: of a table, or of one thing in every table that counts it."""
    return taken_json(answer) if isinstance(answer, Taken) else takeup(answer)


def taken_json(answer: Taken) -> dict[str, Any]:
    """The shape of `takeup`, of one thing: its verdict, then a row for each number of each table.

    `dataset`, `counting` and `location_basis` are those of the table that says most; null where none says anything.
    """
    first = next(iter(sorted(answer.counted, key=lambda c: c.verdict != answer.verdict)), None)
    table = first.table if first else None
    return {
        "dataset": table.dataset if table else None,
        "version": table.version if table else None,
        "counting": table.counting if table else None,
        "location_basis": table.location_basis if table else None,
        "of": thing(answer.of) if answer.of else {"code": f"cluster:{answer.cluster}", "title": answer.title},
        "verdict": answer.verdict,
        "finding": finding(answer),
        "would_settle_it": answer.would_settle_it if is_open(answer) else None,
        "subjects": [_subject(one) for one in answer.counted],
        "subject_area": [{**_subject(one), "rows": list(_rows(one))} for one in answer.subject],
        "rows": [row for one in answer.counted for row in _rows(one)],
    }


def is_open(answer: Taken) -> bool:
    """Whether the country's number is still to be settled: there is none, or only of the records read in."""
    return answer.verdict == "no data" or all(one.table.own_records for one in answer.counted)


def _subject(one: Counted) -> dict[str, Any]:
    return {
        "subject": one.subject,
        "kind": one.of,
        "code": one.code or None,
        "because": one.because,
        "verdict": one.verdict,
        "no_start": one.no_start,
        "perhaps": list(one.perhaps),
        "dataset": one.table.dataset,
        "version": one.table.version,
        "period": one.table.period_code,
        "period_words": one.table.period,
        "complete": one.table.complete,
        "finding": sentence(one),
        "figures": address(one),
    }


def _rows(one: Counted) -> Iterator[dict[str, Any]]:
    for row in one.rows:
        yield {
            **row.by,
            "dataset": one.table.dataset,
            "version": one.table.version,
            "period": one.table.period_code,
            "location_basis": one.table.location_basis,
            "counting": row.counting,
            "indicator": row.indicator,
            "label": row.label,
            "value": plain(row.value),
            "symbol": row.symbol or None,
            "at_least": row.at_least,
            "at_most": row.at_most,
        }


def taken_table(answer: Taken) -> tuple[Sequence[str], list[list[Any]]]:
    """Every number as a table; what nobody takes has a row without one."""
    rows = []
    for one in answer.counted:
        head = [one.subject, one.of, one.code, one.verdict, one.because]
        head += [one.table.dataset, one.table.version, one.table.period]
        rows += [
            [
                *head,
                counts(row, one),
                row.counting,
                row.symbol if row.value is None else row.value,
                row.at_least,
                row.at_most,
            ]
            for row in one.rows
        ] or [[*head, "", "", "", None, None]]
    return COLUMNS, rows
