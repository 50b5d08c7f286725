"""The level that an official list prints is the one that the title names. Entry Level covers each of its three."""

import re

from iqf.codes import level_in_title, level_words
from iqf.register.models import OfficialRow
from iqf.reports.quality.finding import Example, Found, found

_BOTH = re.compile(r"\blevel\s?1\s?/\s?(level\s?)?2\b", re.IGNORECASE)


def check() -> Found:
    """Standing rows of official lists with a level, whose title names one. A level less exact than its title agrees:
    lists print Entry Level for Entry 1 to 3.
    """
    rows = OfficialRow.objects.filter(retired=False).exclude(level="").order_by("register", "reference")
    looked, cases = 0, []
    for register, reference, title, level in rows.values_list("register", "reference", "title", "level").iterator():
        named = "1/2" if _BOTH.search(title) else level_in_title(title)
        if not named:
            continue
        looked += 1
        if named != level and not (level == "E" and named[0] == "E"):
            matter = f"the title says {level_words(named)}, the list {level_words(level)}"
            cases.append(Example(f"{register}:{reference}", title, matter))
    return found(cases, looked, "No official list with levels is held.")
