"""What was read in: every import, and one of them with its data-quality report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.reports.imports import Imports, one_import
from iqf.web.staff.paging import kept, page_of

PER_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """Every import, latest first."""
    return render(request, "staff/imports.html", {"page": page_of(request, Imports(), PER_PAGE)})


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One import."""
    answer = one_import(number)
    context = {"answer": answer, "page": page_of(request, answer.proposals, PER_PAGE), "keep": kept(request)}
    return render(request, "staff/import.html", context)
