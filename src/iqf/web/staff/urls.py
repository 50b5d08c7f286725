"""Addresses of the staff pages, below /staff."""

from django.urls import URLPattern, path

from iqf.web.staff.serving import View, staff
from iqf.web.staff.views import (
    deciding,
    duplicates,
    imports,
    inbox,
    including,
    inclusion,
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
    page("/duplicates", duplicates.duplicates),
    form("/duplicates/pair", duplicates.pair),
    page("/quality", quality.quality),
    page("/inbox", inbox.index),
    form("/inbox/conflict/<str:key>", deciding.conflict),
    form("/inbox/match/<int:number>", deciding.match),
    page("/decided", inbox.decided),
    form("/decided/<int:number>/undo", deciding.undo),
    form("/inclusion", inclusion.rule),
    form("/inclusion/borderline", including.borderline),
]
