"""Suggestions on units rated against a few areas: units of near-same titles are left out together."""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.suggest_folders import RATERS, Wrong, dealt, groups, parts, rows
from iqf.analysis.suggest.choosing import choose
from iqf.analysis.suggest.own import enough, learn_own
from iqf.analysis.suggest.pairs import measures
from iqf.analysis.suggest.records import Encode, Framework, Matrix, Remark, Statement, Text
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.suggest.starting import first_day
from iqf.analysis.suggest.trusting import average_precision, expected_calibration_error, hits

PARTS = 6
CURVE = (10, 25, 50, 100)
NEAR = 0.6
TOLD = ("unit_id", "title", "doubt", "rationale")
STARTER = Path("exchange", "sources", "starter", "data")
Verdicts = NDArray[np.int_]


@dataclass(frozen=True)
class Rated:
    """Units rated by each rater against the same areas: 0 not, 1 partly, 2 fully; raters × units × areas.

    `remarks`: what each rater wrote of each unit, empty where nothing.
    """

    framework: str
    areas: tuple[str, ...]
    units: tuple[str, ...]
    titles: tuple[str, ...]
    raters: Verdicts
    remarks: tuple[tuple[str, ...], ...] = ()


def read(folder: Path) -> Rated:
    """The ratings of a folder: one file for each rater, `FRAMEWORK_rater_NAME.csv`; units that all of them rated."""
    paths = sorted(folder.glob(RATERS))
    files = {p: {r["unit_id"]: r for r in rows(p, ("unit_id", "title"))} for p in paths}
    first = next(iter(files.values()))
    if not first:
        raise Wrong(f"{paths[0]} has no ratings; put a row for each unit there.")
    areas = tuple(name for name in next(iter(first.values())) if name not in TOLD)
    units = tuple(u for u in first if all(u in f for f in files.values()))
    given = [[[_verdict(p, f[u], a) for a in areas] for u in units] for p, f in files.items()]
    framework = re.split(r"_rater", paths[0].stem)[0].replace("_", "-")
    wrote = tuple(tuple((f[u].get("rationale") or "").strip() for u in units) for f in files.values())
    return Rated(framework, areas, units, tuple(first[u]["title"] for u in units), np.array(given), wrote)


def _verdict(path: Path, row: dict[str, str], area: str) -> int:
    said = (row.get(area) or "").strip()
    if said not in ("0", "1", "2"):
        raise Wrong(f"{path}, unit {row['unit_id']}: {area} is “{said}”; it must be 0, 1 or 2.")
    return int(said)


def framework_of(rated: Sequence[Rated]) -> Framework:
    """The areas with what the product ships of them, all units of the starter and the ratings, the verdicts."""
    shipped = _table("qualifications", "units.csv")
    texts = {u["unit_id"]: Text(u["unit_id"], _said(u), u["title"]) for u in shipped}
    for r in rated:
        texts |= {u: Text(u, "", title) for u, title in zip(r.units, r.titles, strict=True) if u not in texts}
    places = {key: n for n, key in enumerate(texts)}
    verdicts = np.full((len(texts), len(rated[0].areas)), np.nan)
    for r in rated:
        verdicts[[places[u] for u in r.units]] = (r.raters > 0).mean(axis=0)
    areas = tuple(_area(rated[0].framework, key) for key in rated[0].areas)
    remarks = tuple(remark for r in rated for remark in _remarks(r))
    return Framework(rated[0].framework, areas, tuple(texts.values()), verdicts, remarks=remarks)


def _remarks(rated: Rated) -> Iterator[Remark]:
    for wrote, given in zip(rated.remarks, rated.raters, strict=True):
        for unit, words, verdicts in zip(rated.units, wrote, given, strict=True):
            if words:
                yield Remark(unit, words, tuple(float(verdict > 0) for verdict in verdicts))


def _said(unit: dict[str, str]) -> str:
    return " ".join(part for part in (unit["summary"], unit["outcomes"].replace(" | ", ". ")) if part)


def _area(framework: str, key: str) -> Statement:
    """An area with the criteria shipped for it and the statements below it, in its own or another edition."""
    listed = _table("documents", "framework_statements.csv")
    edition = framework.rsplit("-", 1)[0]
    named = [r for r in listed if r["statement_id"] == key and r["framework_id"] == framework]
    below = [r for r in listed if r["parent_id"] == key and r["framework_id"].startswith(edition)]
    told = [text for r in below for text in (r["title"], r["note"]) if text]
    told += [
        r["text"]
        for r in _table("additions", "criteria.csv")
        if (r["framework_id"], r["statement_id"], r["kind"]) == (framework, key, "criterion")
    ]
    return Statement(key, named[0]["title"] if named else key, "area", tuple(told))


