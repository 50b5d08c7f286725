"""Folders of people's judgements, recognised by their files and read into frameworks of `analysis.suggest`."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from iqf.analysis.suggest.records import Framework, Remark, Statement, Text
from iqf.analysis.suggest.words import tokens

DUTIES = ("standards.csv", "duties.csv", "statements.csv", "links.csv")
RATERS = "*rater*.csv"
ANNOTATIONS = "*annotations*.csv"
LABELS = "skills_en_label.txt"
PRIORS = "esco_priors.json"
NOT_LABELS = ("LABEL NOT PRESENT", "UNDERSPECIFIED")
NEAR = 1 / 3
"""Titles that share a third of their words and more are near-same: they are learned from or tried on together."""
SAID_OF_TITLES = {"degree", "integrate", "integrat", "apprenticeship"}


class Wrong(Exception):
    """A folder or a file that cannot be read; the message is one plain sentence."""


def kind_of(folder: Path) -> str:
    """`duties`, `ratings` or `skills`, by the files of a folder; raises Wrong for any other."""
    if not folder.is_dir():
        raise Wrong(f"There is no folder {folder}; name one that holds judgements.")
    if all((folder / name).is_file() for name in DUTIES):
        return "duties"
    if any(folder.glob(ANNOTATIONS)):
        return "skills"
    if any(folder.glob(RATERS)):
        return "ratings"
    raise Wrong(
        f"The folder {folder} holds no judgements: put there {', '.join(DUTIES)}; or files named {RATERS}; or files "
        f"named {ANNOTATIONS} with {LABELS}."
    )


def rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file that must have these columns; raises Wrong otherwise."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            missing = [c for c in columns if c not in (reader.fieldnames or ())]
            if missing:
                raise Wrong(
                    f"{path} has no column {', '.join(missing)}; its first line must name {', '.join(columns)}."
                )
            return list(reader)
    except UnicodeDecodeError as error:
        raise Wrong(f"{path} is not UTF-8 text; save it as CSV in UTF-8.") from error


def duties(folder: Path) -> list[Framework]:
    """A framework for each standard: its statements, its duties in their order, and the links as verdicts."""
    texts, statements = rows(folder / "duties.csv", ("standard", "duty_id", "text")), rows(
        folder / "statements.csv", ("standard", "statement_id", "kind", "text")
    )  # fmt: skip
    linked = {
        (r["standard"], r["duty_id"], r["statement_id"])
        for r in rows(folder / "links.csv", ("standard", "duty_id", "statement_id"))
    }
    listed = rows(folder / "standards.csv", ("standard", "title"))
    found = [_standard(r["standard"], r["title"], texts, statements, linked) for r in listed]
    return [f for f in found if f.texts and f.statements]


def _standard(
    key: str, title: str, texts: Iterable[dict[str, str]], statements: Iterable[dict[str, str]],
    linked: set[tuple[str, str, str]],
) -> Framework:  # fmt: skip
    duties_ = [Text(r["duty_id"], r["text"]) for r in texts if r["standard"] == key]
    named = [Statement(r["statement_id"], r["text"], r["kind"]) for r in statements if r["standard"] == key]
    verdicts = np.array([[float((key, d.key, s.key) in linked) for s in named] for d in duties_])
    return Framework(key, tuple(named), tuple(duties_), verdicts.reshape(len(duties_), len(named)), title, True)


def dealt(framework: Framework, seed: int) -> Framework:
    """The framework with the verdicts on each statement dealt to other texts at random: only popularity is left."""
    known = framework.judged
    verdicts = framework.verdicts.copy()
    verdicts[known] = np.random.default_rng(seed).permuted(verdicts[known], axis=0)
    return replace(
        framework, key=f"{framework.key}, dealt", verdicts=verdicts, remarks=_dealt(framework.remarks, seed)
    )


def _dealt(remarks: Sequence[Remark], seed: int) -> tuple[Remark, ...]:
    """The same remarks, each with the verdicts of another."""
    order = np.random.default_rng(seed).permutation(len(remarks))
    return tuple(replace(one, verdicts=remarks[other].verdicts) for one, other in zip(remarks, order, strict=True))


def groups(titles: Sequence[str], near: float = NEAR) -> list[str]:
    """A name for each title; near-same titles, and those near-same to a third one, have one name."""
    words = [frozenset(tokens(title)) - SAID_OF_TITLES for title in titles]
    names = list(range(len(titles)))
    for a in range(len(titles)):
        for b in range(a):
            both = words[a] | words[b]
            if both and len(words[a] & words[b]) / len(both) >= near - 1e-9:
                old, new = names[a], names[b]
                names = [new if name == old else name for name in names]
    return [str(name) for name in names]


def parts(names: Sequence[str], count: int, seed: int) -> list[list[int]]:
    """Positions in `count` parts at random; those of one name stay together."""
    order = np.random.default_rng(seed).permutation(sorted(set(names))).tolist()
    place = {name: n % count for n, name in enumerate(order)}
    found = [[n for n, name in enumerate(names) if place[name] == part] for part in range(count)]
    return [part for part in found if part]


@dataclass(frozen=True)
class Sentence:
    """A sentence, the labels people gave it, and the words they gave each label for (empty where not told)."""

    text: str
    labels: frozenset[str]
    spans: tuple[tuple[str, str], ...]


def sentences(folder: Path, labels: Sequence[str]) -> dict[str, list[Sentence]]:
    """Sentences with at least one of the labels, by the name of their file."""
    known, found = set(labels), {}
    for path in sorted(folder.glob(ANNOTATIONS)):
        listed = rows(path, ("sentence", "label"))
        told: dict[str, list[tuple[str, str]]] = {}
        for row in listed:
            if row["label"] in known:
                told.setdefault(row["sentence"], []).append((row["label"], row.get("span") or ""))
        found[re.split(r"[_-]", path.stem)[0]] = [
            Sentence(text, frozenset(label for label, _ in given), tuple(given)) for text, given in told.items()
        ]
    if not any(found.values()):
        raise Wrong(f"{folder} has no sentence with a label of {LABELS}; give the labels as they are listed there.")
    return found


def labels(folders: Sequence[Path]) -> list[str]:
    """The label list of the first of the folders that has one; raises Wrong where none has."""
    for folder in folders:
        if (folder / LABELS).is_file():
            listed = (folder / LABELS).read_text(encoding="utf-8-sig").splitlines()
            return [label for label in dict.fromkeys(x.rstrip("\r") for x in listed) if label.strip()]
    raise Wrong(f"{folders[0]} has no {LABELS}: put the list of labels there, one a line.")


def priors(folders: Sequence[Path]) -> dict[str, float]:
    """How often each label is expected, from the first folder that says so; empty where none does."""
    for folder in folders:
        if (folder / PRIORS).is_file():
            return {str(k): float(v) for k, v in json.loads((folder / PRIORS).read_text(encoding="utf-8")).items()}
    return {}
