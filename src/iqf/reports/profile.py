"""What does the official job profile say of a role, and which apprenticeship standards lead into it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from iqf.register.models import OfficialRow
from iqf.reports.official import Official, as_shown
from iqf.reports.things import Said

PROFILES = "ncs-roles"
STANDARDS = "skills-england-standards"
VERSIONS = "skills-england-versions"
AIM_STANDARDS = "lars-standards"
ADDRESS = "https://nationalcareers.service.gov.uk/job-profiles/"


@dataclass(frozen=True)
class OfficialCode:
    """A code by which official systems know the role: of which system, and who says so."""

    scheme: str
    code: str
    url: str
    said: Said


@dataclass(frozen=True)
class Standard:
    """An apprenticeship standard: what ties it to the role, and what the list of standards says of it.

    `level`, `url` and `version` are blank where no list of standards here has it. `version`: the one of the day, with
    the days on which it can be started.
    """

    code: str
    title: str
    because: str
    level: str | None
    url: str
    version: str
    starts_from: str
    starts_to: str
    said: Said


@dataclass(frozen=True)
class Profile:
    """An official job profile: what is done, for what pay, under which conditions, and where it leads.

    Salaries are pounds a year; None where the profile does not say. `dated`: the year or day of the list as it dates
    itself, blank where it does not.
    """

    title: str
    reference: str
    url: str
    description: str
    tasks: tuple[str, ...]
    salary_starter: int | None
    salary_experienced: int | None
    dated: str
    restrictions: tuple[str, ...]
    registrations: tuple[str, ...]
    progression: str
    said: Said


def profile_of(rows: Iterable[Official]) -> Profile | None:
    """The job profile among the official rows of a role; None where none is tied to it."""
    row = next((r for r in rows if r.register == PROFILES and r.standing), None)
    if row is None:
        return None
    return Profile(
        title=row.title,
        reference=row.reference,
        url=ADDRESS + row.reference.lower(),
        description=row.fact("description") or "",
        tasks=tuple(row.fact("tasks") or ()),
        salary_starter=row.fact("salary_starter"),
        salary_experienced=row.fact("salary_experienced"),
        dated=row.said.date,
        restrictions=tuple(row.fact("restrictions") or ()),
        registrations=tuple(row.fact("registrations") or ()),
        progression=row.fact("progression") or "",
        said=row.said,
    )


def codes_of(rows: Iterable[Official]) -> tuple[OfficialCode, ...]:
    """The codes that official lists give a role."""
    found = []
    for row in rows:
        if row.register == PROFILES:
            found += [
                OfficialCode(scheme, row.fact(name), "", row.said)
                for name, scheme in (("soc", "SOC 2010"), ("onet_code", "O*NET"))
                if row.fact(name)
            ]
            slug = row.reference.lower()
            found.append(OfficialCode("National Careers Service", slug, ADDRESS + slug, row.said))
        elif row.register == STANDARDS and row.fact("standard"):
            found.append(
                OfficialCode("Apprenticeship standard", row.fact("standard"), row.fact("url") or "", row.said)
            )
        elif row.register == AIM_STANDARDS:
            found.append(OfficialCode("Aim register", row.reference, row.fact("url") or "", row.said))
    return tuple(found)


def standards_of(rows: Sequence[Official], as_of: date) -> tuple[Standard, ...]:
    """The standards that are about the role, and those that its profile names: each once, as of the day."""
    tied = {r.fact("standard"): r for r in rows if r.register == STANDARDS and r.fact("standard")}
    named = _named(rows)
    listed = _listed([*tied, *(code for code, _, _ in named if code)])
    versions = _current(listed, as_of)
    on_list = {r.fact("standard"): r for r in listed if r.register == STANDARDS and r.fact("standard") not in tied}
    on_list |= tied
    found = [_standard(code, r.title, r.because, r, versions.get(code), r.said) for code, r in tied.items()]
    for code, title, said in named:
        if not code or code not in tied:
            why = "Named by the job profile"
            found.append(_standard(code, title, why, on_list.get(code), versions.get(code), said))
    return tuple(found)


def _named(rows: Iterable[Official]) -> list[tuple[str, str, Said]]:
    """The standards that profiles name: code, where one is given, and title."""
    return [
        (standard["code"], standard["title"], row.said)
        for row in rows
        if row.register == PROFILES
        for standard in row.fact("standards") or ()
    ]


def _listed(codes: Iterable[str]) -> list[Official]:
    """Rows of the list of standards and of their versions under these references."""
    under = Q()
    for code in codes:
        under |= Q(reference=code) | Q(reference__startswith=f"{code}:")
    if not under:
        return []
    rows = OfficialRow.objects.filter(under, register__in=(STANDARDS, VERSIONS), retired=False).order_by("row")
    return as_shown(rows)


def _current(listed: Iterable[Official], as_of: date) -> dict[str, Official]:
    """The version of each standard that could be started last, on or before the day."""
    newest: dict[str, Official] = {}
    for row in listed:
        if row.register == VERSIONS:
            code = row.fact("standard")
            begins = row.fact("starts_from") or ""
            if begins <= as_of.isoformat() and begins >= (newest[code].fact("starts_from") if code in newest else ""):
                newest[code] = row
    return newest


def _standard(
    code: str, title: str, because: str, row: Official | None, version: Official | None, said: Said
) -> Standard:
    return Standard(
        code=code,
        title=title,
        because=because,
        level=row.level if row else None,
        url=(row.fact("url") if row else "") or "",
        version=(version.fact("version") or "") if version else "",
        starts_from=(version.fact("starts_from") or "") if version else "",
        starts_to=(version.fact("starts_to") or "") if version else "",
        said=said,
    )
