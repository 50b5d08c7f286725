"""Things on official lists, each once however many lists have it, and which of them the framework has already.

Rows are one thing where they have one qualification number, one recognition number, or one reference of one kind. A
thing is the framework's where a row of it is tied to a thing of the framework, or has the number of a qualification,
or is an organisation held under the same number or name. Bare titles that any of these bears are the same again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any, Final

from iqf.analysis.partial_dates import partial
from iqf.analysis.size import size
from iqf.analysis.start_days import start_days
from iqf.analysis.status import Availability
from iqf.catalogue import models as m
from iqf.catalogue.joined import ids_now
from iqf.catalogue.models.official import TIED_KINDS
from iqf.catalogue.models.things import LIVE
from iqf.codes import alias_key
from iqf.register.models import OfficialRow
from iqf.snapshot.parts import Parts
from iqf.snapshot.wording import fold

CALLED: Final = {
    "qualification": "qualification",
    "organisation": "organisation",
    "role": "job profile",
    "standard": "standard",
    "framework": "apprenticeship framework",
    "title": "title only",
}
"""Kinds of rows that a person looks for, as search calls them; the others are reached through these."""
BEST_FIRST: Final = ("ofqual-register", "approved-qualifications", "early-years", "ofqual-organisations", "ncs-roles")
"""Whose title is shown where lists word it differently: the regulator's before a ministry's."""
STATED: Final = {
    "Available to learners": "available",
    "No longer available to new learners": "closed",
    "No longer awarded": "closed",
}
"""What the regulator's register says of a qualification, in our words."""
FIELDS: Final = ("id", "register", "reference", "kind", "number", "title", "owner", "level", "facts")
_SIGNS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class OfficialThing:
    """The rows of official lists that are one thing, best list first."""

    rows: tuple[Mapping[str, Any], ...]

    @property
    def kind(self) -> str:
        """What it is, as search calls it."""
        return CALLED[self.rows[0]["kind"]]

    @property
    def code(self) -> str:
        """`register:reference` of its best row."""
        return f"{self.rows[0]['register']}:{self.rows[0]['reference']}"

    @property
    def title(self) -> str:
        """As its best list has it."""
        return str(self.rows[0]["title"])

    @property
    def level(self) -> str:
        """As the first list that gives one has it."""
        return str(self._first("level"))

    @property
    def owner(self) -> str:
        """As the first list that names one has it."""
        return str(self._first("owner"))

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Its number as shown, and the reference that each list has for it; bare titles have none of their own."""
        number = self._first("number")
        shown = [("qan", f"{number[:3]}/{number[3:7]}/{number[7:]}")] if number else []
        own = [(r["register"], r["reference"]) for r in self.rows if r["reference"] != r["number"]]
        return (*shown, *(o for o in own if self.kind != "title only"))

    def other_names(self, title: str) -> tuple[str, ...]:
        """Its titles and names on every list but the one it goes by."""
        listed = [str(row["title"]) for row in self.rows]
        listed += [str(self._fact(name)) for name in ("legal_name", "acronym") if self._fact(name)]
        return tuple(dict.fromkeys(name for name in listed if _squeezed(name) != _squeezed(title)))

    @property
    def subject(self) -> str:
        """Sector subject area as the regulator classes it; blank where no list says."""
        return str(self._fact("subject_area") or "")

    @property
    def size(self) -> str:
        """By the credit or the hours that a list prints."""
        return size(self._fact("credit"), self._fact("tqt"))

    @property
    def starts(self) -> tuple[int, ...]:
        """On which days it can be started, by the dates that its lists print."""
        known = Availability(
            operational_start=partial(self._fact("operational_start") or ""),
            operational_end=partial(self._fact("operational_end") or ""),
            last_new_start=partial(self._fact("last_new_start") or ""),
            stated_status=STATED.get(self._fact("status"), ""),
        )
        return astuple(start_days(known))

    @property
    def context(self) -> tuple[tuple[str, str], ...]:
        """What it belongs to."""
        if self.kind == "title only":
            return ()
        named = (("subject area", self.subject), ("route", self._fact("route") or ""))
        return (("kind", self.kind), *((what, text) for what, text in named if text))

    @property
    def body(self) -> str:
        """What it says of itself: of a job profile, what it is and what is done all day."""
        texts = [self._fact("description") or "", *(self._fact("tasks") or ())]
        return "\n".join(text for text in texts if text)

    def _first(self, field: str) -> Any:
        return next((row[field] for row in self.rows if row[field]), "")

    def _fact(self, name: str) -> Any:
        return next((row["facts"][name] for row in self.rows if row["facts"].get(name)), None)


@dataclass(frozen=True)
class Register:
    """What stands on official lists: by the framework's own thing where it has it, and all the rest."""

    tied: Mapping[tuple[str, int], OfficialThing]
    others: tuple[OfficialThing, ...]
    own_titles: frozenset[str]

    @classmethod
    def read(cls, parts: Parts) -> "Register":
        """Read every row that a person looks for but bare titles, which `unclaimed` reads as it goes."""
        tied: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
        others = []
        held = _Held.read(parts)
        for rows in _things():
            if thing := next(filter(None, map(held.thing, rows)), None):
                tied[thing].extend(rows)
            else:
                others.append(OfficialThing(tuple(rows)))
        titles = m.Qualification.objects.filter(LIVE).values_list("title", flat=True)
        merged = {thing: OfficialThing(tuple(sorted(rows, key=_rank))) for thing, rows in tied.items()}
        return cls(merged, tuple(others), frozenset(map(_squeezed, titles)))

    def of(self, kind: str, thing: int) -> OfficialThing | None:
        """What official lists have of a thing of the framework: a qualification, an organisation or a role."""
        return self.tied.get((kind, thing))

    def unclaimed(self) -> Iterator[OfficialThing]:
        """Everything that the framework does not have, bare titles last."""
        yield from self.others
        seen = set(self._titles)
        bare = OfficialRow.objects.filter(retired=False, kind="title").order_by("id")
        for row in bare.values(*(f for f in FIELDS if f != "facts")).iterator(chunk_size=5000):
            title = _squeezed(row["title"])
            if title not in seen:
                seen.add(title)
                yield OfficialThing(({**row, "facts": {}},))

    @cached_property
    def _titles(self) -> frozenset[str]:
        held = (*self.tied.values(), *self.others)
        listed = (_squeezed(row["title"]) for thing in held for row in thing.rows if row["kind"] == "qualification")
        return self.own_titles | frozenset(listed)


