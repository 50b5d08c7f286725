"""Addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff", include("iqf.web.staff.urls")),
    path("mine", include("iqf.web.staff.mine_urls")),
    path("", include("iqf.web.staff.open_urls")),
    path("upload", include("iqf.web.staff.link_urls")),
    path("", include("iqf.web.public.urls")),
]
handler400 = "iqf.web.public.views.errors.bad_request"
handler403 = "iqf.web.public.views.errors.forbidden"
handler404 = "iqf.web.public.views.errors.not_found"
handler500 = "iqf.web.public.views.errors.failed"
