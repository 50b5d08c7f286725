"""Models are learned and asked on one thread: the same answer on any number of cores, and no core waits for another.

Boosted trees on tables of our size are cut faster than threads meet: on a busy machine two threads that wait for each
other took seven times the processor time of one.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import sklearn.ensemble  # noqa: F401 - what is made next knows only the libraries that are loaded by then
from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")

CONTROLLER = ThreadpoolController()


def one_thread(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, in which every numerical library uses one thread."""

    @wraps(function)
    def alone(*args: P.args, **kwargs: P.kwargs) -> R:
        with CONTROLLER.limit(limits=1):
            return function(*args, **kwargs)

    return alone
