"""Clusters by level under a scheme, and one cluster."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from iqf.codes import NO_LEVEL
from iqf.reports.clusters import ClusterAnswer, ClusterCounts, ClustersAnswer
from iqf.reports.clusters import cluster as one
from iqf.reports.clusters import clusters as report
from iqf.reports.crowding import CrowdingAnswer
from iqf.reports.crowding import crowding as crowding_report
from iqf.reports.lists import DEFAULT_SCHEME
from iqf.reports.taken import of_cluster
from iqf.reports.things import Ref
from iqf.web.public.links import number
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.views.schemes import scheme_switch
from iqf.web.public.wording import crowding as wording
from iqf.web.public.wording.taken import taken as taken_words

SHOWN = 50
"""Of a level so many qualifications are shown; the download has all."""
SHORT = {"E": "Entry", NO_LEVEL: "None", "": "?"}


def clusters(request: HttpRequest) -> HttpResponse:
    """The overview: clusters by level; each number leads to what it counts."""
    answer = report(request.GET.get("scheme") or DEFAULT_SCHEME)
    shown = Shown("public/clusters/clusters.html", "clusters", answer, (_table(answer),))
    context = {
        "schemes": scheme_switch(answer.scheme.key, {}),
        "cols": [{"short": SHORT.get(level, level), "label": words} for level, words in answer.columns],
        "rows": [_row(answer.scheme.key, row, answer.columns) for row in answer.rows],
        "most": max((n for row in answer.rows for n in row.by_level.values()), default=1),
    }
    return show(request, shown, context)


def _row(scheme: str, row: ClusterCounts, columns: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    home = f"/clusters/{scheme}/{row.key}"
    cells = [{"n": row.by_level[level], "href": f"{home}#level-{level or 'not-known'}"} for level, _ in columns]
    return {"label": row.title, "href": home, "total": row.total, "cells": cells}


def _table(answer: ClustersAnswer) -> Table:
    rows = (
        (row.title, row.roles, row.total, *(row.by_level[level] for level, _ in answer.columns))
        for row in answer.rows
    )
    return Table("clusters", ("cluster", "roles", "qualifications", *(words for _, words in answer.columns)), rows)


def cluster(request: HttpRequest, scheme: str, key: str) -> HttpResponse:
    """One cluster: its roles, and its qualifications by level."""
    answer = one(scheme, key)
    levels = [
        {
            "id": level or "not-known",
            "words": words,
            "number": len(things),
            "things": [(q, answer.classes[q.code]) for q in things[:SHOWN]],
        }
        for level, words in answer.columns
        if (things := answer.cluster.by_level[level])
    ]
    shown = Shown("public/clusters/cluster.html", "cluster", answer, (_things(answer),))
    crowd = crowding_report(key, scheme, repeated=False)
    words = {"finding": wording.finding(crowd), "taken": taken_words(of_cluster(scheme, key))}
    return show(request, shown, {"levels": levels, "crowd": crowd, **words})


def crowding(request: HttpRequest, scheme: str, key: str) -> HttpResponse:
    """How crowded one cluster is: its awards, the units that they share, and the units that say the same."""
    answer = crowding_report(key, scheme)
    several = [award for at in answer.levels for award in at.awards if len(award.entries) > 1]
    shown = Shown("public/clusters/crowding.html", "crowding", answer, (_repeated(answer), _shared(answer)))
    return show(request, shown, {"several": several, "finding": wording.finding(answer)})


def _repeated(answer: CrowdingAnswer) -> Table:
    columns = ("unit", "title", "other unit", "title of it", "likeness", "why", "in", "other in")
    rows = (
        (r.a.code, r.a.title, r.b.code, r.b.title, round(r.score, 3), r.why, *map(_titles, (r.in_a, r.in_b)))
        for r in answer.repeated
    )
    return Table("repeated", columns, rows)


def _shared(answer: CrowdingAnswer) -> Table:
    rows = ((s.unit.code, s.unit.title, len(s.entries), s.awards, _titles(s.entries)) for s in answer.shared)
    return Table("shared", ("unit", "title", "entries", "awards", "in"), rows)


def _titles(things: tuple[Ref, ...]) -> str:
    return "; ".join(thing.title for thing in things)


def _things(answer: ClusterAnswer) -> Table:
    found = [*answer.cluster.roles, *(q for things in answer.cluster.by_level.values() for q in things)]
    rows = ((t.kind, t.code, number(t), t.title, t.level, t.owner, answer.classes.get(t.code, "")) for t in found)
    return Table("cluster", ("kind", "code", "number", "title", "level", "owner", "class"), rows)
