"""Which module does a command. Each is loaded only when the ones before it do not know the command.

What answers comes first; what learns or compares titles comes last, for loading that takes seconds.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping

Doer = Callable[[argparse.Namespace], int | None]


def doer(command: str) -> Doer:
    """What does a command. Raises KeyError where nothing does."""
    for commands in _rooms():
        if command in commands:
            return commands[command]
    raise KeyError(command)


def _rooms() -> Iterator[Mapping[str, Doer]]:
    from iqf.cli import answering

    yield answering.COMMANDS
    from iqf.cli import covering

    yield covering.COMMANDS
    from iqf.cli import figures

    yield figures.COMMANDS
    from iqf.cli import supplying

    yield supplying.COMMANDS
    from iqf.cli import consulting

    yield consulting.COMMANDS
    from iqf.cli import keeping

    yield keeping.COMMANDS
    from iqf.cli import people

    yield people.COMMANDS
    from iqf.cli import portfolio

    yield portfolio.COMMANDS
    from iqf.cli import including

    yield including.COMMANDS
    from iqf.cli import composing

    yield composing.COMMANDS
    from iqf.cli import deciding

    yield deciding.COMMANDS
    from iqf.cli import exchanging

    yield exchanging.COMMANDS
    from iqf.cli import mapping

    yield mapping.COMMANDS
