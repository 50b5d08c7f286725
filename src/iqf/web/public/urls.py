"""Addresses of the public pages. A thing is found under its permanent code or any other name it has."""

from django.urls import URLPattern, path

from iqf.web.public.serving import View, public
from iqf.web.public.views import roles

app_name = "public"


def page(route: str, view: View) -> URLPattern:
    """A public page."""
    return path(route, public(view))


urlpatterns = [
    page("roles", roles.index),
    page("roles/entry", roles.entry),
    page("roles/<path:text>", roles.role),
]
