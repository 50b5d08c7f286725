"""Draw pairs of titles to be labelled by reading. `python -m bench.sample_pairs DATA UNITS FOLDER`.

Seeded, and blind to the product: neighbours by character trigrams (TF-IDF cosine) or by rapidfuzz, in strata of
likeness; pairs that are alike but for one detail; pairs that share one rare word. Identical titles are left out:
they are no test.
"""

import csv
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

SEED = 20261122
PROBES = 1_500
COSINES = ((0.5, 0.6, 12), (0.6, 0.7, 20), (0.7, 0.8, 50), (0.8, 0.9, 75), (0.9, 0.95, 60), (0.95, 1.01, 75))
RATIOS = ((55, 65, 15), (65, 75, 35), (75, 85, 60), (85, 101, 60))
BARE: dict[str, Callable[[str], str]] = {
    "level": lambda t: re.sub(r"level \d(/level \d)?|entry( level)?( \d)?|\(entry \d\)", "", t),
    "numeral": lambda t: re.sub(r"(grade|part|unit|stage|paper) \w+|\b\d+\b(?!st)", "", t) if "level" in t else t,
    "country": lambda t: re.sub(
        r"\(?(for )?(england|wales|scotland|northern ireland)( and northern ireland)?\)?", "", t
    ),
    "pathway": lambda t: re.sub(r"\([^()]*\)|[-–:] .*$", "", t) if re.search(r"\(|[-–:] ", t) else t,
    "owner": lambda t: re.sub(r"^.*?(?=level \d)", "", t),
    "size": lambda t: re.sub(r"\b(extended|subsidiary|introductory|award|certificate|diploma|nvq|btec)\b", "", t),
}
EACH = 22
Row = dict[str, str]


def main(data: Path, units: Path, folder: Path) -> None:
    """Write qualifications.csv and units.csv, with the label left blank."""
    folder.mkdir(parents=True, exist_ok=True)
    titles = sorted(
        {
            t["text"].strip()
            for t in json.loads((data / "ofqual-register/quals_autocomplete_all_quals.json").read_text())
        }
    )
    drawn = [*_neighbours(titles), *_near_misses(titles), *_one_rare_word(titles), *_lists(data), *_notations(titles)]
    _write(folder / "qualifications.csv", drawn)
    with units.open(newline="", encoding="utf-8-sig") as file:
        _write(folder / "units.csv", _units(list(csv.DictReader(file))))


def _row(stratum: str, share: float, a: Row | str, b: Row | str) -> Row:
    one, other = (x if isinstance(x, dict) else {"title": x} for x in (a, b))
    return {
        "stratum": stratum,
        "share": f"{share:.6g}",
        **{
            f"{name}_{side}": x.get(name, "")
            for side, x in (("a", one), ("b", other))
            for name in ("title", "owner", "level")
        },
        "label": "",
        "note": "",
    }


def _neighbours(titles: Sequence[str]) -> Iterator[Row]:
    """Pairs of 1,500 random titles with any title, in strata of trigram cosine."""
    pick = random.Random(SEED)
    matrix = _trigrams(titles)
    probes = sorted(pick.sample(range(len(titles)), PROBES))
    strata: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start in range(0, PROBES, 100):
        chosen = probes[start : start + 100]
        near = (matrix[chosen] @ matrix.T).tocoo()
        for row, column, cosine in zip(near.row, near.col, near.data, strict=True):
            if cosine >= COSINES[0][0] and titles[chosen[row]] != titles[column]:
                at = next(n for n, (low, high, _) in enumerate(COSINES) if low <= cosine < high)
                strata[at].append((chosen[row], int(column)))
    for n, (low, _, count) in enumerate(COSINES):
        for a, b in pick.sample(strata[n], min(count, len(strata[n]))):
            yield _row(f"cosine {low}", len(strata[n]) / count, titles[a], titles[b])


