"""How crowded a cluster is, in a sentence."""

from iqf.reports.crowding import CrowdingAnswer


def finding(answer: CrowdingAnswer) -> str:
    """Where it is most crowded, and how many of its entries are one award from several bodies."""
    if not answer.entries:
        return "No qualification stands in this cluster."
    counted = f"{_many(answer.entries, 'entry', 'entries')} are {_many(answer.awards, 'different award')}"
    if answer.entries == answer.awards:
        counted = f"{_many(answer.entries, 'entry is one award', 'entries are as many different awards')}"
    most = answer.crowded
    if most is None:
        return f"{counted}; no level has more than one."
    bodies = _many(most.owners, "owner")
    return f"{counted}. Most crowded is {most.words}, with {len(most.awards)} awards from {bodies}."


def _many(n: int, one: str, several: str = "") -> str:
    return f"{n} {one if n == 1 else several or one + 's'}"
