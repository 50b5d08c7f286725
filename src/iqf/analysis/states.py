"""States and what may be done in each: one table answers both, and says in a sentence why something cannot be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


class NotNowError(Exception):
    """The act is not possible in this state, in one plain sentence."""


@dataclass(frozen=True)
class StateTable:
    """State and act, to the state that follows; and the sentence that refuses an act in a state."""

    changes: Mapping[tuple[str, str], str]
    refused: Callable[[str, str], str]

    def after(self, state: str, act: str) -> str:
        """The state that follows. Raises NotNowError."""
        found = self.changes.get((state, act))
        if found is None:
            raise NotNowError(self.refused(state, act))
        return found

    def acts_in(self, state: str) -> frozenset[str]:
        """Everything that can be done in a state."""
        return frozenset(act for held, act in self.changes if held == state)

    @property
    def acts(self) -> tuple[str, ...]:
        """Everything that can be done in any state, in the order of the table."""
        return tuple(dict.fromkeys(act for _, act in self.changes))
