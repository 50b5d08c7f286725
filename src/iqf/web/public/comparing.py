"""Two things to compare, as they were typed: which they are, or what is wrong with each."""

from dataclasses import dataclass, field

from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.reports.overlap import OverlapAnswer, RolesCompared, compare_roles, overlap
from iqf.reports.things import Ref, ref
from iqf.web.public.suggesting import Near, near

KINDS = ("qualification", "role")


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one field, and what may have been meant."""

    field: str
    text: str
    meant: tuple[Near, ...] = ()


@dataclass(frozen=True)
class Typed:
    """What was typed in a field, and the thing it names, where it names one."""

    name: str
    text: str
    thing: Ref | None = None
    wrong: Wrong | None = field(default=None)


def read(name: str, text: str, kinds: tuple[str, ...] = KINDS) -> Typed:
    """Read one field."""
    if not text:
        return Typed(name, text, wrong=Wrong(name, "Give a title, a number or a code."))
    try:
        return Typed(name, text, ref(find(text, kinds)))
    except AmbiguousError as error:
        meant = tuple(Near(r.kind, r.code, r.title, r.level or "", "") for r in map(ref, error.found))
        return Typed(
            name, text, wrong=Wrong(name, f"“{text}” is the name of {len(meant)} things. Choose one.", meant)
        )
    except NotFoundError:
        what = " or ".join(kinds)
        return Typed(name, text, wrong=Wrong(name, f"There is no {what} called “{text}”.", near(text, kinds)))


def compared(a: Typed, b: Typed) -> OverlapAnswer | RolesCompared | Wrong:
    """The two compared, or why they cannot be."""
    if not a.thing or not b.thing:
        raise ValueError("both fields name a thing before they are compared")
    if a.thing.kind != b.thing.kind:
        return Wrong("b", "Compare two qualifications or two roles, not one of each.")
    if a.thing.kind == "role":
        return compare_roles(a.thing.code, b.thing.code)
    return overlap(a.thing.code, b.thing.code)
