"""Which module does a command. No other is loaded: what learns or compares titles takes seconds to load."""

import argparse
from collections.abc import Callable, Mapping

Doer = Callable[[argparse.Namespace], int | None]
Commands = Mapping[str, Doer]


def doer(command: str) -> Doer:
    """What does a command. Raises KeyError where nothing does."""
    return ROOMS[command]()[command]


def _finding() -> Commands:
    from iqf.cli import finding

    return finding.COMMANDS


def _showing() -> Commands:
    from iqf.cli import showing

    return showing.COMMANDS


def _wayfinding() -> Commands:
    from iqf.cli import wayfinding

    return wayfinding.COMMANDS


def _comparing() -> Commands:
    from iqf.cli import comparing

    return comparing.COMMANDS


def _checking() -> Commands:
    from iqf.cli import checking

    return checking.COMMANDS


def _covering() -> Commands:
    from iqf.cli import covering

    return covering.COMMANDS


def _figures() -> Commands:
    from iqf.cli import figures

    return figures.COMMANDS


def _supplying() -> Commands:
    from iqf.cli import supplying

    return supplying.COMMANDS


def _consulting() -> Commands:
    from iqf.cli import consulting

    return consulting.COMMANDS


def _keeping() -> Commands:
    from iqf.cli import keeping

    return keeping.COMMANDS


def _people() -> Commands:
    from iqf.cli import people

    return people.COMMANDS


def _portfolio() -> Commands:
    from iqf.cli import portfolio

    return portfolio.COMMANDS


def _including() -> Commands:
    from iqf.cli import including

    return including.COMMANDS


def _composing() -> Commands:
    from iqf.cli import composing

    return composing.COMMANDS


def _deciding() -> Commands:
    from iqf.cli import deciding

    return deciding.COMMANDS


def _exchanging() -> Commands:
    from iqf.cli import exchanging

    return exchanging.COMMANDS


def _mapping() -> Commands:
    from iqf.cli import mapping

    return mapping.COMMANDS


ROOMS: Mapping[str, Callable[[], Commands]] = {
    **dict.fromkeys(("search",), _finding),
    **dict.fromkeys(("show", "history"), _showing),
    **dict.fromkeys(("rules", "topup", "routes", "deadends", "leadership"), _wayfinding),
    **dict.fromkeys(("overlap", "differ", "duplicates"), _comparing),
    **dict.fromkeys(("quality", "requirements"), _checking),
    **dict.fromkeys(("coverage", "carry", "edition"), _covering),
    **dict.fromkeys(("figures",), _figures),
    **dict.fromkeys(("takeup", "supply", "workforce"), _supplying),
    **dict.fromkeys(("consultations",), _consulting),
    **dict.fromkeys(("migrate", "fetch", "ingest", "demo", "serve"), _keeping),
    **dict.fromkeys(("user",), _people),
    **dict.fromkeys(("portfolio",), _portfolio),
    **dict.fromkeys(("inclusion", "include", "refuse"), _including),
    **dict.fromkeys(("compose", "transitions"), _composing),
    **dict.fromkeys(
        ("inbox", "conflicts", "decide", "matches", "match", "join", "apart", "pair", "unjoin", "reopen"), _deciding
    ),
    **dict.fromkeys(("export", "import"), _exchanging),
    **dict.fromkeys(("agreement", "batch", "suggest"), _mapping),
}
"""Every command, by the module that does it."""
