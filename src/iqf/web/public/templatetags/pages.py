"""What templates need to show answers: addresses, plain words, dates, marks and footnotes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from iqf.reports.official import Official
from iqf.reports.things import Fact, Ref, Said
from iqf.web.public import links
from iqf.web.public.notes import Footnotes, mark_of
from iqf.web.public.words import in_words, uk_date

register = template.Library()


@register.filter
def href(thing: Ref) -> str:
    """The address of a thing."""
    return links.href(thing)


@register.filter
def found_at(code: str, kind: str) -> str:
    """The address of a thing, a statement (`framework:code`) or a cluster (`scheme:key`); blank without a page."""
    return links.found_href(kind, code)


@register.filter
def row_href(row: Official) -> str:
    """The address of a row of an official list."""
    return links.row_href(row.register, row.reference)


@register.filter
def number(thing: Ref) -> str:
    """The official number of a thing, or blank."""
    return links.number(thing)


@register.filter
def title_in(code: str, titles: Mapping[str, str]) -> str:
    """The title of a thing among titles by code; the code where it has none."""
    return titles.get(code, code)


@register.filter
def thousands(count: int) -> str:
    """A whole number with its thousands marked."""
    return f"{count:,}"


@register.filter
def words(value: object, kind: str) -> str:
    """A value of a closed list in plain words."""
    return in_words(value, kind)


@register.filter
def uk(value: object) -> str:
    """A date in UK form, as much of it as is known."""
    return uk_date(value)


@register.filter
def mark(who: Said | Fact) -> str:
    """The mark that a citation or a fact calls for, or blank."""
    return who.mark if isinstance(who, Fact) else mark_of(who)


@register.simple_tag(takes_context=True)
def says(context: template.Context, who: Said | Fact, kind: str | None = None) -> SafeString:
    """The mark of a fact and the number of its source. `kind` is a mark of the fact's own, where it has one.

    The number points to parts/sources.html at the end of the page, which must come after every fact.
    """
    said = who.said if isinstance(who, Fact) else who
    notes: Footnotes | None = context.get("notes")
    kind = mark(who) if kind is None else kind
    place = f"{said.title}, {said.locator}" if said.locator else said.title
    source = format_html(SOURCE, notes.number(said), place) if notes is not None else SafeString()
    return format_html(' <span class="says">{}{}</span>', _mark(kind), source) if kind else source


SOURCE: Final = (
    '&#8288;<a class="ref" href="#source-{0}" title="{1}"><span class="visually-hidden">Source </span>{0}</a>'
)


@cache
def _mark(kind: str) -> SafeString:
    return render_to_string("public/parts/mark.html", {"kind": kind})


@register.simple_tag
def options(every: Iterable[Mapping[str, Any]]) -> SafeString:
    """What a drop-down offers: {value, text, selected} of each."""
    rows = ((o["value"], SELECTED if o["selected"] else "", o["text"]) for o in every)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def choices(name: str, every: Iterable[Mapping[str, Any]]) -> SafeString:
    """Boxes to tick under one name: {value, text, count, chosen} of each."""
    rows = (
        (name, n, o["value"], CHECKED if o["chosen"] else "", o["text"], _count(o["count"]))
        for n, o in enumerate(every, start=1)
    )
    return format_html_join("", CHOICE, rows)


SELECTED: Final = " selected"
CHECKED: Final = " checked"
CHOICE: Final = """
      <div class="choice"><input type="checkbox" id="facet-{0}-{1}" name="{0}" value="{2}"{3}>
      <label for="facet-{0}-{1}">{4}{5}</label></div>"""


def _count(n: int | None) -> SafeString:
    return SafeString() if n is None else format_html(' <span class="muted">({})</span>', n)


@register.inclusion_tag("public/parts/breadcrumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """Where this page is, from Home down: title and address of each step, then the title of this page."""
    above = [{"title": title, "href": address} for title, address in zip(steps[:-1:2], steps[1::2], strict=True)]
    return {"trail": [{"title": "Home", "href": "/"}, *above, {"title": steps[-1]}]}


@register.inclusion_tag("public/parts/few.html")
def few(things: Sequence[Ref], more: str = "", most: int = 6) -> dict[str, Any]:
    """The first of many things as links, and how many more there are; never "and 1 more"."""
    shown = things if len(things) <= most + 1 else things[:most]
    return {"shown": shown, "rest": len(things) - len(shown), "more": more}
