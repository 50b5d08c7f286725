"""Is anything required to do this job? And what do people do next?"""

from collections import defaultdict
from dataclasses import dataclass

from iqf.reports.asked import Asked
from iqf.reports.role import Allowed, Position, RoleAnswer, Step
from iqf.reports.things import Ref, Said
from iqf.web.public.words import in_words

REQUIRED = {
    "registration": "You must be on a professional register.",
    "mandatory qualification": "You must hold a qualification that is set for this job.",
    "mandatory training": "You must complete training that is set for this job.",
    "professional status": "You must hold a professional status.",
    "statutory standards": "You can start without a qualification, but must then meet set standards.",
}


@dataclass(frozen=True)
class Verdict:
    """A definite answer: yes, no or cannot say; the sentence, the reason, who decides, and the next step."""

    verdict: str
    answer: str
    reason: str = ""
    rule: str = ""
    next: str = ""
    next_href: str = ""
    tone: str = ""
    said: Said | None = None


def required(role: RoleAnswer) -> Verdict:
    """Whether anything is required to do this job. Nothing on record is never taken for nothing required."""
    setting = next((p for p in role.entry if p.entry in REQUIRED), None)
    if setting or role.choices:
        return _yes(role, setting)
    if role.entry:
        return _no(role, role.entry[0])
    answer = "What is required is not on record here. That does not mean that nothing is required."
    if role.asks:
        return Verdict(
            "cannot say", answer, next="See the qualifications it is known for", next_href="#qualifications"
        )
    return Verdict("cannot say", answer, next="See all roles of which this is not known", next_href="/roles/entry")


def _yes(role: RoleAnswer, setting: Position | None) -> Verdict:
    if setting is None:
        who = role.choices[0][1][0]
        return Verdict("yes", _held(role), rule=_decides(who.basis), tone="plain", said=who.said, **_to_list(role))
    answer = REQUIRED[setting.entry]
    return Verdict(
        "yes", answer, setting.note, _decides(setting.basis), tone="plain", said=setting.said, **_to_list(role)
    )


def _held(role: RoleAnswer) -> str:
    options = role.choices[0][1]
    if len(role.choices) > 1:
        return f"{len(role.choices)} things must be held."
    if len(options) > 1:
        return f"One of {len(options)} qualifications must be held."
    return f"This must be held: {options[0].qualification.title}."


def _to_list(role: RoleAnswer) -> dict[str, str]:
    if role.choices:
        return {"next": "See exactly what must be held", "next_href": "#required"}
    if role.asks:
        return {"next": "See the qualifications", "next_href": "#qualifications"}
    return {}


def _no(role: RoleAnswer, position: Position) -> Verdict:
    expects = position.entry == "employer expectation"
    answer = (
        "Nothing is set by law, but employers expect it." if expects else "Nothing is set for starting in this job."
    )
    step = {"next": "See the qualifications that count", "next_href": "#qualifications"} if role.asks else {}
    return Verdict("no", answer, position.note, _decides(position.basis), tone="plain", said=position.said, **step)


def _decides(basis: str) -> str:
    return f"{in_words(basis, 'basis')}" if basis else "the source does not say"


@dataclass(frozen=True)
class AtLevel:
    """The qualifications of a role at one level."""

    level: str | None
    asks: tuple[Asked, ...]


def by_level(asks: tuple[Asked, ...]) -> tuple[AtLevel, ...]:
    """The qualifications of a role by level, lowest first; those without a level, or with one not known, last."""
    levels: dict[tuple[int, str | None], list[Asked]] = defaultdict(list)
    for asked in asks:
        levels[asked.level_rank, asked.qualification.level].append(asked)
    ordered = sorted(levels.items(), key=lambda item: item[0][0])
    return tuple(AtLevel(level, tuple(rows)) for (_, level), rows in ordered)


@dataclass(frozen=True)
class Way:
    """How a next step is reached: from which qualifications, and what the source says of them all."""

    through: tuple[Ref, ...]
    note: str
    said: Said


@dataclass(frozen=True)
class Onward:
    """Somewhere to go next: the qualification, the ways to it, and which roles ask for it."""

    to: Ref
    ways: tuple[Way, ...]
    roles: tuple[Ref, ...]


def onward(steps: tuple[Step, ...]) -> tuple[Onward, ...]:
    """Next steps gathered by where they lead; those that open roles come first."""
    found: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        found[step.to.code].append(step)
    gathered = [Onward(rows[0].to, _ways(rows), rows[0].roles) for rows in found.values()]
    return tuple(sorted(gathered, key=lambda o: (not o.roles, o.to.title)))


def _ways(steps: list[Step]) -> tuple[Way, ...]:
    """The same said of several qualifications is said once."""
    found: dict[tuple[str, str, str], list[Step]] = defaultdict(list)
    for step in steps:
        found[step.note, step.said.source, step.said.certainty].append(step)
    return tuple(Way(tuple(s.through for s in rows), rows[0].note, rows[0].said) for rows in found.values())


@dataclass(frozen=True)
class Permission:
    """Something that holders may do, or where that stops, with the qualifications for which it holds."""

    text: str
    holders: tuple[Ref, ...]
    said: Said


def permissions(allowed: tuple[Allowed, ...], kind: str) -> tuple[Permission, ...]:
    """Permissions of one kind (`allows`, `stops`), each text once."""
    found: dict[str, list[Allowed]] = defaultdict(list)
    for row in allowed:
        if row.kind == kind:
            found[row.text].append(row)
    return tuple(Permission(text, tuple(r.qualification for r in rows), rows[0].said) for text, rows in found.items())
