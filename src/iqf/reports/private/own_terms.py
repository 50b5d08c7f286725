"""What does a portfolio show in the terms of a framework: surely, perhaps, and what only evidence could show?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from iqf.analysis.coverage import Claim, Strength
from iqf.analysis.own_terms import Term, in_terms
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError, find
from iqf.mapping.claims import Area, above, claims_for, framework_statements, judged_units, top
from iqf.people import queries
from iqf.people.scope import Scope
from iqf.reports.coverage import raters_of_units
from iqf.reports.crosswalks import beside, brought
from iqf.reports.holdings import Holdings, holdings_of
from iqf.reports.private.portfolio import portfolio
from iqf.reports.things import Ref, ref, refs
from iqf.snapshot.coverage_filling import MOST_AREAS


@dataclass(frozen=True)
class TermLine:
    """One statement in the light of what is held. `surely` and `perhaps`: what shows it."""

    code: str
    title: str
    term: Term
    surely: tuple[Ref, ...]
    perhaps: tuple[Ref, ...]


@dataclass(frozen=True)
class OwnTerms:
    """A portfolio in the terms of a framework. `counted`: what was looked at; `passed_over`: what nobody can count.

    `through`: the framework that units were judged by, where it is another one, to which crosswalks lead.

    `without_units`: qualifications held of which no units are on record, so that what they show cannot be said.
    """

    framework: Ref
    key: str
    lines: tuple[TermLine, ...]
    counted: tuple[Ref, ...]
    without_units: tuple[Ref, ...]
    passed_over: tuple[str, ...]
    through: tuple[Ref, ...]
    raters: tuple[tuple[str, int], ...]

    def told(self, verdict: str) -> tuple[TermLine, ...]:
        """The statements of one verdict."""
        return tuple(line for line in self.lines if line.term.verdict == verdict)


def own_terms(scope: Scope, text: str) -> OwnTerms:
    """The portfolio in scope in the terms of the framework called `text`. Raises NotFoundError or AmbiguousError."""
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    statements = framework_statements(framework)
    through = () if judged_units(framework) else _judged_beside(framework)
    if not statements or len(statements) > MOST_AREAS or not (through or judged_units(framework)):
        raise NotFoundError(
            f"Nobody has judged yet what units show of {framework.title}, so nothing can be said of it."
        )
    held = portfolio(scope)
    holdings = holdings_of(held.holding)
    bare = _without_units(holdings)
    terms = _terms(scope, framework, statements, through, holdings, bare)
    named = refs({u for t in terms for u in (*t.surely, *t.perhaps)}, ("unit", "qualification"))
    lines = (
        TermLine(s.code, s.title, t, tuple(named[u] for u in t.surely), tuple(named[u] for u in t.perhaps))
        for s, t in zip(statements, terms, strict=True)
    )
    return OwnTerms(
        framework=ref(framework),
        key=framework.key,
        lines=tuple(lines),
        counted=tuple(ref(t) for t in holdings.things),
        without_units=bare,
        passed_over=tuple(item.title for item in held.items if item.thing is None),
        through=tuple(ref(f) for f in through),
        raters=raters_of_units(through[0] if through else framework),
    )


def _terms(
    scope: Scope,
    framework: m.Framework,
    statements: Sequence[Area],
    through: Sequence[m.Framework],
    holdings: Holdings,
    bare: Sequence[Ref],
) -> tuple[Term, ...]:
    """Every statement in the light of what is held: units, whole qualifications, and what was credited."""
    claims, judged, open_ = _known(framework, through)
    wholes = _of_wholes(holdings, framework)
    found = in_terms(
        [s.code for s in statements],
        holdings.holding.units | {claim.unit for claim in wholes},
        holdings.holding.possible_units,
        (*claims, *wholes),
        judged,
        _credited(scope, framework),
    )
    return _cannot_say(found, bool(bare), open_)


def _without_units(holdings: Holdings) -> tuple[Ref, ...]:
    """Qualifications held of which no units are on record."""
    things = [t for t in holdings.things if isinstance(t, m.Qualification)]
    listed = set(
        m.GroupUnit.objects.filter(LIVE, group__retired_on=None, group__qualification__in=things).values_list(
            "group__qualification", flat=True
        )
    )
    return tuple(ref(t) for t in things if t.pk not in listed)


def _cannot_say(terms: tuple[Term, ...], bare: bool, open_: Collection[str]) -> tuple[Term, ...]:
    """Where units of something held are not on record, or no crosswalk leads to a statement, nothing found does not
    mean nothing there.
    """
    return tuple(
        replace(t, verdict="cannot say") if t.verdict == "only evidence" and (bare or t.statement in open_) else t
        for t in terms
    )


def _known(
    framework: m.Framework, through: Sequence[m.Framework]
) -> tuple[tuple[Claim, ...], frozenset[str], frozenset[str]]:
    """The claims and judged units of a framework, its own or brought along crosswalks; and the statements of which
    nothing found does not mean nothing there.
    """
    if not through:
        return claims_for(framework), judged_units(framework), frozenset()
    found = brought(framework, through)
    return found.claims, found.judged, frozenset(a.code for a in (*found.path.without, *found.path.at_least))


def _judged_beside(framework: m.Framework) -> tuple[m.Framework, ...]:
    """A framework that units were judged by and to which crosswalks lead from this one, where there is one."""
    near = sorted((f for f in beside(framework) if judged_units(f)), key=lambda f: f.title)
    return tuple(near[:1])


def _credited(scope: Scope, framework: m.Framework) -> dict[str, Strength]:
    """The statements that assessors credited, carried up to those at the top: a part of one is a part of it."""
    parents = above(framework)
    found: dict[str, Strength] = {}
    for row in queries.credited(scope).filter(statement__framework=framework):
        if row.statement is not None:
            code = top(row.statement.code, parents)
            whole = code == row.statement.code or found.get(code) == "fully"
            found[code] = "fully" if whole else "partly"
    return found


def _of_wholes(holdings: Holdings, framework: m.Framework) -> tuple[Claim, ...]:
    """What is accepted of whole qualifications that are held: they stand for themselves, beside their units."""
    parents = above(framework)
    rows = m.Alignment.objects.filter(
        LIVE,
        statement__framework=framework,
        qualification__in=[t.pk for t in holdings.things if isinstance(t, m.Qualification)],
        verb__in=("teaches", "assesses"),
    ).values_list("qualification__code", "statement__code", "strength")
    return tuple(_raised(whole, code, top(code, parents), strength) for whole, code, strength in rows)


def _raised(whole: str, code: str, at: str, strength: str) -> Claim:
    """A claim about a part of a statement is one about the statement, partly."""
    return Claim(whole, at, "fully" if at == code and strength == "fully" else "partly")
