"""How many take this qualification, or train for this role or cluster? A number, *nobody*, or *no data*: no guess.

*Nobody* is said only where a table prints everything of its kind that anybody takes, and this is not in it. A symbol
that stands for a number is shown, and is neither.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from iqf.accounts.models import AuditEvent
from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.codes import parse_qan
from iqf.indicators.subjects import Kind, reference_of
from iqf.reports.aims_taken import Aim, aim_key, aims_of
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.standards_taken import Standard, key, standards_into
from iqf.reports.taken_tables import Table, tables_of
from iqf.reports.takeup import TakeUpRow
from iqf.reports.things import Ref, ref

Verdict = Literal["counted", "not published", "nobody", "no data"]
ORDER: Final[tuple[Verdict, ...]] = ("counted", "not published", "nobody", "no data")

NO_NUMBER: Final = "It has no official number under which a table could count it."
SETTLES: Final = {
    "numbered": "Learner records of a year, counted by aim, or a table of certificates by qualification number.",
    "higher-education award": "The providers' own student records, counted by course: published tables of higher "
    "education enrolment are coded by subject (HECoS), and no code of theirs names one award.",
    "": "A count of its holders or starters by the body that gives it.",
    "role": "A standard or qualification tied to the role that a table counts, or a count of people by occupation.",
}


@dataclass(frozen=True)
class Counted:
    """What one table says of one aim or standard. `subject`: as the table prints it, else as official lists do.

    `because`: how it is tied. `rows` are empty where the table prints nothing of it. `of`: an aim or a standard.
    `perhaps`: other names in the table that may mean it, where it prints nothing of that name and nobody has said
    that they do not.
    """

    table: Table
    of: Kind
    subject: str
    code: str
    because: str
    verdict: Verdict
    rows: tuple[TakeUpRow, ...]
    perhaps: tuple[str, ...] = ()

    @property
    def no_start(self) -> bool:
        """Whether starts are counted and there was none, whoever may still be learning."""
        starts = [row for row in self.rows if row.counting == "starts"]
        return self.verdict == "nobody" or (bool(starts) and all(row.value == 0 for row in starts))


@dataclass(frozen=True)
class Taken:
    """How many take something: the verdict, what each table says, and what would settle it where none does.

    `of` is the thing; for a cluster its key stands in `cluster`. `what` names what would have to be counted.
    `subject`: what tables count of the whole sector subject area of a qualification, which is not the qualification.
    """

    of: Ref | None
    cluster: str
    title: str
    what: str
    verdict: Verdict
    counted: tuple[Counted, ...]
    reason: str
    would_settle_it: str
    subject: tuple[Counted, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that say something of it, each once."""
        return tuple({one.table.dataset: one.table for one in self.counted}.values())


def taken(text: str) -> Taken:
    """How many take the qualification, role or cluster called `text`. Raises NotFoundError or AmbiguousError."""
    try:
        thing = find(text, ("qualification", "role"))
    except NotFoundError:
        if not m.Cluster.objects.filter(LIVE, scheme__key=DEFAULT_SCHEME, key=text).exists():
            raise
        return of_cluster(DEFAULT_SCHEME, text)
    if isinstance(thing, m.Role):
        return of_role(_role(thing.pk)[0])
    return of_qualification(_qualification(thing.pk)[0])


_role = Prepared(lambda pk: m.Role.objects.filter(pk=pk).prefetch_related("aliases"))
_qualification = Prepared(
    lambda pk: m.Qualification.objects.filter(pk=pk).select_related("owner").prefetch_related("aliases")
)


def of_qualification(thing: m.Qualification) -> Taken:
    """How many take a qualification, by the learning aims that it is."""
    aims = aims_of(thing)
    found = tuple(_of_aims(aims)) if aims else ()
    return Taken(
        of=ref(thing),
        cluster="",
        title=thing.title,
        what="learners by qualification number" if aims else f"this kind of qualification ({thing.kind})",
        verdict=_verdict(found),
        counted=found,
        reason=NO_NUMBER if not aims else "",
        would_settle_it=SETTLES["numbered"] if aims else SETTLES.get(thing.kind, SETTLES[""]),
        subject=tuple(_of_subject(thing)),
    )


_listed = Prepared(
    lambda qualification: m.OfficialLink.objects.filter(
        LIVE, qualification=qualification, official_row__retired=False
    ).select_related("official_row")
)


def _of_subject(thing: m.Qualification) -> Iterator[Counted]:
    """What tables of the whole country count of the subject area that official lists give a qualification."""
    areas = {
        key(link.official_row.facts["subject_area"]): (link.official_row.facts["subject_area"], link.because)
        for link in _listed(thing.pk)
        if link.official_row.facts.get("subject_area")
    }
    for table in tables_of("subject area") if areas else ():
        for name, (area, because) in areas.items():
            if table.whole_country and name in table.counts:
                why = f"The subject area of a row of it on an official list ({because})"
                yield counted_in(table, "subject area", area, "", why, {name})


