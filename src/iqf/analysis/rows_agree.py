"""Do the rows of two registers say the same of one thing? Cautious: another spelling is no disagreement."""

import re
from collections.abc import Sequence
from typing import Any

from iqf.analysis.names import alike, plain_name
from iqf.codes import levels_agree

_NOT_TELLING = re.compile(r"[^a-z0-9]+")


def agree(field: str, first: Any, second: Any) -> bool:
    """True where two values of one field are the same, or one of them is not said.

    Titles and words differ only in what is left without case, spaces and punctuation; owners by the cautious
    comparison of names; levels where neither holds the other.
    """
    if first in (None, "") or second in (None, ""):
        return True
    if field == "level":
        return levels_agree(str(first), str(second)) or levels_agree(str(second), str(first))
    if field == "owner":
        return alike(plain_name(str(first)), plain_name(str(second)))
    return first == second or _bare(first) == _bare(second)


def _bare(value: Any) -> str:
    return _NOT_TELLING.sub("", str(value).casefold().replace("&", "and"))


def apart(field: str, values: Sequence[Any]) -> bool:
    """True where any two of these values of one field disagree."""
    return any(not agree(field, a, b) for n, a in enumerate(values) for b in values[n + 1 :])
