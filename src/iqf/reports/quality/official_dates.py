"""Rows of official lists end after they begin. Those that do not stand here as their publisher prints them."""

from collections.abc import Iterator

from django.db.models.fields.json import KT
from django.utils.timezone import localdate

from iqf.register.models import OfficialRow
from iqf.reports.quality.dates_in_order import wrong
from iqf.reports.quality.finding import Example, Found, found

ORDERED = (
    ("operational_start", "operational_end"),
    ("operational_end", "certification_end"),
    ("effective_from", "effective_to"),
    ("effective_from", "last_new_start"),
    ("started_from", "started_to"),
    ("starts_from", "starts_to"),
    ("recognised_from", "recognised_to"),
)
"""By the fact's own name; most lists have one pair of these, none has all."""
WORDS = {
    "effective_from": "first day in effect",
    "effective_to": "last day in effect",
    "started_from": "first day of counted starts",
    "started_to": "last day of counted starts",
    "starts_from": "first day of starts",
    "starts_to": "last day of starts",
    "recognised_from": "first day of recognition",
    "recognised_to": "last day of recognition",
}
NAMES = {name: WORDS.get(name, name.replace("_", " ")) for pair in ORDERED for name in pair}


def check() -> Found:
    """Standing rows of official lists that print a first and a last day."""
    cases, looked = [], 0
    for register, names in _dated():
        ordered = [pair for pair in ORDERED if set(pair) <= names.keys()]
        facts = {f"day_{name}": KT(f"facts__{name}") for name in names}
        rows = OfficialRow.objects.filter(register=register, retired=False).annotate(**facts)
        for reference, title, *days in rows.values_list("reference", "title", *facts).iterator(chunk_size=5000):
            row = dict(zip(names, days, strict=True))
            pairs = [(row[first], row[second]) for first, second in ordered if row[first] and row[second]]
            looked += bool(pairs)
            if any(_suspect(*pair) for pair in pairs):
                matters = wrong(row, names, ordered, localdate())
                cases += [Example(f"{register}:{reference}", title, matter) for matter in matters]
    return found(cases, looked, "No official list with a first and a last day is held.")


def _suspect(first: str, second: str) -> bool:
    """A quick look at two days as text, so that only the few that may be wrong are read as days."""
    return first > second or first > str(localdate().year + 9)


def _dated() -> Iterator[tuple[str, dict[str, str]]]:
    """The lists that print days, and which: told by one row of each, as every row of a list has the same facts."""
    lists = OfficialRow.objects.filter(retired=False).exclude(kind="title").order_by("register")
    for register in lists.values_list("register", flat=True).distinct():
        row = OfficialRow.objects.filter(register=register, retired=False)[:1].get()
        names = {name: words for name, words in NAMES.items() if name in row.facts}
        if any(set(pair) <= names.keys() for pair in ORDERED):
            yield register, names
