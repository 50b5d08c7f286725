"""How large is a qualification: award, certificate or diploma, by the bounds of the credit framework."""

from typing import Final

SIZES: Final = ("award", "certificate", "diploma")
MOST_OF_AWARD: Final = 12
MOST_OF_CERTIFICATE: Final = 36
HOURS_OF_ONE_CREDIT: Final = 10


def size(credit: int | None, tqt: int | None = None) -> str:
    """`award` up to 12 credits, `certificate` from 13 to 36, `diploma` from 37; blank where nothing tells.

    Bounds: Regulatory arrangements for the Qualifications and Credit Framework (Ofqual 2008). Where no credit is
    known, a tenth of the total qualification time in hours, rounded, is the credit (General Conditions of
    Recognition, E7). Zero counts as not known.
    """
    credits = credit or (((tqt or 0) + HOURS_OF_ONE_CREDIT // 2) // HOURS_OF_ONE_CREDIT)
    if credits < 1:
        return ""
    if credits <= MOST_OF_AWARD:
        return "award"
    return "certificate" if credits <= MOST_OF_CERTIFICATE else "diploma"
