"""What do roles pay, as official job profiles say: at the start, with experience, and beside each other?

A profile speaks of the whole country and of no year of its own; a role that no profile is tied to has no salary here,
and one whose profile says *variable* is told apart from that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

from django.utils.timezone import localdate

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Retrieval
from iqf.reports.as_cited import SIGNS, AsCited, mark_of
from iqf.reports.figures import asked_at
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.official import Official, as_shown
from iqf.reports.profile import PROFILES, profile_of
from iqf.reports.things import Ref, Said, ref


@dataclass(frozen=True)
class Pay:
    """Pounds a year of one role at the start and with experience; None where its profile does not say. `rise`: how
    much more experience brings, as a share. `above`: the start against the middle of all roles here, as a share.
    """

    role: Ref
    cluster: str
    starter: int | None
    experienced: int | None
    rise: float | None
    above: float | None
    profile: str
    url: str
    said: Said


@dataclass(frozen=True)
class SalariesAnswer:
    """Roles by what they pay at the start, most first; those not known last. `middle`: half of the roles start below.

    `without`: roles to which no job profile is tied.
    """

    rows: tuple[Pay, ...]
    middle: float | None
    middle_experienced: float | None
    without: int
    cited: AsCited


def salaries(scheme: str = DEFAULT_SCHEME, mark: str = "") -> SalariesAnswer:
    """Every role that has an official job profile, with its pay and its cluster under a scheme.

    `mark`: that of the rows that were cited.
    """
    links = m.OfficialLink.objects.filter(LIVE, role__retired_on=None, official_row__register=PROFILES)
    links = links.filter(official_row__retired=False).select_related("official_row").order_by("-id")
    tied = {link.role_id: link.official_row for link in links if link.role_id is not None}
    shown = {official.reference: official for official in as_shown(tied.values())}
    clusters = dict(
        m.RoleCluster.objects.filter(cluster__scheme__key=scheme, primary=True).values_list(
            "role_id", "cluster__title"
        )
    )
    roles = m.Role.objects.filter(pk__in=tied).prefetch_related("aliases")
    paid = [_pay(role, clusters.get(role.pk, ""), shown[tied[role.pk].reference]) for role in roles]
    middle = _middle([pay.starter for pay in paid])
    rows = sorted((_beside(pay, middle) for pay in paid), key=lambda p: (-(p.starter or 0), p.role.title))
    without = m.Role.objects.filter(LIVE).count() - len(rows)
    cited = _cited(rows, {row.retrieval for row in tied.values()}, mark)
    return SalariesAnswer(tuple(rows), middle, _middle([pay.experienced for pay in paid]), without, cited)


def _cited(rows: Sequence[Pay], files: Collection[str], mark: str) -> AsCited:
    """How the table is cited: by the files in which its profiles were last otherwise, and the mark of its rows."""
    now = mark_of((p.role.code, p.cluster, p.starter, p.experienced, p.profile, p.url) for p in rows)
    read = Retrieval.objects.filter(sha256__in=list(files)).select_related("source").order_by("-id")
    first = {each.sha256: each for each in read}
    asked = [("read", sha256[:SIGNS]) for sha256 in first]
    return AsCited(
        address=asked_at("/workforce/pay", [*asked, ("listed", now)]) if rows else "",
        citations=tuple(
            f"{each.source.publisher}. {each.source.title}, {each.file_name}, read in on "
            f"{localdate(each.retrieved_at).isoformat()}; SHA-256 {sha256[:SIGNS]}."
            for sha256, each in first.items()
        ),
        mark=now,
        changed=mark not in ("", now),
    )


def _pay(role: m.Role, cluster: str, official: Official) -> Pay:
    profile = profile_of([official])
    if profile is None:
        raise ValueError(f"{official.reference} is no job profile that stands.")
    starter, experienced = profile.salary_starter, profile.salary_experienced
    return Pay(
        role=ref(role),
        cluster=cluster,
        starter=starter,
        experienced=experienced,
        rise=experienced / starter - 1 if starter and experienced else None,
        above=None,
        profile=profile.title,
        url=profile.url,
        said=profile.said,
    )


def _beside(pay: Pay, middle: float | None) -> Pay:
    return replace(pay, above=pay.starter / middle - 1 if pay.starter and middle else None)


def _middle(pounds: Sequence[int | None]) -> float | None:
    known = [each for each in pounds if each is not None]
    return float(median(known)) if known else None
