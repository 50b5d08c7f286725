"""Every write to the register: bring it in step with what an official file prints, and keep what it said before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from iqf.accounts.actions import audit
from iqf.register.models import OfficialRow, RowVersion

COMPARED = ("number", "title", "owner", "level", "facts", "printed")
WRITTEN = (*COMPARED, "row", "retrieval", "retired")


@dataclass(frozen=True)
class PrintedRow:
    """One row of an official file: its own reference, the cells as printed, and what they were read as."""

    reference: str
    row: int
    printed: Mapping[str, str]
    facts: Mapping[str, Any]
    title: str
    number: str = ""
    owner: str = ""
    level: str = ""


@dataclass(frozen=True)
class RowChange:
    """A row that says something else than before: printed cells and facts, before and after, and if it came back."""

    reference: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    facts_before: Mapping[str, Any]
    facts_after: Mapping[str, Any]
    returned: bool = False


@dataclass
class Mirrored:
    """What a file did to the register, by reference. `overtaken` rows were left as a later file had made them."""

    added: list[str] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    writes: int = 0


@transaction.atomic
def mirror(
    *,
    by: str,
    register: str,
    rows: Iterable[PrintedRow],
    retrieval: str,
    whole_list: bool = False,
    revert: bool = False,
) -> Mirrored:
    """Make the register say what a file prints, row for row, keeping every earlier version.

    `retrieval` is the file's SHA-256. `whole_list`: rows that the file does not mention are retired; else they are
    not spoken of. A row that says again what it said before a later file changed it is left as the later file made
    it, unless `revert`. Rows that say nothing new are not written. One entry in the audit trail, the row detail in
    the versions.
    """
    work = _Work(register, retrieval, {} if revert else _past(register))
    mentioned = set()
    for said in rows:
        mentioned.add(said.reference)
        work.take(said)
    if whole_list:
        work.retire_all_but(mentioned)
    outcome = work.write()
    if outcome.writes:
        after = {n: len(getattr(outcome, n)) for n in ("added", "changed", "unchanged", "overtaken", "retired")}
        audit(by=by, action="mirror", subject=f"register:{register}", before={}, after=after | {"file": retrieval})
    return outcome


class _Work:
    """One run over one register: what it finds standing, and what it is going to write."""

    def __init__(self, register: str, retrieval: str, past: Mapping[int, Iterable[RowVersion]]) -> None:
        self.register, self.retrieval, self.past = register, retrieval, past
        self.held = {r.reference: r for r in OfficialRow.objects.select_for_update().filter(register=register)}
        self.outcome = Mirrored()
        self.fresh: list[OfficialRow] = []
        self.dirty: list[OfficialRow] = []
        self.versions: list[RowVersion] = []

    def take(self, said: PrintedRow) -> None:
        """Sort one row: new, the same, overtaken by a later file, or changed."""
        old = self.held.get(said.reference)
        if old is None:
            self.outcome.added.append(said.reference)
            made = OfficialRow(register=self.register, reference=said.reference, **_fields(said, self.retrieval))
            self.fresh.append(made)
        elif not old.retired and _same(old, said):
            self.outcome.unchanged.append(said.reference)
        elif not old.retired and _overtaken(old, said, self.past.get(old.pk, ())):
            self.outcome.overtaken.append(said.reference)
        else:
            self._change(old, said)

    def _change(self, old: OfficialRow, said: PrintedRow) -> None:
        self.outcome.changed.append(
            RowChange(said.reference, old.printed, said.printed, old.facts, said.facts, old.retired)
        )
        self.versions.append(
            RowVersion(official_row=old, facts=old.facts, printed=old.printed, row=old.row, retrieval=old.retrieval)
        )
        for name, value in _fields(said, self.retrieval).items():
            setattr(old, name, value)
        self.dirty.append(old)

    def retire_all_but(self, mentioned: set[str]) -> None:
        """Retire the standing rows that a whole list does not mention."""
        gone = [r for reference, r in self.held.items() if reference not in mentioned and not r.retired]
        for row in gone:
            row.retired = True
        self.outcome.retired = [r.reference for r in gone]
        self.dirty += gone

    def write(self) -> Mirrored:
        """Write what was sorted."""
        OfficialRow.objects.bulk_create(self.fresh, batch_size=1000)
        RowVersion.objects.bulk_create(self.versions, batch_size=1000)
        OfficialRow.objects.bulk_update(self.dirty, WRITTEN, batch_size=200)
        self.outcome.writes = len(self.fresh) + len(self.dirty) + len(self.versions)
        return self.outcome


def _fields(said: PrintedRow, retrieval: str) -> dict[str, Any]:
    plain = {n: getattr(said, n) for n in ("number", "title", "owner", "level", "row")}
    return plain | {
        "facts": dict(said.facts),
        "printed": dict(said.printed),
        "retrieval": retrieval,
        "retired": False,
    }


def _same(old: OfficialRow, said: PrintedRow) -> bool:
    return all(getattr(old, name) == getattr(said, name) for name in COMPARED)


def _past(register: str) -> dict[int, list[RowVersion]]:
    past: dict[int, list[RowVersion]] = {}
    for version in RowVersion.objects.filter(official_row__register=register):
        past.setdefault(version.official_row_id, []).append(version)
    return past


def _overtaken(old: OfficialRow, said: PrintedRow, past: Iterable[RowVersion]) -> bool:
    """True where the row says what an earlier version said, to the letter or in its facts."""
    news = said.facts != old.facts
    return any(v.printed == said.printed or (news and v.facts == said.facts) for v in past)
