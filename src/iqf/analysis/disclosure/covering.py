"""What to hide besides, so that each single equation leaves room for what it keeps back: quick, and hardly too much.

An equation alone gives a count away where what it has hidden besides cannot take up the difference. That is mended
here, equation by equation and without a programme; what several equations together give away is left to the proofs.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from iqf.analysis.disclosure.moving import Places, Wish
from iqf.analysis.disclosure.system import NEAR, Flags, Numbers, Room, System


def covered(system: System, free: Room, hidden: Flags, cost: Numbers, wishes: Sequence[Wish]) -> Flags:
    """What is hidden when each wish has the room it needs in every equation alone, as far as that can be had.

    What is hidden for another is to give way as far as it was hidden for. `cost`: what hiding a quantity loses.
    """
    work = _Covering(system, free, hidden.copy(), cost)
    todo = deque(wishes)
    while todo:
        wish = todo.popleft()
        for equation, sign in work.equations_of(wish.at):
            todo.extend(work.made_room(equation, sign, wish))
    return work.hidden


@dataclass
class _Covering:
    """The work so far: what is hidden, how much each equation's hidden quantities can give either way, and how many
    they are.
    """

    system: System
    free: Room
    hidden: Flags
    cost: Numbers

    def __post_init__(self) -> None:
        matrix = self.system.matrix
        plus, minus = matrix.maximum(0), (-matrix).maximum(0)
        up, down = np.where(self.hidden, self.free.up, 0), np.where(self.hidden, self.free.down, 0)
        self.more, self.less = plus @ up + minus @ down, plus @ down + minus @ up
        self.many = abs(matrix) @ self.hidden.astype(float)

    def equations_of(self, at: int) -> list[tuple[int, float]]:
        """The equations in which a quantity stands, with its sign there."""
        held = self.system.by_quantity
        inside = slice(held.indptr[at], held.indptr[at + 1])
        return list(zip(held.indices[inside].tolist(), held.data[inside].tolist(), strict=True))

    def made_room(self, equation: int, sign: float, wish: Wish) -> list[Wish]:
        """Hide the cheapest parts of an equation until the others can take up a movement; what is asked of those."""
        # Up with the sign + is balanced by what makes the equation less, and so on.
        rises = wish.up == (sign > 0)
        own = self.free.down[wish.at] if wish.up else self.free.up[wish.at]
        missing = wish.needed - ((self.less if rises else self.more)[equation] - own)
        found: list[Wish] = []
        if missing <= NEAR:
            return found
        members, ways, gives = self._shown(equation, rises)
        for n in np.argsort(self._price(members)):
            if missing <= NEAR:
                break
            missing -= gives[n]
            self._hide(int(members[n]))
            found.append(Wish(int(members[n]), bool(ways[n]), float(min(wish.needed, gives[n]))))
        return found

    def _shown(self, equation: int, rises: bool) -> tuple[Any, Any, Any]:
        """What an equation shows and could hide: the quantities, whether each would go up, and how far it can."""
        matrix = self.system.matrix
        inside = slice(matrix.indptr[equation], matrix.indptr[equation + 1])
        members, signs = matrix.indices[inside], matrix.data[inside]
        ways = (signs > 0) != rises
        gives = np.where(ways, self.free.up[members], self.free.down[members])
        wanted = ~self.hidden[members] & (gives > 0) & (self.cost[members] > 0)
        return members[wanted], ways[wanted], gives[wanted]

    def _price(self, members: Places) -> Numbers:
        """What hiding each loses; more where it would be the only one hidden in another equation."""
        held = self.system.by_quantity
        alone = [np.sum(self.many[held.indices[held.indptr[m] : held.indptr[m + 1]]] == 0) for m in members]
        found: Numbers = self.cost[members] * (1 + np.array(alone, dtype=float))
        return found

    def _hide(self, at: int) -> None:
        self.hidden[at] = True
        for equation, sign in self.equations_of(at):
            up, down = self.free.up[at], self.free.down[at]
            self.more[equation] += up if sign > 0 else down
            self.less[equation] += down if sign > 0 else up
            self.many[equation] += 1
