"""A line of what is to be circulated in a consultation round."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drafted:
    """Its text, what it is (role, requirement, statement, …), and the thing that it is about, by its code."""

    text: str
    entity: str = ""
    code: str = ""
