"""Official lists of organisations tied to the catalogue: by identifier, else by name; doubtful ones proposed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from iqf.analysis.names import OtherName, plain_name, read_name, telling_words
from iqf.analysis.same_body import Bodies, Body
from iqf.catalogue import models as m
from iqf.catalogue.actions.official import OfficialTie, OtherOfficialName
from iqf.catalogue.joined import other_titles
from iqf.catalogue.models.organisations import OTHERS_NAMES
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import SEVERAL
from iqf.exchange.sources.tying import Found, tied_by
from iqf.register.models import OfficialRow, RowVersion

RECOGNISED = "ofqual-organisations"
AIMS = "lars-organisations"
RECOGNITION_NUMBER = "recognition-number"
UKPRN = "ukprn"
RESTS_ON_IT = {RECOGNISED: (RECOGNISED, AIMS), AIMS: (AIMS,)}
"""A list is tied apart from the names that it brought itself, and from those of a list that rests on it."""
NAME_FACTS = {"name": "name", "title": "name", "legal_name": "legal", "acronym": "acronym"}
"""Which facts of a row are names, and of which kind."""


def recognised() -> Found:
    """The regulator's list beside the catalogue: links, recognition numbers, names, and what is only perhaps."""
    return _Finding(RECOGNISED, RECOGNITION_NUMBER).found()


def aims() -> Found:
    """The list of the aim register beside the catalogue."""
    return _Finding(AIMS, UKPRN).found()


