"""Shared reads of the catalogue: find a thing by anything it is called, and read it with what it rests on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, Model, Prefetch, Q, QuerySet

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.joined import standing
from iqf.catalogue.models.frameworks import COLUMNS
from iqf.catalogue.models.things import LIVE, Thing
from iqf.codes import alias_key, may_be_code

THINGS: dict[str, type[Thing]] = {
    "role": m.Role,
    "qualification": m.Qualification,
    "unit": m.Unit,
    "organisation": m.Organisation,
    "framework": m.Framework,
}
CITED = ("citation__source", "citation__retrieval")


class NotFoundError(LookupError):
    """Nothing is called that."""


class AmbiguousError(LookupError):
    """Several things are called that."""

    def __init__(self, text: str, found: list[Thing]) -> None:
        self.found = found
        listed = "; ".join(f"{t.code} {t.title}" for t in found[:6])
        super().__init__(f'"{text}" is the name of {len(found)} things; give one of these codes: {listed}.')


def kind_of(thing: Model) -> str:
    """What a thing is: role, qualification, unit, organisation or framework."""
    return str(thing._meta.model_name)


def find(text: str, kinds: Iterable[str] = tuple(THINGS)) -> Thing:
    """The thing called `text`: by our code, an official code in any notation, a layout's id, its exact title, or
    another name it has.

    A thing's own title comes before the other names of other things: an organisation that merged into NCFE goes by
    that name only where NCFE itself is not held. Standing things come before retired ones; a thing that was joined
    into another is that other. Raises NotFoundError or AmbiguousError, each with one plain sentence.
    """
    wanted = tuple(kinds)
    text = text.replace("\x00", "")
    key = alias_key(text)
    retired: list[Thing] = []
    for by in (_by_code, _by_alias, _by_title, _by_other_name):
        found = [thing for kind in wanted for thing in by(THINGS[kind], text.strip(), key)]
        if held := [t for t in found if not t.is_retired]:
            return _only(text, held)
        retired = retired or found
    if retired:
        return _only(text, retired)
    what = " or ".join(wanted) if len(wanted) < len(THINGS) else "thing"
    raise NotFoundError(f'There is no {what} called "{text}"; look for it with: iqf search "{text}".')


def _only(text: str, found: list[Thing]) -> Thing:
    if len(found) > 1:
        raise AmbiguousError(text, found)
    return found[0]


def find_each(texts: Iterable[str], kinds: Iterable[str]) -> dict[str, Thing]:
    """The things of these names, each as `find` finds it: for any number of them, in four questions for each kind.

    `kinds`: of things that go by official codes and ids (all but frameworks). Raises what `find` raises.
    """
    wanted, among = list(dict.fromkeys(texts)), tuple(kinds)
    found = _standing_by_code(wanted, among)
    found |= _standing_by_alias([text for text in wanted if text not in found], among)
    return {text: found.get(text) or find(text, among) for text in wanted}


def _standing_by_code(texts: Iterable[str], kinds: Iterable[str]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for kind in kinds:
        codes = {text: text.strip().upper() for text in texts if may_be_code(kind, text.strip())}
        rows = _as_told(kind).filter(code__in=set(codes.values())) if codes else ()
        by_code = {thing.code: thing for thing in rows}
        found |= {text: by_code[code] for text, code in codes.items() if code in by_code}
    return found


def _as_told(kind: str) -> QuerySet[Any]:
    """The standing things of a kind with all that answers tell of each: its owner and what else it is called."""
    model: Any = THINGS[kind]
    rows: QuerySet[Any] = model._default_manager.filter(LIVE).prefetch_related("aliases")
    return rows.select_related("owner") if "owner" in {f.name for f in model._meta.fields} else rows


def _standing_by_alias(texts: Iterable[str], kinds: Iterable[str]) -> dict[str, Thing]:
    """Those that just one thing is called by an official code or an id."""
    keys = {text: alias_key(text) for text in texts}
    called: dict[str, dict[str, Thing]] = {}
    for kind in kinds if keys else ():
        rows = _as_told(kind).filter(aliases__key__in=set(keys.values()))
        for thing in rows.annotate(called=F("aliases__key")):
            called.setdefault(thing.called, {})[thing.code] = thing
    return {text: next(iter(called[key].values())) for text, key in keys.items() if len(called.get(key, ())) == 1}


def _by_code(model: type[Thing], text: str, key: str) -> list[Thing]:
    if not may_be_code(str(model._meta.model_name), text):
        return []
    return _OF_CODE[str(model._meta.model_name)](text.upper())


_OF_CODE: dict[str, Prepared[Thing]] = {
    kind: Prepared(lambda code, model=model: model._default_manager.filter(code=code))
    for kind, model in THINGS.items()
}


def _by_alias(model: type[Thing], text: str, key: str) -> list[Thing]:
    if model is m.Framework:
        return list(m.Framework.objects.filter(key__iexact=text))
    named: Any = model._default_manager
    return list(named.filter(aliases__key=key).distinct())


def _by_title(model: type[Thing], text: str, key: str) -> list[Thing]:
    return list(model._default_manager.filter(title__iexact=text))


def _by_other_name(model: type[Thing], text: str, key: str) -> list[Thing]:
    """By another name; that of an entry that was joined into a thing is another name of the thing."""
    named: Any = model._default_manager
    found = [standing(thing) for thing in named.filter(title__iexact=text, joined_into__isnull=False)]
    if model is m.Role:
        found += named.filter(titles__title__iexact=text, titles__retired_on__isnull=True)
    if model is m.Organisation:
        found += named.filter(names__other_name__iexact=text, names__retired_on__isnull=True)
    return list({thing.pk: thing for thing in found}.values())


def statement(framework: m.Framework, code: str) -> m.Statement:
    """A statement by the framework's own code. Raises NotFoundError."""
    try:
        return m.Statement.objects.get(LIVE, framework=framework, code=code)
    except m.Statement.DoesNotExist:
        raise NotFoundError(f'{framework.title} has no statement "{code}".') from None


