"""The options of the commands about top-ups, ways and compositions. No Django is loaded for them."""

import argparse
from typing import Any


def add_commands(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    """`iqf topup`, `iqf routes`, `iqf deadends`, `iqf compose` and `iqf transitions`."""
    _add_topup(commands, parents)
    _add_routes(commands, parents)
    _add_compose(commands, parents)
    _add_transitions(commands, parents)


def _add_topup(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    topup = commands.add_parser("topup", parents=parents, help="the least that takes what is held to a target")
    topup.add_argument("--held", metavar="CODES|FILE", default="", help="as for rules; left out: nothing is held")
    topup.add_argument(
        "--for",
        dest="target",
        metavar="TARGET",
        required=True,
        help="a role, a qualification, a framework, or statements with commas between",
    )
    topup.add_argument(
        "--cost", default="credit", choices=("credit", "hours", "pounds"), help="what is to be least (default credit)"
    )
    topup.add_argument(
        "--alternatives", type=int, default=3, metavar="N", help="next best different ways (default 3)"
    )
    topup.add_argument("--fully", action="store_true", help="reach statements in full, not just partly")
    topup.add_argument("--without", metavar="CODES|FILE", default="", help="units and qualifications not to be taken")
    topup.add_argument("--seconds", type=float, default=10.0, metavar="S", help="limit for each search (default 10)")


def _add_routes(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    routes = commands.add_parser("routes", parents=parents, help="ways from one role to another, or to anywhere")
    routes.add_argument(
        "--from", dest="start", metavar="ROLE", help="role or qualification; alone: everywhere one can get"
    )
    routes.add_argument("--to", dest="goal", metavar="ROLE", help="role or qualification; alone: what leads there")
    routes.add_argument(
        "--held", metavar="CODES|FILE", default="", help="as for rules; left out: what the role surely requires"
    )
    routes.add_argument("--max-steps", type=int, default=4, metavar="N", help="at most so many steps (default 4)")
    routes.add_argument("--best", type=int, default=5, metavar="N", help="so many ways (default 5)")
    routes.add_argument(
        "--cost", default="credit", choices=("credit", "hours", "pounds"), help="what is to be least (default credit)"
    )
    routes.add_argument(
        "--rank",
        default="cost,steps",
        metavar="CRITERIA",
        help="order of the ways: cost, credit, hours, steps, unstated, crossing, down (default cost,steps)",
    )
    routes.add_argument("--seconds", type=float, default=10.0, metavar="S", help="limit for the search (default 10)")
    commands.add_parser("deadends", parents=parents, help="what leads nowhere up, or only to a full degree")
    commands.add_parser("leadership", parents=parents, help="qualifications for leaders, and which cross sectors")


def _add_compose(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    compose = commands.add_parser("compose", parents=parents, help="existing units that would make a qualification")
    compose.add_argument("--role", metavar="ROLE", default="", help="for what a role needs")
    compose.add_argument("--statements", metavar="CODES", default="", help="for these statements, such as CC1,CC2")
    compose.add_argument(
        "--held", metavar="CODES|FILE", default="", help="what somebody holds: only the addition is composed"
    )
    compose.add_argument("--max-credit", type=int, metavar="N", help="no more credit than this in all")
    compose.add_argument("--owners", metavar="NAMES|FILE", default="", help="only units of these organisations")
    compose.add_argument("--level", metavar="LEVELS", default="", help="only units at these: 3, 3,4 or 2-4")
    compose.add_argument("--only-open", action="store_true", help="only units that can be begun now")
    compose.add_argument("--fully", action="store_true", help="reach statements in full, not just partly")
    compose.add_argument(
        "--seconds", type=float, default=10.0, metavar="S", help="limit for each search (default 10)"
    )
    compose.add_argument("--propose", metavar="REASON", help="propose it as a new qualification, with why")
    compose.add_argument("--source", metavar="TEXT", default="", help="with --propose: on whose word")
    compose.add_argument("--title", metavar="TEXT", default="", help="with --propose: what it is to be called")
    compose.add_argument("--as", dest="by", metavar="USER", help="with --propose: who is recorded as the author")


def _add_transitions(commands: Any, parents: list[argparse.ArgumentParser]) -> None:
    across = commands.add_parser(
        "transitions", parents=parents, help="the least that carries everybody in one role into another"
    )
    across.add_argument("--from", dest="start", metavar="ROLE", default="", help="left out: every pair of roles")
    across.add_argument("--to", dest="goal", metavar="ROLE", default="")
    across.add_argument("--seconds", type=float, default=10.0, metavar="S", help="limit for each search (default 10)")
