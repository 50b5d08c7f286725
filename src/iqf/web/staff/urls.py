"""Addresses of the staff pages, below /staff."""

from django.urls import URLPattern, path

from iqf.web.staff.serving import View, staff
from iqf.web.staff.views import (
    deciding,
    duplicates,
    history,
    imports,
    inbox,
    including,
    inclusion,
    proposals,
    proposing,
    quality,
    sign_in,
    start,
    trail,
)

app_name = "staff"


def page(route: str, view: View) -> URLPattern:
    """A page for staff who have signed in."""
    return path(route, staff(view))


def form(route: str, view: View) -> URLPattern:
    """A page with a form, for staff who may decide."""
    return path(route, staff(view, decides=True))


urlpatterns = [
    path("/sign-in", sign_in.sign_in, name="sign-in"),
    path("/sign-out", sign_in.sign_out, name="sign-out"),
    page("", start.start),
    page("/imports", imports.index),
    page("/imports/<int:number>", imports.one),
    page("/trail", trail.trail),
    page("/history/<str:code>", history.history),
    form("/history/<str:code>/<int:number>", history.state),
    page("/duplicates", duplicates.duplicates),
    page("/quality", quality.quality),
    page("/inbox", inbox.index),
    form("/inbox/conflict/<str:key>", deciding.conflict),
    form("/inbox/match/<int:number>", deciding.match),
    page("/decided", inbox.decided),
    form("/decided/<int:number>/undo", deciding.undo),
    page("/proposals", proposals.index),
    form("/proposals/new", proposing.new),
    form("/proposals/rule/<str:code>", proposing.rule),
    form("/proposals/<int:number>", proposals.one),
    form("/proposals/<int:number>/add", proposing.add),
    form("/proposals/<int:number>/case", proposing.case),
    form("/proposals/<int:number>/change/<int:position>", proposing.edit),
    form("/inclusion", inclusion.rule),
    form("/inclusion/borderline", including.borderline),
]
