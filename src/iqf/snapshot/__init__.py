"""The read-only image of what the product holds, which search and the analyses read.

Promise: a reader sees one whole generation or none. It names the version of the data and of the code that made it,
it is never half-built, and what it answers was true of the data at that version.
"""

from iqf.snapshot.entries import Entry
from iqf.snapshot.generations import Manifest, SnapshotError
from iqf.snapshot.reading import Snapshot, current, ensure_current, generation_now
from iqf.snapshot.renewing import serving

__all__ = [
    "Entry",
    "Manifest",
    "Snapshot",
    "SnapshotError",
    "current",
    "ensure_current",
    "generation_now",
    "serving",
]