def of_role(role: m.Role) -> Taken:
    """How many start on, or take, the apprenticeship standards that lead into a role."""
    return _into(standards_into([role.pk]).get(role.pk, ()), ref(role), "", role.title, [role.code])


def of_cluster(scheme: str, name: str) -> Taken:
    """How many take the standards that lead into the roles of a cluster, each standard once. Raises NotFoundError."""
    found = m.Cluster.objects.filter(LIVE, scheme__key=scheme, key=name).first()
    if found is None:
        raise NotFoundError(f'There is no cluster "{name}" in the scheme "{scheme}".')
    roles = dict(found.members.filter(LIVE, role__retired_on=None).values_list("role_id", "role__code"))
    standards = _each_once(standards_into(roles).values())
    return _into(standards, None, f"{scheme}/{name}", found.title, list(roles.values()))


def _into(standards: Collection[Standard], of: Ref | None, cluster: str, title: str, roles: Collection[str]) -> Taken:
    said = tuple(_of_standards(standards)) if standards else ()
    declined = names_declined((one, roles) for one in said)
    found = tuple(still_perhaps(one, declined, roles) for one in said)
    return Taken(
        of=of,
        cluster=cluster,
        title=title,
        what="learners by apprenticeship standard" if standards else "people who train for it",
        verdict=_verdict(found),
        counted=found,
        reason="" if standards else "No apprenticeship standard is tied to it by an official list.",
        would_settle_it=SETTLES["role"],
    )


def _each_once(lists: Iterable[Collection[Standard]]) -> tuple[Standard, ...]:
    """Standards that lead into several roles, once: those that share a key are one."""
    whole: list[Standard] = []
    for one in (standard for standards in lists for standard in standards):
        if not any(one.keys & other.keys for other in whole):
            whole.append(one)
    return tuple(sorted(whole, key=lambda s: s.title.casefold()))


def _of_aims(aims: Iterable[Aim]) -> Iterator[Counted]:
    """What each table says of the aims of one qualification; where it has none of them, once."""
    wanted = {aim_key(aim.reference): aim for aim in aims}
    for table in tables_of("aim"):
        there = [aim for name, aim in wanted.items() if name in table.counts] or list(wanted.values())[:1]
        for aim in there:
            number = parse_qan(aim.reference)
            shown = number.shown if number else aim.reference
            yield counted_in(table, "aim", shown, aim.reference, aim.because, {aim_key(aim.reference)})


def _of_standards(standards: Iterable[Standard]) -> Iterator[Counted]:
    """What each table says of each standard; not of one whose other name in it stands here too."""
    for table in tables_of("standard"):
        found = [counted_in(table, "standard", one.title, one.code, one.because, one.keys) for one in standards]
        there = {one.subject for one in found if one.rows}
        yield from (one for one in found if not there & set(one.perhaps))


def counted_in(table: Table, of: Kind, title: str, code: str, because: str, keys: Collection[str]) -> Counted:
    """What a table says of one aim or standard that goes by any of these keys."""
    printed, rows = table.of(keys)
    verdict = _of_rows(rows, table.has_nobody_on(keys))
    perhaps = table.perhaps(title) if verdict == "no data" and of == "standard" else ()
    return Counted(table, of, title if of == "aim" else printed or title, code, because, verdict, rows, perhaps)


def names_declined(found: Iterable[tuple[Counted, Collection[str]]]) -> frozenset[tuple[str, str]]:
    """The names in tables of which somebody has decided that they do not mean a role: each with the role's code.

    `found`: what tables say, with the codes of the roles that it is for. Decisions are read from the trail.
    """
    asked = {
        f"match:{reference_of(name)}>{role}": (name, role)
        for one, roles in found
        for name in one.perhaps
        for role in roles
    }
    events = (
        AuditEvent.objects.filter(subject__in=list(asked), action__endswith=" match").order_by("pk") if asked else ()
    )
    last = {event.subject: event.action for event in events}
    return frozenset(asked[subject] for subject, action in last.items() if action == "decline match")


def still_perhaps(one: Counted, declined: Collection[tuple[str, str]], roles: Collection[str]) -> Counted:
    """The same, without the names of which somebody has decided that they mean none of these roles."""
    kept = tuple(name for name in one.perhaps if not all((name, role) in declined for role in roles))
    return one if kept == one.perhaps else replace(one, perhaps=kept)


def _of_rows(rows: Collection[TakeUpRow], nobody: bool) -> Verdict:
    if any(row.value for row in rows):
        return "counted"
    if any(row.value is None for row in rows):
        return "not published"
    return "nobody" if rows or nobody else "no data"


def _verdict(found: Collection[Counted]) -> Verdict:
    """The most that any table says: a number before a symbol, a symbol before nobody, nobody before no data."""
    return min((one.verdict for one in found), key=ORDER.index, default="no data")