def areas(framework: m.Framework) -> QuerySet[m.Statement]:
    """The statements that a framework is judged and counted by: those at its top; of a matrix, its columns."""
    standing = m.Statement.objects.filter(LIVE, framework=framework)
    columns = Q(parent__axis=COLUMNS, parent__retired_on=None)
    return standing.filter(columns | (Q(parent=None) & ~Exists(standing.filter(columns))))


def live(model: type[Any]) -> QuerySet[Any]:
    """The standing rows of a model with their citations and, for things, their aliases."""
    rows: QuerySet[Any] = model._default_manager.filter(LIVE).select_related(*CITED)
    return rows.prefetch_related("aliases") if hasattr(model, "aliases") else rows


def rules(qualification_ids: Iterable[int] | None = None) -> QuerySet[m.RuleGroup]:
    """Rule groups, parents first, with their units and each unit's aliases: of these qualifications, or of all."""
    groups = live(m.RuleGroup).prefetch_related(
        Prefetch(
            "members",
            queryset=m.GroupUnit.objects.filter(LIVE, unit__retired_on__isnull=True)
            .select_related("unit", *CITED)
            .prefetch_related("unit__aliases"),
        )
    )
    return groups if qualification_ids is None else groups.filter(qualification__in=list(qualification_ids))


def units_called(texts: Iterable[str]) -> dict[str, int]:
    """The standing units of these names, by our code or an official or local one: primary keys by name as given.

    Two queries for any number of names. A name that several units have, or none, is left out.
    """
    wanted = {text: (text.strip().upper(), alias_key(text)) for text in texts}
    by_code = dict(m.Unit.objects.filter(retired_on=None).values_list("code", "pk"))
    by_alias: dict[str, set[int]] = {}
    rows = m.Unit.objects.filter(retired_on=None, aliases__isnull=False)
    for key, pk in rows.values_list("aliases__key", "pk"):
        by_alias.setdefault(key, set()).add(pk)
    found: dict[str, int] = {}
    for text, (code, key) in wanted.items():
        if code in by_code:
            found[text] = by_code[code]
        elif len(named := by_alias.get(key, set())) == 1:
            found[text] = next(iter(named))
    return found