def _things() -> Iterator[list[Mapping[str, Any]]]:
    """The rows of every list, those of one thing together, the best list's first."""
    things: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    wanted = [kind for kind in CALLED if kind != "title"]
    standing = OfficialRow.objects.filter(retired=False, kind__in=wanted).order_by("id")
    for row in standing.values(*FIELDS).iterator(chunk_size=2000):
        things.setdefault((row["kind"], row["number"] or row["reference"]), []).append(row)
    yield from (sorted(rows, key=_rank) for rows in things.values())


def _rank(row: Mapping[str, Any]) -> int:
    register = row["register"]
    return BEST_FIRST.index(register) if register in BEST_FIRST else len(BEST_FIRST)


@dataclass(frozen=True)
class _Held:
    """From an official row to the framework's own thing that it describes."""

    ties: Mapping[int, tuple[str, int]]
    qualifications: Mapping[str, int]
    organisations: Mapping[str, int]
    names: Mapping[str, int]

    @classmethod
    def read(cls, parts: Parts) -> "_Held":
        """Read the ties, and the numbers and names that tie what nobody has tied yet."""
        numbered = dict(
            m.Qualification.objects.filter(LIVE).exclude(number="").order_by("-id").values_list("number", "id")
        )
        joined = (
            m.Qualification.objects.filter(joined_into__isnull=False).exclude(number="").values_list("number", "id")
        )
        now = ids_now("qualification")
        numbered = {number: now[pk] for number, pk in joined} | numbered
        recognised = {
            alias_key(value): pk
            for pk, aliases in parts.organisation_aliases.items()
            for scheme, value in aliases
            if scheme == "recognition-number"
        }
        names = {_squeezed(owner.title): pk for pk, owner in parts.owners.items()}
        names |= {_squeezed(t): pk for pk, titles in parts.other_titles["organisation"].items() for t in titles}
        return cls(_ties(), numbered, recognised, names)

    def thing(self, row: Mapping[str, Any]) -> tuple[str, int] | None:
        """The kind and id of the thing, or None where the framework does not have it."""
        if tie := self.ties.get(row["id"]):
            return tie
        found = None
        if row["kind"] == "qualification":
            found = self.qualifications.get(row["number"])
        elif row["kind"] == "organisation":
            found = self.organisations.get(alias_key(row["reference"])) or self.names.get(_squeezed(row["title"]))
        return (str(row["kind"]), found) if found else None


def _ties() -> dict[int, tuple[str, int]]:
    """Standing links: official row to the kind and id of the thing that it describes."""
    ties = {}
    for kind in TIED_KINDS:
        links = m.OfficialLink.objects.filter(LIVE, **{f"{kind}__retired_on__isnull": True, f"{kind}__isnull": False})
        ties.update({row: (kind, thing) for row, thing in links.values_list("official_row_id", f"{kind}_id")})
    return ties


def _squeezed(title: str) -> str:
    """A title without case, spaces and signs: how one list words it like another."""
    return _SIGNS.sub("", fold(title))
