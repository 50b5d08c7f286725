"""Tables of counts made safe to publish: small numbers kept back, and nothing left from which they follow.

Promise: what is kept back is `c`, never 0 and never left out; whoever has every published table of every release, and
can solve linear equations, cannot rule out any value of a protected count from 0 up to the threshold. Where the least
suppression is not found in time, more is suppressed, never less, and the answer says so.

Order (METHODS, *Disclosure control*): suppress, suppress what would give it away, round, recompute rates. Sources: M.
Fischetti and J. J. Salazar, Management Science 47 (2001) 1008, for the cuts; GSS guidance on tables for the rules.
"""

from iqf.analysis.disclosure.attacking import Interval, intervals
from iqf.analysis.disclosure.moving import NotSafeInTimeError
from iqf.analysis.disclosure.protecting import protect, unsafe
from iqf.analysis.disclosure.records import Counts, Key, Profile, Protected, Shown, Sum, dominated, rate, two_way

__all__ = [
    "Counts",
    "Interval",
    "Key",
    "NotSafeInTimeError",
    "Profile",
    "Protected",
    "Shown",
    "Sum",
    "dominated",
    "intervals",
    "protect",
    "rate",
    "two_way",
    "unsafe",
]
