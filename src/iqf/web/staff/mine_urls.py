"""Addresses of what belongs to a person, below /mine, each with the capability that it needs."""

from iqf.accounts import permissions as may
from iqf.web.staff.urls import form, page
from iqf.web.staff.views.mine import (
    assessing,
    evidence,
    items,
    portfolio,
    rating,
    roles,
    sharing,
    taking_away,
    teams,
    terms,
)

app_name = "mine"
urlpatterns = [
    page("", portfolio.index, needs=may.HOLD),
    form("/name", portfolio.name, needs=may.HOLD),
    form("/roles", roles.index, needs=may.HOLD),
    form("/items/new", items.new, needs=may.HOLD),
    form("/items/<int:number>", items.one, needs=may.HOLD),
    form("/evidence/new", evidence.new, needs=may.HOLD),
    form("/evidence/<int:number>", evidence.one, needs=may.HOLD),
    form("/evidence/<int:number>/edit", evidence.edit, needs=may.HOLD),
    form("/sharing", sharing.index, needs=may.HOLD),
    page("/print", taking_away.paper, needs=may.HOLD),
    page("/export", taking_away.index, needs=may.HOLD),
    page("/export/badge/<int:number>.jwt", taking_away.badge_token_file, needs=may.HOLD),
    page("/export/badge/<int:number>", taking_away.badge_file, needs=may.HOLD),
    page("/export/<str:kind>", taking_away.download, needs=may.HOLD),
    form("/erase", taking_away.erase_page, needs=may.HOLD),
    page("/terms/<str:key>", terms.terms, needs=may.HOLD),
    page("/ratings", rating.index, needs=may.HOLD),
    form("/ratings/new/<str:key>", rating.new, needs=may.HOLD),
    form("/ratings/<int:number>", rating.one, needs=may.HOLD),
    page("/ratings/<int:number>/checklist", rating.checklist, needs=may.HOLD),
    form("/teams", teams.index, needs=may.HOLD),
    form("/teams/<int:number>", teams.one, needs=may.HOLD),
    page("/assessing", assessing.index, needs=may.ASSESS),
    form("/assessing/<int:number>", assessing.one, needs=may.ASSESS),
]
