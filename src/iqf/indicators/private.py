"""The true counts of protected releases: files of their own, apart from everything that is published.

Nothing public reads them: only what makes the next release safe, and what shows them to staff and records it.
"""

import hashlib
import hmac
import os
import shutil
from pathlib import Path

from django.conf import settings

from iqf.indicators.store import kept, table_path

OWNER_ONLY = 0o600


def true_path(dataset: str, version: str) -> Path:
    """The Parquet file with the true counts of a protected release."""
    home: Path = settings.IQF_HOME
    return home / "private" / table_path(dataset, version).relative_to(home)


def keep_true(cells: Path, dataset: str, version: str) -> None:
    """Keep the true counts of a release, readable for the owner of the files alone."""
    place = true_path(dataset, version)
    top: Path = settings.IQF_HOME / "private"
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    with kept(place) as file:
        shutil.copyfile(cells, file)
        os.chmod(file, OWNER_ONLY)


def fingerprint(sha256: str) -> str:
    """What a protected release is recognised by, in place of the hash of what was read.

    That hash would tell whoever guesses the few counts kept back whether the guess is right; this one needs the key.
    """
    return hmac.new(settings.SECRET_KEY.encode(), sha256.encode(), hashlib.sha256).hexdigest()
