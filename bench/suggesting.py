"""Suggestions at national size: a quarter of a million units against six areas, and against a large list of skills.

The skills are those of the UK classification where IQF_REAL_DATA says where they are, else made-up ones. The units
are made up, known by their titles alone.
"""

import csv
import os
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.apart import apart, timed
from bench.national import NATIONAL, Size, units
from iqf.analysis.suggest.pairs import measures
from iqf.analysis.suggest.records import Statement, Text
from iqf.analysis.suggest.retrieval import Library, nearness
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.suggest.starting import first_day
from iqf.exchange.sources.starter.layout import PACKAGED

SKILLS = "uk-skills-classification/ukos_occupational_skills_3343.csv"
MOST_SKILLS = 3_343
BEST = 10
CHUNK = 2_000
BESIDE_AREAS = "scikit-learn TF-IDF of words, cosine of whole titles with whole areas, no probability"
BESIDE_SKILLS = "scikit-learn TF-IDF of words, cosine of whole titles, the best ten, no parts and no supporting words"


def run(count: int) -> list[dict[str, object]]:
    """Both, each way in a process of its own."""
    return [
        _row("areas", f"{count:,} units × 6 areas, the first day", BESIDE_AREAS, count),
        _row(
            "skills_found", f"{count:,} units × {len(skills()):,} skills, the best ten of each", BESIDE_SKILLS, count
        ),
    ]


def _row(name: str, work: str, beside: str, count: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        mine = apart(f"bench.suggesting:{name}", Path(folder), count=count)
        other = apart(f"bench.suggesting:{name}_beside", Path(folder), count=count)
    return {
        "work": work,
        "beside": beside,
        "ours": mine.seconds,
        "theirs": other.seconds,
        "ours_processor": mine.processor,
        "theirs_processor": other.processor,
        "ours_peak": mine.peak,
        "theirs_peak": other.peak,
        "told": f"{mine.told['done'] / (mine.processor or mine.seconds):,.0f} units for each second of the processor",
    }


def skills() -> list[Statement]:
    """The skills of the classification, or as many made-up ones."""
    root = os.environ.get("IQF_REAL_DATA")
    if root and (path := Path(root) / SKILLS).is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [Statement(row["skill_id"], row["skill_name"]) for row in csv.DictReader(file)]
    made = dict.fromkeys(unit.title for unit in units(Size(units=4 * MOST_SKILLS), seed=7))
    return [Statement(str(n), title) for n, title in enumerate(islice(made, MOST_SKILLS))]


def _areas() -> list[Statement]:
    """The six areas of the Common Core, each with what stands below it."""
    with (PACKAGED / "documents/framework_statements.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["framework_id"] == "common-core-2005"]
    below: dict[str, list[str]] = {row["statement_id"]: [] for row in rows if not row["parent_id"]}
    for row in rows:
        if row["parent_id"] in below:
            below[row["parent_id"]].append(row["title"])
    tops = [row for row in rows if row["statement_id"] in below]
    return [Statement(r["statement_id"], r["title"], told=tuple(below[r["statement_id"]])) for r in tops]


def _titles(count: int) -> list[str]:
    return [unit.title for unit in islice(units(NATIONAL), count)]


def _texts(count: int) -> list[Text]:
    return [Text(str(n), title) for n, title in enumerate(_titles(count))]


def areas(count: int) -> dict[str, Any]:
    """A probability for every unit and area."""
    texts, statements = _texts(count), _areas()

    def work() -> int:
        spaces = Spaces([*(t.whole for t in texts), *(p for s in statements for p in (s.text, *s.told))])
        return len(first_day(measures(texts, statements, spaces)))

    done, spent = timed(work)
    return spent | {"done": done}


def areas_beside(count: int) -> dict[str, Any]:
    """A cosine for every unit and area."""
    titles, wholes = _titles(count), [s.whole for s in _areas()]

    def work() -> int:
        words = TfidfVectorizer().fit([*titles, *wholes])
        return int((words.transform(titles) @ words.transform(wholes).T).toarray().shape[0])

    done, spent = timed(work)
    return spent | {"done": done}


def skills_found(count: int) -> dict[str, Any]:
    """The nearest skills of each unit, each with the words that it is nearest to; nothing of it is kept."""
    texts, statements = _texts(count), skills()

    def work() -> int:
        library = Library(statements, Spaces([*(s.text for s in statements), *(t.whole for t in texts)]))
        return sum(len(np.argsort(-nearness(found), kind="stable")[:BEST]) == BEST for found in library.each(texts))

    done, spent = timed(work)
    return spent | {"done": done}


def skills_found_beside(count: int) -> dict[str, Any]:
    """The skills whose whole words are most like the whole title."""
    titles, wholes = _titles(count), [s.text for s in skills()]

    def work() -> int:
        words = TfidfVectorizer().fit([*titles, *wholes])
        known = words.transform(wholes).T.tocsr()
        done = 0
        for start in range(0, count, CHUNK):
            near = (words.transform(titles[start : start + CHUNK]) @ known).toarray()
            done += len(np.argpartition(-near, BEST, axis=1)[:, :BEST])
        return done

    done, spent = timed(work)
    return spent | {"done": done}
