"""Qualifications of a small framework that another source brought already: proposed as one, both entries kept."""

from dataclasses import replace
from typing import Any

from iqf.catalogue.titled import titled_qualifications
from iqf.exchange.sources.matching import matched
from iqf.exchange.sources.starter.held import Held


def propose(held: Held) -> list[dict[str, Any]]:
    """For each qualification of the folder, those of other collections with its number, or its title, owner, level.

    The catalogue must hold the folder's qualifications already. Where both have a number, and it differs, they are
    two.
    """
    own = {thing.code: local_id for local_id, thing in held.qualifications.items()}
    every = list(titled_qualifications())
    ours = [replace(record, key=own[record.key]) for record in every if record.key in own]
    found = matched(ours, (record for record in every if record.key not in own), least="same")
    codes = {local_id: code for code, local_id in own.items()}
    return [{**match, "register": "", "entry": codes[match["reference"]]} for match in found]
