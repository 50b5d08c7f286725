"""Commands about the state of things here: what is doubtful in the data, and where each requirement is met."""

import argparse
from collections.abc import Callable

from iqf.cli.answering import answered, ready
from iqf.cli.text import answers
from iqf.reports import quality as quality_report
from iqf.reports import requirements as requirements_report


def quality(options: argparse.Namespace) -> int:
    """What is doubtful or not checked in the data."""
    ready()
    return answered(options, "quality", quality_report.quality(), answers.quality)


def requirements(options: argparse.Namespace) -> int:
    """Which page, command and test shows each requirement."""
    return answered(options, "requirements", requirements_report.requirements(), answers.requirements)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "quality": quality,
    "requirements": requirements,
}
