"""Addresses that somebody without an account, or without a password, has been given a link to."""

from django.urls import path

from iqf.web.staff.views import answering, invited, reset
from iqf.web.staff.views.mine import sharing

app_name = "open"
urlpatterns = [
    path("shared/<str:token>", sharing.shared),
    path("consultation/<str:token>", answering.by_link),
    path("invitation/<str:secret>", invited.invitation),
    path("reset", reset.ask),
    path("reset/<str:secret>", reset.choose),
]
