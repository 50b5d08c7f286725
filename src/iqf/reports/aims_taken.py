"""Which qualifications are the learning aims that tables count? By official number, or by what somebody decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan
from iqf.indicators.subjects import LISTS

COUNTED = LISTS["aim"]


@dataclass(frozen=True)
class Aim:
    """A learning aim of a qualification: as tables print it, and how we know."""

    reference: str
    because: str


@dataclass(frozen=True)
class Qualified:
    """A qualification that an aim is."""

    code: str
    title: str


_tied: Prepared[tuple[str, str]] = Prepared(
    lambda qualification: m.OfficialLink.objects.filter(
        LIVE, qualification=qualification, official_row__register=COUNTED
    ).values_list("official_row__reference", "because")
)


def aims_of(qualification: m.Qualification) -> tuple[Aim, ...]:
    """The aims under which tables may count a qualification: those tied to it, and its own number."""
    found = dict(_tied(qualification.pk))
    if qualification.number:
        found.setdefault(qualification.number, "Its own number")
    return tuple(Aim(reference, because) for reference, because in found.items())


def aim_keys() -> Mapping[str, frozenset[str]]:
    """The keys under which tables may count each standing qualification that has any, by its code."""
    numbered = m.Qualification.objects.filter(LIVE).exclude(number="").order_by("code")
    found = {code: {aim_key(number)} for code, number in numbered.values_list("code", "number")}
    links = m.OfficialLink.objects.filter(LIVE, qualification__retired_on=None, official_row__register=COUNTED)
    for code, reference in links.values_list("qualification__code", "official_row__reference"):
        found.setdefault(code, set()).add(aim_key(reference))
    return {code: frozenset(keys) for code, keys in found.items()}


def qualifications_of(aims: Collection[str]) -> Mapping[str, tuple[Qualified, ...]]:
    """The qualifications that each of these aims is, by the aim as a table prints it."""
    by_reference = {aim_key(aim): aim for aim in aims}
    links = m.OfficialLink.objects.filter(LIVE, qualification__retired_on=None, official_row__register=COUNTED)
    links = links.filter(official_row__retired=False).select_related("qualification", "official_row")
    found: dict[str, list[Qualified]] = {}
    for link in links.order_by("qualification__code"):
        aim = by_reference.get(aim_key(link.official_row.reference))
        if aim and link.qualification:
            found.setdefault(aim, []).append(Qualified(link.qualification.code, link.qualification.title))
    return {aim: tuple(things) for aim, things in found.items()}


def aim_key(aim: str) -> str:
    """An aim as it is compared: a qualification number in one notation, anything else in capitals."""
    number = parse_qan(aim)
    return number.stored if number else aim.strip().upper()
