"""Addresses of the public pages. A thing is found under its permanent code or any other name it has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path

from iqf.web.public.links import PLACES
from iqf.web.public.serving import View, public
from iqf.web.public.views import (
    advice,
    agreement,
    check,
    clusters,
    compare,
    compose,
    consultations,
    coverage,
    decisions,
    figures,
    frameworks,
    functions,
    history,
    home,
    leadership,
    levels,
    organisations,
    qualifications,
    register,
    roles,
    search,
    sources,
    supply,
    takeup,
    topup,
    transitions,
    units,
    ways,
    workforce,
)

app_name = "public"


def page(route: str, view: View) -> URLPattern:
    """A public page."""
    return path(route, public(view))


def search_of_ways(route: str, view: View) -> URLPattern:
    """A public page that rests on a search for the least, which stops when its time is up."""
    return path(route, public(view, may_stop=True))


def without_slash(request: HttpRequest, bare: str) -> HttpResponse:
    """Addresses here do not end in a slash."""
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"/{bare.strip('/')}{'?' + asked if asked else ''}")


urlpatterns = [
    *(page(f"{place}/<path:text>/history", history.history) for place in PLACES.values()),
    *(page(f"{place}/<path:text>/history/<int:number>", history.earlier) for place in PLACES.values()),
    page("", home.home),
    page("about", home.about),
    page("search", search.search),
    page("roles", roles.index),
    page("roles/entry", roles.entry),
    re_path(r"^(?P<bare>[^/].*?)/+$", without_slash),
    search_of_ways("roles/<path:text>/advice", advice.advice),
    page("roles/<path:text>/coverage", roles.coverage),
    page("roles/<path:text>", roles.role),
    page("functions", functions.functions),
    page("qualifications", qualifications.index),
    search_of_ways("qualifications/<path:text>/differ", qualifications.differ),
    page("qualifications/<path:text>", qualifications.qualification),
    page("units", units.index),
    page("units/<path:text>", units.unit),
    page("organisations", organisations.index),
    page("organisations/<path:text>", organisations.organisation),
    page("register/<str:register>/<path:reference>", register.row),
    page("frameworks", frameworks.index),
    page("frameworks/<str:text>/coverage", coverage.coverage),
    page("frameworks/<str:text>/coverage/units", coverage.units),
    page("frameworks/<str:text>/agreement", agreement.agreement),
    page("frameworks/<str:text>/evidence/<path:code>", frameworks.evidence),
    page("frameworks/<path:text>", frameworks.framework),
    page("compare", compare.compare),
    page("check", check.check),
    search_of_ways("topup", topup.topup),
    search_of_ways("compose", compose.compose),
    search_of_ways("transitions", transitions.transitions),
    search_of_ways("routes", ways.routes),
    page("deadends", ways.deadends),
    page("supply", supply.supply),
    page("workforce", workforce.sizes),
    page("workforce/pay", workforce.pay),
    page("workforce/area", workforce.area),
    page("takeup", takeup.nobody),
    page("takeup/<str:code>", supply.takeup),
    page("takeup/<str:code>/<str:version>", supply.takeup),
    page("leadership", leadership.leadership),
    page("clusters", clusters.clusters),
    page("clusters/<str:scheme>/<str:key>", clusters.cluster),
    page("clusters/<str:scheme>/<str:key>/crowding", clusters.crowding),
    page("levels", levels.levels),
    page("figures", figures.index),
    page("figures/<str:text>", figures.dataset),
    page("figures/<str:text>/<str:version>", figures.dataset),
    page("sources", sources.sources),
    page("sources/<path:text>", sources.source),
    page("consultations", consultations.index),
    page("consultations/<int:number>", consultations.consultation),
    page("decisions", decisions.decisions),
    page("decisions/disagreements", decisions.disagreements),
    page("decisions/<path:text>", decisions.decision),
]
