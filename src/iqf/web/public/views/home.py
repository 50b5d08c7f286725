"""The home page and the page about the site."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from iqf.reports.counts import counts as report
from iqf.web.public.showing import Shown, show

TASKS: Final = (
    {
        "title": "Find out what a job requires",
        "text": "Which qualifications, registration or training, who says so, and what people do next.",
        "href": "/roles",
    },
    {
        "title": "Look up a qualification",
        "text": "Whether it is open, whether it counted when you took it, and what it is made of.",
        "href": "/qualifications",
    },
    {
        "title": "Check what you hold",
        "text": "List your units and qualifications and see whether they meet a role or a qualification.",
        "href": "/check",
    },
    {
        "title": "See what it would take",
        "text": "The least that is still to be taken for a role or a qualification, and whether that is proven.",
        "href": "/topup",
    },
    {
        "title": "See where you can go from here",
        "text": "The best ways from one role to another, or every role that can be reached, by effort.",
        "href": "/routes",
    },
    {
        "title": "Put a qualification together",
        "text": "For a new role: the existing units that cover what it needs, and what is like it already.",
        "href": "/compose",
    },
    {
        "title": "Compare two side by side",
        "text": "Two qualifications or two roles: what differs comes first, then what they share.",
        "href": "/compare",
    },
    {
        "title": "See where the training is, and is not",
        "text": "Qualifications by sector and level, with the gaps left empty.",
        "href": "/clusters",
    },
    {
        "title": "See who does the same work",
        "text": "Jobs that overlap across professions, and work that no job has as its own.",
        "href": "/functions",
    },
    {
        "title": "See what is taught of the Common Core",
        "text": "Which units and qualifications teach it, what they leave out, and what nobody has judged yet.",
        "href": "/frameworks/common-core-2005",
    },
    {
        "title": "See how many there are",
        "text": "Learners, people in work, vacancies and pay: what each number counts, and how sure it is.",
        "href": "/workforce",
    },
    {
        "title": "Take the data",
        "text": "Every list as a spreadsheet or as data, with its sources.",
        "href": "/about#downloads",
    },
)

DOWNLOADS: Final = (
    ("roles", "Roles"),
    ("roles/entry", "What each role requires at entry"),
    ("qualifications", "Qualifications"),
    ("units", "Units"),
    ("organisations", "Organisations"),
    ("frameworks", "Frameworks"),
    ("frameworks/common-core-2005/coverage", "Coverage of the Common Core"),
    ("clusters", "Qualifications by cluster and level"),
    ("functions", "Job functions"),
    ("levels", "Levels"),
    ("sources", "Sources"),
    ("decisions", "Decisions"),
)


def home(request: HttpRequest) -> HttpResponse:
    """What do you want to do?"""
    return show(request, Shown("public/home.html", "home", report()), {"tasks": TASKS})


def about(request: HttpRequest) -> HttpResponse:
    """What the site is for, how facts are marked, licences, printing and downloads."""
    return show(request, Shown("public/about.html", "about", report()), {"downloads": DOWNLOADS})
