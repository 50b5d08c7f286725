"""What a file did to its list, as it is told: changes field by field; columns, older rows, older files in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from iqf.catalogue.actions.upsert import is_cosmetic
from iqf.evidence.models import Retrieval
from iqf.exchange.sources.list_file import ListFile
from iqf.exchange.sources.pattern import Doubt
from iqf.register.actions import Mirrored, RowChange

LISTED = 8
"""How many references a warning names before it says how many more there are."""


def field_changes(change: RowChange) -> list[dict[str, Any]]:
    """A changed row field by field: as printed, or, where it is printed as before, as now read."""
    found = _differences(change.reference, change.before, change.after)
    return found or _differences(change.reference, change.facts_before, change.facts_after)


def _differences(code: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "field": name,
            "before": before.get(name, ""),
            "after": after.get(name, ""),
            "cosmetic": is_cosmetic(before.get(name, ""), after.get(name, "")),
        }
        for name in {**before, **after}
        if before.get(name, "") != after.get(name, "")
    ]


def columns_in_words(done: Mirrored, file: ListFile) -> Iterator[Doubt]:
    """Columns that ended and that are new, told once for the file."""
    for code, columns, what in (
        ("columns-ended", done.columns_ended, "The file no longer has"),
        ("columns-new", done.columns_new, "The file has new"),
    ):
        if columns:
            listed = ", ".join(f'"{c}"' for c in columns)
            noun = "the column" if len(columns) == 1 else f"{len(columns)} columns:"
            yield Doubt(code, f"{what} {noun} {listed}; this is no change of its rows.", file.file, None)


def older_rows(done: Mirrored, read_before: Retrieval | None) -> Iterator[Doubt]:
    """The warning that some rows are older than what is held. `read_before`: the last reading of this very file."""
    if not done.overtaken:
        return
    some = ", ".join(done.overtaken[:LISTED]) + (", …" if len(done.overtaken) > LISTED else "")
    count = len(done.overtaken)
    rows = "1 of its rows" if count == 1 else f"{count} of its rows"
    what = f"This file repeats in {rows} what a later file has changed ({some})"
    if read_before:
        day = date_format(localtime(read_before.retrieved_at), "j F Y")
        what = f"This file was read before, on {day}, and a later file changed {rows} ({some})"
    kept = "what the later file says was kept (--revert lets this file win)"
    yield Doubt("older-content", f"{what}; {kept}.", "the register")


def older_file(file: ListFile, newer: Retrieval) -> Doubt:
    """The warning that nothing was taken from a file, because a newer one was read already."""
    message = (
        f"This file is of {file.published_on}, and one of {newer.published_on} ({newer.file_name}) was read already; "
        "nothing was taken from it (--revert lets this file win)."
    )
    return Doubt("older-snapshot", message, file.file)