def _trigrams(titles: Sequence[str]) -> sparse.csr_matrix:
    counted = [Counter(f" {t.casefold()} "[n : n + 3] for n in range(len(t))) for t in titles]
    spread = Counter(gram for grams in counted for gram in grams)
    number = {gram: n for n, gram in enumerate(spread)}
    cells = [
        (row, number[g], c * math.log(len(titles) / spread[g]))
        for row, grams in enumerate(counted)
        for g, c in grams.items()
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(titles), len(number)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix


def _near_misses(titles: Sequence[str]) -> Iterator[Row]:
    """Pairs of titles that are the same but for one detail."""
    pick = random.Random(SEED + 1)
    for detail, bare in BARE.items():
        groups: dict[str, list[str]] = defaultdict(list)
        for title in titles:
            said = title.casefold()
            if bare(said) != said:
                groups[" ".join(bare(said).split())].append(title)
        several = sorted(k for k, found in groups.items() if len(found) > 1 and len(k) > 20)
        for key in pick.sample(several, min(EACH, len(several))):
            yield _row(f"but for {detail}", 0, *pick.sample(groups[key], 2))


def _one_rare_word(titles: Sequence[str]) -> Iterator[Row]:
    """Pairs that share a word which at most 30 titles have."""
    pick = random.Random(SEED + 2)
    holders: dict[str, list[str]] = defaultdict(list)
    for title in titles:
        for word in set(re.findall(r"[a-z]{5,}", title.casefold())):
            holders[word].append(title)
    rare = sorted(w for w, found in holders.items() if 2 <= len(found) <= 30)
    for word in pick.sample(rare, 30):
        yield _row("rare word", 0, *pick.sample(holders[word], 2))


def _notations(titles: Sequence[str]) -> Iterator[Row]:
    """Pairs that differ in notation only, and pairs whose owners in front share a word."""
    pick = random.Random(SEED + 5)
    plain: dict[str, list[str]] = defaultdict(list)
    behind: dict[str, list[str]] = defaultdict(list)
    for title in titles:
        said = re.sub(r"\b(qcf|rqf|vrq)\b|[^a-z0-9]+", " ", title.casefold())
        plain[" ".join(said.split())].append(title)
        behind[re.sub(r"^.*?(?=level \d)", "", " ".join(said.split()))].append(title)
    several = sorted(k for k, found in plain.items() if len({re.sub(r" \(.{3}\)$", "", t) for t in found}) > 1)
    for key in pick.sample(several, min(45, len(several))):
        yield _row("but for notation", 0, *pick.sample(plain[key], 2))
    several = []
    for found in behind.values():
        several += [(a, b) for n, a in enumerate(found) for b in found[n + 1 :] if _owners_share(a, b)]
    for a, b in pick.sample(sorted(several), 60):
        yield _row("but for part of the owner", 0, a, b)


def _owners_share(a: str, b: str) -> bool:
    first, other = (re.findall(r"[a-z0-9]+", t.casefold().partition("level")[0]) for t in (a, b))
    common = set(first) & set(other) - {"awards", "qualifications", "level", "the", "and"}
    return first != other and bool(common)


def _lists(data: Path) -> Iterator[Row]:
    """Rows of the early years list and of the approved list, each with its owner and level, that look alike."""
    pick = random.Random(SEED + 3)
    early = [
        {
            "title": r["Qualification Name"],
            "owner": r["Awarding Organisation Title"],
            "level": r["Qualification Level"],
        }
        for r in _rows(next((data / "ey-qualifications").glob("1-*.csv")))
    ]
    approved = [
        {"title": r["QualificationName"], "owner": r["AwardingOrganisation"], "level": r["Level"]}
        for r in _rows(data / "dfe-approved-quals/approved.csv")
    ]
    scores = process.cdist([e["title"] for e in early], [a["title"] for a in approved], scorer=fuzz.token_set_ratio)
    near = [(int(a), int(b)) for a, b in zip(*np.nonzero(scores >= 80), strict=True)]
    for a, b in pick.sample(near, 45):
        yield _row("early years list", 0, early[a], approved[b])


def _units(rows: Sequence[Row]) -> Iterator[Row]:
    """All pairs of the starter's units, in strata of the larger of two ratios."""
    pick = random.Random(SEED + 4)
    names = [r["title"].casefold() for r in rows]
    scores = np.maximum(
        process.cdist(names, names, scorer=fuzz.token_sort_ratio),
        process.cdist(names, names, scorer=fuzz.token_set_ratio) - 5,
    )
    for low, high, count in RATIOS:
        found = [
            (int(a), int(b)) for a, b in zip(*np.nonzero((scores >= low) & (scores < high)), strict=True) if a < b
        ]
        for a, b in pick.sample(found, min(count, len(found))):
            yield _row(f"ratio {low}", len(found) / min(count, len(found)), rows[a], rows[b])


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Iterable[Row]) -> None:
    rows = [r for r in rows if any(r[f"{n}_a"] != r[f"{n}_b"] for n in ("title", "owner", "level"))]
    drawn = list({frozenset((r["title_a"], r["title_b"], r["level_a"], r["level_b"])): r for r in rows}.values())
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(drawn[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(drawn)


if __name__ == "__main__":
    main(*(Path(p) for p in sys.argv[1:4]))
