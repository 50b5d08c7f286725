"""A change of one row as text: what is to be done to which row, what it is to say, and what its author saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CREATE, CHANGE, RETIRE, RESTORE = "create", "change", "retire", "restore"
ACTS = (CREATE, CHANGE, RETIRE, RESTORE)


@dataclass(frozen=True)
class Change:
    """One row to be created, changed, retired or restored.

    `key`: the cells that name the row; a thing that does not stand yet has a name of the proposal's own as its code
    (`new-1`), by which the proposal's other changes may speak of it. `base`: what the author saw in the columns that
    are to change. `wanted`: what they are to say, as text; a blank erases.
    """

    entity: str
    act: str
    key: Mapping[str, str]
    wanted: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=dict)
