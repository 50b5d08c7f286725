"""What is listed and nobody takes: in sentences, as a table, and as JSON."""

from collections.abc import Sequence
from typing import Any, Final

from iqf.exchange.formats.listed import package
from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.supply_words import share
from iqf.exchange.formats.taken import OF, OWN, address, sentence
from iqf.exchange.formats.things import thing
from iqf.indicators.standard import period_words
from iqf.reports.nobody_takes import Covered, Listed, NobodyAnswer
from iqf.reports.supply_documents import ListedCourses

NAME: Final = "listed-and-nobody-takes-it"
COLUMNS: Final = (
    "subject",
    "kind",
    "code",
    "verdict",
    "for",
    "what the table says",
    "tied by",
    "dataset",
    "version",
    "period",
)
CALLED: Final = {
    "standard": "apprenticeship standards that lead into roles here",
    "aim": "qualifications with a number",
}


def finding(answer: NobodyAnswer) -> str:
    """The answer in a sentence for each table; that there is none, where none covers what is listed."""
    if not answer.tables:
        return (
            "No table held here counts standards or qualifications by number, so it is not known which nobody takes."
        )
    return " ".join(covered(one) for one in answer.tables)


def covered(one: Covered) -> str:
    """What one table says of all that is listed."""
    rest = [f"somebody takes {one.taken}", f"nobody {'started' if one.of == 'standard' else 'takes'} {len(one.idle)}"]
    rest += [f"of {one.kept_back} the number is kept back"] if one.kept_back else []
    rest += [f"of {one.unknown} the table prints no such name"] if one.unknown else []
    own = OWN if one.table.own_records else ""
    return f"Of {one.listed} {CALLED[one.of]}, in {one.table.period}: {'; '.join(rest)}{own}."


def courses(found: ListedCourses | None) -> str:
    """What the documents count of theirs; blank where they are not held."""
    if found is None:
        return ""
    limits = f"{share(found.limits.low)} to {share(found.limits.high)}"
    return (
        f"{found.with_learners:,} of about {found.listed:,} courses that the documents list had any learner in "
        f"{period_words(found.period.split()[0])}: {share(found.share)} ({limits}). They do not print which."
    )


def line(one: Listed) -> str:
    """What the table says of one of them: nobody, that none started while some still learn, or nothing."""
    said = sentence(one.counted)
    return said.replace(OWN, ", in those records") if one.counted.table.own_records else said


def unprinted(one: Covered) -> str:
    """What follows where a table prints nothing under a name; blank where it prints all."""
    if not one.unprinted:
        return ""
    perhaps = sum(bool(each.counted.perhaps) for each in one.unprinted)
    alike = "a name that is alike, which waits for a decision."
    waits = f" For {perhaps} of them the table prints {alike}" if perhaps else ""
    return f"So how many take them is not known: {len(one.unprinted)}.{waits}"


def nobody_json(answer: NobodyAnswer) -> dict[str, Any]:
    """Tables, each with its counts; a row for everything that nobody takes, and for what no name is printed of; and
    the documents' own count.
    """
    return {
        "finding": finding(answer),
        "tables": [
            {
                "dataset": one.table.dataset,
                "version": one.table.version,
                "period": one.table.period_code,
                "period_words": one.table.period,
                "kind": one.of,
                "own_records": one.table.own_records,
                **{name: getattr(one, name) for name in ("listed", "taken", "kept_back", "unknown")},
                "nobody": len(one.idle),
            }
            for one in answer.tables
        ],
        "rows": [_row(each, one) for one in answer.tables for each in one.idle],
        "unprinted": [_row(each, one) for one in answer.tables for each in one.unprinted],
        "listed_courses": plain(answer.documents) if answer.documents else None,
        **plain(answer.cited),
    }


def _row(each: Listed, one: Covered) -> dict[str, Any]:
    return {
        "subject": each.counted.subject,
        "kind": OF[one.of],
        "code": each.counted.code or None,
        "for": [thing(ref) for ref in each.things],
        "verdict": each.counted.verdict,
        "finding": line(each),
        "because": each.counted.because,
        "perhaps": list(each.counted.perhaps),
        "dataset": one.table.dataset,
        "version": one.table.version,
        "period": one.table.period_code,
        "figures": address(each.counted),
    }


def nobody_package(answer: NobodyAnswer) -> bytes:
    """The same table as a package: the rows, and a descriptor that cites the releases."""
    return package(NAME, "Listed, and nobody takes it", answer.cited, *nobody_table(answer))


def nobody_table(answer: NobodyAnswer) -> tuple[Sequence[str], list[list[Any]]]:
    """Everything that nobody takes, and then everything of which the table prints no name, as a table."""
    return COLUMNS, [
        [
            each.counted.subject,
            OF[one.of],
            each.counted.code,
            "no data" if each in one.unprinted else "nobody",
            "; ".join(ref.title for ref in each.things),
            line(each),
            each.counted.because,
            one.table.dataset,
            one.table.version,
            one.table.period,
        ]
        for one in answer.tables
        for each in (*one.idle, *one.unprinted)
    ]
