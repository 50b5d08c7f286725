"""What many answers begin with is read once for each state of the data, and kept until anybody changes them."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

from iqf.accounts.queries import data_state

Read = TypeVar("Read")
State = tuple[int, datetime]


class Kept(Generic[Read]):
    """A reading of the data that is kept: called as often as anybody likes, it reads once for each state of them.

    `read` takes nothing, reads the database alone, and gives what nobody changes. The state is the latest change and
    its instant: a change that was tried and taken back leaves a number behind for the next, but not its instant.
    """

    _every: "list[Kept[object]]" = []

    def __init__(self, read: Callable[[], Read]) -> None:
        self.__doc__ = read.__doc__
        self._read = read
        self._held: tuple[State | None, Read] | None = None
        self._reading = Lock()
        Kept._every.append(self)  # type: ignore[arg-type]

    def __call__(self) -> Read:
        """What was read, of the data as they stand."""
        state, held = data_state(), self._held
        if held is None or held[0] != state:
            with self._reading:  # whoever asks meanwhile waits for the same reading
                held = self._held
                if held is None or held[0] != state:
                    held = self._held = (state, self._read())
        return held[1]

    @classmethod
    def forget(cls) -> None:
        """Read everything anew at the next question: what was written without being recorded would not be seen."""
        for each in cls._every:
            each._held = None