class _Finding:
    """One list beside the organisations of the catalogue, each read once."""

    def __init__(self, register: str, scheme: str) -> None:
        self.register, self.scheme = register, scheme
        self.rows = list(OfficialRow.objects.filter(register=register).order_by("reference"))
        self.former = _former(register)
        things = m.Organisation.objects.filter(LIVE).exclude(title__contains=SEVERAL).order_by("code")
        self.things = {thing.code: thing for thing in things}
        self.own_code: dict[str, set[str]] = defaultdict(set)
        for alias in m.OrganisationAlias.objects.filter(scheme=scheme).select_related("thing"):
            self.own_code[alias.thing.code].add(alias.value)
        by_name = m.OfficialLink.objects.filter(LIVE, official_row__register=register, rule="name")
        self.tied_by_name = set(by_name.values_list("official_row", "organisation__code"))
        self.names = self._names()
        self.bodies = Bodies((Body(code, tuple(self.names[code])) for code in self.things), telling_words)

    def _names(self) -> dict[str, list[OtherName]]:
        """Every name by which an organisation is known apart from those that rest on this list."""
        before = other_titles("organisation")
        names = {
            code: [OtherName("name", title) for title in (thing.title, *before.get(thing.pk, ()))]
            for code, thing in self.things.items()
        }
        others = m.OrganisationName.objects.filter(LIVE).exclude(kind__in=OTHERS_NAMES)
        for other in others.exclude(citation__collection__in=RESTS_ON_IT[self.register]).select_related(
            "organisation"
        ):
            if other.organisation.code in names:
                names[other.organisation.code].append(OtherName(other.kind, other.other_name))
        return names

    def found(self) -> Found:
        """The ties that are sure, what they add, and the proposals for the rest."""
        ties: list[OfficialTie] = []
        matches: list[dict[str, Any]] = []
        names = {row.pk: tuple(names_of(row.facts, self.former[row.pk])) for row in self.rows}
        self._learn_codes(names)
        for row in self.rows:
            said = names[row.pk]
            if tie := self._tie(row, said):
                ties.append(tie)
            elif not row.retired:
                matches += self._matches(row, said)
        codes = [(t.thing, self.scheme, code) for t in ties if (code := self._code(t.row))]
        return Found(ties, codes=codes, names=list(self._other_names(ties)), matches=matches)

    def _learn_codes(self, names: Mapping[int, tuple[OtherName, ...]]) -> None:
        """The provider numbers that ties by name give: further rows under such a number are tied by it at once."""
        known = {code for codes in self.own_code.values() for code in codes}
        for row in self.rows if self.scheme == UKPRN else ():
            same, code = self.bodies.same(names[row.pk]), self._code(row)
            if same and code and code not in known:
                known.add(code)
                self.own_code[same.key].add(code)
                self.tied_by_name.add((row.pk, same.key))

    def _code(self, row: OfficialRow) -> str:
        """The official identifier that a row gives its organisation, blank where it gives none."""
        return row.reference if self.scheme == RECOGNITION_NUMBER else str(row.facts.get("ukprn", ""))

    def _tie(self, row: OfficialRow, said: tuple[OtherName, ...]) -> OfficialTie | None:
        """By identifier, else by name. A tie by name gives the organisation its identifier and stays by name."""
        code = self._code(row)
        bearers = [thing for key, thing in self.things.items() if code and code in self.own_code[key]]
        same = self.bodies.same(said)
        if len(bearers) == 1 and not (same and (row.pk, same.key) in self.tied_by_name):
            what = "recognition number" if self.scheme == RECOGNITION_NUMBER else "provider number"
            return OfficialTie(bearers[0], row, f"Same {what} ({code})", "identifier")
        if same is None or self._is_another(same.key, row):
            return None
        return OfficialTie(self.things[same.key], row, same.why[:400], "name")

    def _is_another(self, key: str, row: OfficialRow) -> bool:
        """True where the organisation is known under another recognition number: one name, two bodies."""
        return (
            self.scheme == RECOGNITION_NUMBER and bool(self.own_code[key]) and row.reference not in self.own_code[key]
        )

    def _matches(self, row: OfficialRow, said: tuple[OtherName, ...]) -> Iterator[dict[str, Any]]:
        same = self.bodies.same(said)
        if same:
            why = f"same name, other {self.scheme.replace('-', ' ')}"
            yield _match(row, self.things[same.key], 1.0, why)
        for perhaps in self.bodies.perhaps(said) if not same else ():
            yield _match(row, self.things[perhaps.key], perhaps.score, perhaps.why)

    def _other_names(self, ties: Iterable[OfficialTie]) -> Iterator[OtherOfficialName]:
        """The names that the list adds to those that an organisation has: each once, its best kind first."""
        had = {code: {plain_name(n.text) for n in names} for code, names in self.names.items()}
        for tie in ties:
            for name in names_of(tie.row.facts, self.former[tie.row.pk]):
                plain = plain_name(name.text)
                if plain and plain not in had[tie.thing.code] and name.kind != "now":
                    had[tie.thing.code].add(plain)
                    kind = "registered" if name.kind == "name" else name.kind
                    thing = self.things[tie.thing.code]
                    yield OtherOfficialName(thing, tie.row, name.text[:200], kind)


def names_of(said: Mapping[str, Any], former: Iterable[Mapping[str, Any]] = ()) -> Iterator[OtherName]:
    """Every name that a row prints, known notations read; and those that it printed before, as former names."""
    now: set[str] = set()
    for fact, kind in NAME_FACTS.items():
        for name in read_name(str(said.get(fact, ""))):
            now.add(plain_name(name.text))
            yield OtherName(kind if name.kind == "name" else name.kind, name.text)
    for facts in former:
        for fact in ("name", "title"):
            for name in read_name(str(facts.get(fact, ""))):
                if plain_name(name.text) not in now and name.kind == "name":
                    yield OtherName("former", name.text)


def _former(register: str) -> dict[int, list[Mapping[str, Any]]]:
    """What the rows of a list said before, by row."""
    former: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for version in RowVersion.objects.filter(official_row__register=register).order_by("id"):
        former[version.official_row_id].append(version.facts)
    return former


def _match(row: OfficialRow, thing: m.Organisation, score: float, why: str) -> dict[str, Any]:
    return {
        "register": row.register,
        "reference": row.reference,
        "title": row.title,
        "code": thing.code,
        "matched_title": thing.title,
        "score": score,
        "why": why,
    }


recognised_tie = tied_by({RECOGNISED: recognised, AIMS: aims}, of={AIMS: "lars"})
"""The aim register's list rests on the names that the regulator's list adds, so it is tied again after it."""
