"""Addresses of the pages of a link, below /upload: for organisations without an account."""

from django.urls import path

from iqf.web.staff.views import by_link

app_name = "upload"

urlpatterns = [
    path("/<str:token>", by_link.by_link(by_link.start)),
    path("/<str:token>/sheet", by_link.by_link(by_link.download)),
    path("/<str:token>/marked", by_link.by_link(by_link.copy)),
]