def _table(*names: str) -> list[dict[str, str]]:
    with resources.files("iqf").joinpath(*STARTER.parts, *names).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def measure(
    data: Rated, train: Rated | None, encode: Encode | None, seed: int = 0, shuffled: bool = False
) -> dict[str, object]:
    """Every figure of the ratings, as printed with --json."""
    framework = framework_of([data, *([train] if train else [])])
    spaces = Spaces(
        [t.whole for t in framework.texts] + [p for s in framework.statements for p in (s.text, *s.told)], encode
    )
    framework = dealt(framework, seed) if shuffled else framework
    told = measures(framework.texts, framework.statements, spaces)
    place = {t.key: n for n, t in enumerate(framework.texts)}
    asked = np.array([place[u] for u in data.units])
    said: dict[str, Matrix] = {}
    tried = _trials(data, train, place, seed)
    counts = [n for n in CURVE if n < min(len(pool) for _, pool in tried)]
    for part, pool in tried:
        print(f"{len(part)} units asked, {len(pool)} to learn from", file=sys.stderr)
        for name, found in _over_judgements(framework, told, spaces, pool, counts, seed).items():
            said.setdefault(name, np.zeros((len(asked), len(data.areas))))[part] = found[asked[part]]
    curve = {name: _figures(found, data) for name, found in said.items()}
    return {
        **curve["all"], "curve": curve, "raters": raters(data), "units": len(asked),
        "beside": _beside(data, framework, spaces, asked),
    }  # fmt: skip


def _trials(
    data: Rated, train: Rated | None, place: dict[str, int], seed: int
) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows of the data that are asked, and places of the units that may be judged for them."""
    if train:
        pool = [place[u] for u in train.units if u not in set(data.units)]
        if not pool:
            raise Wrong("The folder to train on rates only units that are asked about: every unit is in both.")
        return [(np.arange(len(data.units)), np.array(pool))]
    split = parts(groups(data.titles, NEAR), PARTS, seed)
    here = np.array([place[u] for u in data.units])
    return [(np.array(part), np.delete(here, part)) for part in split]


def _over_judgements(
    framework: Framework,
    told: dict[str, Matrix],
    spaces: Spaces,
    pool: NDArray[np.intp],
    counts: Sequence[int],
    seed: int,
) -> dict[str, Matrix]:
    """What is said of every unit after so many judgements, each step's units chosen by what the step before said."""
    waiting = np.zeros(len(framework.texts), bool)
    waiting[pool] = True
    judged, found = np.zeros_like(waiting), {"0": first_day(told)}
    probability = found["0"]
    for count in counts:
        for choice in choose(probability, waiting & ~judged, count - int(judged.sum()), seed):
            judged[choice.row] = True
        probability = _learned(framework.keeping(judged), told, spaces)
        found[str(count)] = probability
    return {**found, "all": _learned(framework.keeping(waiting), told, spaces)}


def _learned(shown: Framework, told: dict[str, Matrix], spaces: Spaces) -> Matrix:
    return learn_own(shown, told, spaces) if enough(shown) else first_day(told)


def _figures(probability: Matrix, data: Rated) -> dict[str, object]:
    """Against each rater in turn, averaged; a unit touches an area where a rater said partly or fully."""
    touched = data.raters > 0
    by_area = {
        area: float(np.mean([hits(probability[:, n] >= 0.5, t[:, n]).f1 for t in touched]))
        for n, area in enumerate(data.areas)
    }
    pooled = [hits(probability >= 0.5, t) for t in touched]
    order = [
        average_precision(probability[:, n], t[:, n])
        for t in touched
        for n in range(len(data.areas))
        if t[:, n].any()
    ]
    return {
        "macro_f1": float(np.mean(list(by_area.values()))),
        "precision": float(np.mean([h.precision for h in pooled])),
        "recall": float(np.mean([h.recall for h in pooled])),
        "ece": expected_calibration_error(probability, touched.mean(axis=0)),
        "map_by_area": float(np.mean(order)),
        "f1_by_area": by_area,
    }


def raters(data: Rated) -> dict[str, float]:
    """How far the raters agree by the same measure: touched or not, and by none, partly and fully apart."""
    if len(data.raters) < 2:
        return {}
    one, other = data.raters[0], data.raters[1]
    areas = range(len(data.areas))
    touch = [hits(one[:, n] > 0, other[:, n] > 0).f1 for n in areas]
    apart = [
        hits(one[:, n] == v, other[:, n] == v).f1 for n in areas for v in (0, 1, 2)
        if (one[:, n] == v).any() or (other[:, n] == v).any()
    ]  # fmt: skip
    return {"macro_f1": float(np.mean(touch)), "macro_f1_none_partly_fully": float(np.mean(apart))}


def _beside(
    data: Rated, framework: Framework, spaces: Spaces, asked: NDArray[np.intp]
) -> dict[str, dict[str, float]]:
    """Order of the units of an area by BM25 and by the encoder's cosine: mean over areas of the average precision."""
    texts, told = [framework.texts[n].whole for n in asked], [s.whole for s in framework.statements]
    ways = {"BM25": spaces.bm25(told, texts).T, "random": np.random.default_rng(0).random((len(texts), len(told)))}
    if spaces.encodes:
        ways["encoder cosine"] = np.asarray(
            spaces.meanings(texts) @ spaces.meanings([s.text for s in framework.statements]).T
        )
    touched = data.raters > 0
    return {
        name: {"map_by_area": float(np.mean([average_precision(m[:, n], t[:, n]) for t in touched
                                             for n in range(len(told)) if t[:, n].any()]))}
        for name, m in ways.items()
    }  # fmt: skip
