"""Consultations at the command line: those that run, those whose outcome is published, and one of these."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from iqf.cli.answering import as_of, ready
from iqf.cli.text import consulting as words
from iqf.exchange.formats.plain import dumps, envelope, plain
from iqf.reports import consultations as report
from iqf.review.round_queries import rounds
from iqf.review.round_states import PUBLISHED


def consultations(options: argparse.Namespace) -> int:
    """Every consultation, or one whose outcome is published."""
    ready()
    if options.number is not None:
        one = report.consultation(options.number)
        return _tell(options, "consultation", plain(one), words.one(one))
    now = timezone.now()
    running = [words.Running.of(held, now) for held in rounds().exclude(state=PUBLISHED)]
    published = report.consultations().rows
    payload = {"running": plain(running), "published": plain(published)}
    return _tell(options, "consultations", payload, words.listed(running, published))


def _tell(options: argparse.Namespace, shape: str, payload: Any, text: str) -> int:
    on = as_of(options)
    sys.stdout.write(dumps(envelope(shape, on, payload)) + "\n" if options.json else text)
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"consultations": consultations}
