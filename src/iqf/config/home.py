"""Where the data live: `IQF_HOME`, or a folder of the user's own."""

import os
from pathlib import Path


def home() -> Path:
    """The folder that holds the database, the snapshots and the signing key (`IQF_HOME`, else `~/.iqf`)."""
    return Path(os.environ.get("IQF_HOME") or Path.home() / ".iqf").expanduser().resolve()
