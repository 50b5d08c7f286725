"""What is this unit, what does it teach, and which qualifications share it?"""

from dataclasses import dataclass
from datetime import date

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, find
from iqf.reports.one_entry import JoinedHere, joined_here
from iqf.reports.opinions import NOBODY, Views, said_in, views_on
from iqf.reports.things import Disagreement, Fact, Facts, Ref, Said, facts_of, ref, said, shown_level, sources_of


@dataclass(frozen=True)
class Use:
    """A qualification that the unit stands in: where in its rule, and who says so."""

    qualification: Ref
    group: str
    mandatory: bool
    said: Said


@dataclass(frozen=True)
class Teaches:
    """A statement that the unit teaches or assesses, and who says so."""

    framework: str
    framework_title: str
    code: str
    title: str
    strength: str
    verb: str
    raters_agree: bool | None
    said: Said
    views: Views


@dataclass(frozen=True)
class Judged:
    """A framework for which the unit was put to raters: how many, of which kind, how many statements were found."""

    framework: str
    framework_title: str
    raters: int
    rater_kind: str
    found: int


@dataclass(frozen=True)
class UnitAnswer:
    """Everything the unit page says."""

    unit: Ref
    as_of: date
    retired: str
    owner: Ref | None
    facts: tuple[Fact, ...]
    level_views: Views
    outcomes: tuple[str, ...]
    uses: tuple[Use, ...]
    owners: tuple[str, ...]
    teaches: tuple[Teaches, ...]
    judged: tuple[Judged, ...]
    disagreements: tuple[Disagreement, ...]
    joined: tuple[JoinedHere, ...]
    sources: tuple[Said, ...]

    def fact(self, name: str) -> Fact:
        """One of the facts by its name."""
        return next(f for f in self.facts if f.name == name)


def credit_words(low: int | None, high: int | None) -> str | None:
    """A credit value as a person reads it: `3`, `12 to 15`, or None where it is not known."""
    if low is None:
        return None
    return str(low) if low == high else f"{low} to {high}"


def unit(text: str, as_of: date) -> UnitAnswer:
    """The unit called `text`. Raises NotFoundError or AmbiguousError."""
    thing = _whole(find(text, ("unit",)).pk)[0]
    facts = facts_of(thing)
    uses = _uses(thing)
    teaches = _teaches(thing)
    stated = _facts(thing, facts)
    level_views = views_on("unit", [thing.pk]).get(thing.pk, NOBODY)
    everything = [f.said for f in stated] + [u.said for u in uses] + [t.said for t in teaches]
    everything += said_in([level_views, *(t.views for t in teaches)])
    return UnitAnswer(
        unit=ref(thing),
        as_of=as_of,
        retired=thing.retired_because,
        owner=ref(thing.owner) if thing.owner else None,
        facts=stated,
        level_views=level_views,
        outcomes=tuple(_outcomes(thing.pk)),
        uses=uses,
        owners=tuple(sorted({u.qualification.owner for u in uses if u.qualification.owner})),
        teaches=teaches,
        judged=_judged(thing, teaches),
        disagreements=tuple(facts.disagreements.values()),
        joined=joined_here(thing),
        sources=sources_of(everything),
    )


_whole = Prepared(
    lambda unit: (
        m.Unit.objects.filter(pk=unit).select_related(*CITED, "owner").prefetch_related("aliases", "owner__aliases")
    )
)
_outcomes: Prepared[str] = Prepared(
    lambda unit: m.UnitOutcome.objects.filter(LIVE, unit=unit).values_list("text", flat=True)
)


def _facts(thing: m.Unit, facts: Facts) -> tuple[Fact, ...]:
    return (
        facts.fact("summary", "What it is about", thing.summary or None),
        facts.fact("reference", "Unit reference", _reference(thing)),
        facts.fact("code", "Code in the specification", _code(thing)),
        facts.fact("level", "Level", shown_level(thing.level)),
        facts.fact("credit", "Credit", credit_words(thing.credit_low, thing.credit_high)),
        facts.fact("glh", "Guided learning hours", thing.glh),
        facts.fact("owner", "Owner", thing.owner.title if thing.owner else None),
    )


def _reference(thing: m.Unit) -> str | None:
    return next((a.value for a in thing.aliases.all() if a.scheme == "unit-reference"), None)


def _code(thing: m.Unit) -> str | None:
    return next((a.value for a in thing.aliases.all() if a.scheme == "unit-code"), None)


_listing = Prepared(
    lambda unit: (
        m.GroupUnit.objects.filter(
            LIVE, unit=unit, group__retired_on__isnull=True, group__qualification__retired_on__isnull=True
        )
        .select_related(*CITED, "group__parent", "group__qualification__owner")
        .prefetch_related("group__qualification__aliases")
    )
)


def _uses(thing: m.Unit) -> tuple[Use, ...]:
    uses = [
        Use(
            ref(r.group.qualification),
            r.group.title,
            r.group.kind == "all" and (r.group.parent is None or r.group.parent.kind == "all"),
            said(r.citation),
        )
        for r in _listing(thing.pk)
    ]
    return tuple(sorted(uses, key=lambda u: (u.qualification.title, not u.mandatory)))


_taught = Prepared(
    lambda unit: (
        m.Alignment.objects.filter(LIVE, unit=unit)
        .select_related(*CITED, "statement__framework")
        .order_by("statement__position")
    )
)
_put_to_raters = Prepared(lambda unit: m.JudgedUnit.objects.filter(LIVE, unit=unit).select_related("framework"))


def _teaches(thing: m.Unit) -> tuple[Teaches, ...]:
    rows = _taught(thing.pk)
    views = views_on("alignment", [r.pk for r in rows])
    return tuple(
        Teaches(
            r.statement.framework.key,
            r.statement.framework.title,
            r.statement.code,
            r.statement.title,
            r.strength,
            r.verb,
            r.raters_agree,
            said(r.citation),
            views.get(r.pk, NOBODY),
        )
        for r in rows
    )


def _judged(thing: m.Unit, teaches: tuple[Teaches, ...]) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            r.framework.key,
            r.framework.title,
            r.raters,
            r.rater_kind,
            sum(t.framework == r.framework.key for t in teaches),
        )
        for r in _put_to_raters(thing.pk)
    )
