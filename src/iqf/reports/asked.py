"""What do roles ask for: which qualifications, how strongly, on whose authority, and who disputes it?"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from iqf.accounts.prepared import Prepared
from iqf.analysis.entry_criteria import National
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.codes import level_rank, parse_level
from iqf.reports.opinions import NOBODY, Views, views_on
from iqf.reports.things import Ref, Said, ref, said

STRENGTH_ORDER = {"mandatory": 0, "significant": 1, "relevant": 2}


def listed_strength(strength: str, views: Views) -> str:
    """How strongly a role asks for something, as lists say it; `contested` where an organisation disputes it."""
    return f"{strength}, contested" if views.contested else strength


@dataclass(frozen=True)
class Asked:
    """A qualification that a role asks for: how strongly, on whose authority, where, and who disagrees."""

    qualification: Ref
    level_rank: int
    strength: str
    basis: str
    choice_group: str
    area: str
    note: str
    stated_status: str
    said: Said
    views: Views

    @property
    def strength_words(self) -> str:
        """How strongly, and whether anybody disputes it: `significant, contested`."""
        return listed_strength(self.strength, self.views)


_asked = Prepared(
    lambda roles: (
        m.Requirement.objects.filter(LIVE, role__in=roles, qualification__retired_on__isnull=True)
        .select_related(*CITED, "qualification__owner", "area")
        .prefetch_related("qualification__aliases")
    )
)


def asked_by(role_ids: list[int]) -> dict[int, tuple[Asked, ...]]:
    """What each of these roles asks for: strongest first, then by level."""
    rows = _asked(role_ids)
    views = views_on("requirement", [row.pk for row in rows])
    found: dict[int, list[Asked]] = {pk: [] for pk in role_ids}
    for row in rows:
        q = row.qualification
        found[row.role_id].append(
            Asked(
                qualification=ref(q),
                level_rank=level_rank(q.level),
                strength=row.strength,
                basis=row.basis,
                choice_group=row.choice_group,
                area=row.area.name if row.area else "",
                note=row.note,
                stated_status=q.stated_status,
                said=said(row.citation),
                views=views.get(row.pk, NOBODY),
            )
        )
    return {
        pk: tuple(
            sorted(a, key=lambda x: (STRENGTH_ORDER[x.strength], x.choice_group, x.level_rank, x.qualification.title))
        )
        for pk, a in found.items()
    }


@dataclass(frozen=True)
class Bound:
    """A qualification that a role must have, by its code: alone, or one of a group of which one is enough."""

    qualification: str
    choice_group: str


def bound_by(role_ids: Collection[int]) -> dict[int, tuple[Bound, ...]]:
    """What each of these roles must have, in the order of `asked_by`: all that reckoning needs, in one question."""
    rows = m.Requirement.objects.filter(
        LIVE, role__in=role_ids, strength="mandatory", qualification__retired_on__isnull=True
    ).values_list("role_id", "choice_group", "qualification__level", "qualification__title", "qualification__code")
    found: dict[int, tuple[Bound, ...]] = dict.fromkeys(role_ids, ())
    for role, group, _, _, code in sorted(rows, key=lambda row: (row[1], level_rank(row[2]), row[3])):
        found[role] += (Bound(code, group),)
    return found


def binding(asks: Iterable[Asked], entry: Iterable[str]) -> National:
    """What holds for every employer: what must be held, each as the choices there are, and what stands at the entry.

    A requirement of one area binds the employers of that area only, so it is none of these.
    """
    rows = [a for a in asks if not a.area]
    choices: dict[str, set[str]] = defaultdict(set)
    for n, asked in enumerate(a for a in rows if a.strength == "mandatory"):
        choices[asked.choice_group or f"#{n}"].add(asked.qualification.code)
    return National(
        choices=tuple(frozenset(codes) for codes in choices.values()),
        positions=frozenset(entry),
        listed={a.qualification.code: a.strength for a in rows},
        levels={a.qualification.code: parse_level(a.qualification.level or "") or "" for a in rows},
    )
