"""The owners of admitted qualifications: found by recognition number or name, else made from their official row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from iqf.analysis.names import plain_name
from iqf.catalogue import models as m
from iqf.catalogue.actions.citing import cite_under
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, upsert
from iqf.catalogue.models.organisations import OTHERS_NAMES
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.codes import parse_recognition_number
from iqf.register.models import OfficialRow

MISSPELT = 96
NOT_ONE = ("various awarding", "various organisations")


def owners_of(batch: Batch, rows: Iterable[OfficialRow]) -> Mapping[int, m.Organisation | None]:
    """The owner of each official row by the row's id; None where it names none, or "Various awarding organisations".

    Found in the catalogue by recognition number (where the list of awarding organisations tells one), by title, by
    another name of its own. One that the catalogue has not is made, with its number where that is known.
    """
    known = _Known()
    found: dict[int, m.Organisation | None] = {}
    unknown: dict[str, list[OfficialRow]] = defaultdict(list)
    for row in rows:
        found[row.pk] = known.organisation(row.owner)
        if found[row.pk] is None and _is_one(row.owner):
            unknown[known.key(row.owner)].append(row)
    made = _made(batch, {key: (rows[0], known.official(rows[0].owner)) for key, rows in unknown.items()})
    return found | {row.pk: made[key] for key, rows in unknown.items() for row in rows}


def _is_one(name: str) -> bool:
    return bool(plain_name(name)) and not name.casefold().startswith(NOT_ONE)


@dataclass(frozen=True)
class _Official:
    """An awarding organisation as the official list of them has it."""

    number: str
    row: OfficialRow


class _Known:
    """The organisations of the catalogue, and the official ones, by their names."""

    def __init__(self) -> None:
        standing = {o.pk: o for o in m.Organisation.objects.filter(LIVE)}
        self._owners = Owners()
        self._by_number = {
            a.key: standing[a.thing_id]
            for a in m.OrganisationAlias.objects.filter(scheme="recognition-number")
            if a.thing_id in standing
        }
        others = m.OrganisationName.objects.filter(LIVE).exclude(kind__in=OTHERS_NAMES)
        self._by_name = {
            plain_name(n.other_name): standing[n.organisation_id] for n in others if n.organisation_id in standing
        }
        self._by_name |= {plain_name(o.title): o for o in standing.values()}
        self._official = _official_by_name()

    def official(self, name: str) -> _Official | None:
        """The official organisation of that name, where the list has exactly one."""
        return self._official.get(plain_name(name)) if name else None

    def key(self, name: str) -> str:
        """One key for all names of an organisation that the catalogue has not."""
        official = self.official(name)
        return official.number if official else plain_name(name)

    def organisation(self, name: str) -> m.Organisation | None:
        """The organisation of the catalogue that a list means by a name."""
        if not _is_one(name):
            return None
        official = self.official(name)
        by_number = self._by_number.get(official.number.casefold()) if official else None
        return by_number or self._owners.named(name) or self._misspelt(plain_name(name))

    def _misspelt(self, plain: str) -> m.Organisation | None:
        """One whose name differs by a letter or two in a long name."""
        nearest = process.extractOne(plain, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=MISSPELT)
        return self._by_name[nearest[0]] if nearest and len(plain) > 12 else None


def _official_by_name() -> dict[str, _Official]:
    """Awarding organisations by name, legal name and acronym; only those still recognised, no name that two share."""
    named: dict[str, dict[str, _Official]] = defaultdict(dict)
    for row in OfficialRow.objects.filter(kind="organisation", retired=False).order_by("register", "reference"):
        number = parse_recognition_number(row.reference)
        if number and not row.facts.get("recognised_to"):
            for name in (row.title, row.facts.get("legal_name", ""), row.facts.get("acronym", "")):
                if plain_name(name):
                    named[plain_name(name)].setdefault(number, _Official(number, row))
    return {name: next(iter(several.values())) for name, several in named.items() if len(several) == 1}


def _made(batch: Batch, wanted: Mapping[str, tuple[OfficialRow, _Official | None]]) -> dict[str, m.Organisation]:
    """Organisations that the catalogue has not, each cited to its own official row, else to the row that names it."""
    if not wanted:
        return {}
    rows = {f"organisation:{key}": official.row if official else row for key, (row, official) in wanted.items()}
    cited, writes = cite_under(batch.collection, rows)
    batch.citations = {**batch.citations, **cited}
    batch.writes += writes
    drafts = [
        Draft(
            f"organisation:{key}",
            {"id": None},
            {"title": official.row.title if official else row.owner, "kind": "awarding organisation"},
            (f"organisation:{key}", row.row),
        )
        for key, (row, official) in wanted.items()
    ]
    made = upsert(batch, m.Organisation, drafts, kind="organisation", held={})
    numbers = [
        (made[f"organisation:{key}"], "recognition-number", official.number)
        for key, (_, official) in wanted.items()
        if official
    ]
    name_things(batch, m.OrganisationAlias, numbers)
    return {key: made[f"organisation:{key}"] for key in wanted}
