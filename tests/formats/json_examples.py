"""Write docs/json: a real answer for each JSON shape, its long lists cut to two.

Run it as `python -m tests.formats.json_examples`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/json"
ON = ["--on", "2026-11-21"]
JUDGED = Path(__file__).parent
CORE = ["--framework", "common-core-2005", "--kind", "person"]
COMMANDS = {
    "search": ["search", "playworker", *ON],
    "show": ["show", "500/9170/0", *ON],
    "history": ["history", "playworker", *ON],
    "quality": ["quality", *ON],
    "rules": ["rules", "--held", "U-CYP31,U-SHC31", "--for", "500/9170/0", *ON],
    "coverage": ["coverage", "common-core-2005", "--by", "level", *ON],
    "coverage-cell": ["coverage", "common-core-2005", "--area", "CC6", "--by", "level", "--row", "3", *ON],
    "role-coverage": ["coverage", "common-core-2005", "--role", "playworker", *ON],
    "carry": ["carry", "common-core-2005", "common-core-2010", "--dry-run", *ON],
    "judgements": ["import", "judgements", str(JUDGED / "judged_by_ann.csv"), *CORE, "--rater", "Ann"],
    "agreement": ["agreement", "common-core-2005", *ON],
    "suggest": ["suggest", "common-core-2005", *ON],
    "crowding": ["overlap", "--cluster", "early-years-childcare-play", *ON],
    "topup": ["topup", "--held", "500/9170/0", "--for", "childminder", *ON],
    "routes": ["routes", "--from", "playworker", "--to", "youth-worker", *ON],
    "compose": ["compose", "--role", "family-support-worker", "--fully", *ON],
    "transitions": ["transitions", "--from", "playworker", "--to", "childminder", *ON],
    "overlap": ["overlap", "500/9170/0", "601/3474/4", *ON],
    "duplicates": ["duplicates", *ON],
    "inclusion": ["inclusion", *ON],
    "figures": ["figures", "figures_turnover", "--where", "area=North East", *ON],
    "datasets": ["figures", *ON],
    "supply": ["supply", "--assume", "10000", *ON],
    "workforce": ["workforce", *ON],
    "takeup": ["takeup", "--of", "playworker", *ON],
    "takeup-nobody": ["takeup", "--nobody", *ON],
    "error": ["show", "nothing-such"],
}
WHY = ["--reason", "The specification says so."]
PAIR = ["500/9170/0", "601/3474/4"]
COMMANDS |= {"inbox": ["inbox"], "looked": ["duplicates", "--keep", "--of", "units"]}
COMMANDS |= {"conflicts": ["conflicts"], "joining": ["join", *PAIR, "--dry-run", *WHY], "matches": ["matches"]}
BEFORE = {
    "conflicts": [["decide", "601/2726/0", "level", "--show", "3", *WHY]],
    "agreement": [
        ["import", "judgements", str(JUDGED / f"judged_by_{name.lower()}.csv"), *CORE, "--rater", name]
        for name in ("Ann", "Bea")
    ],
    "figures": [["ingest", "starter"]],
    "datasets": [["ingest", "starter"]],
    "takeup": [["ingest", "statistics", str(JUDGED / "starts_by_standard.csv")]],
    "takeup-nobody": [["ingest", "statistics", str(JUDGED / "starts_by_standard.csv")]],
    "matches": [["pair", *PAIR, *WHY], ["apart", "Q001", "Q002", *WHY]],
}
"""What is done before some are asked, so that their lists are not empty."""
INGEST = ["ingest", "starter"]
MEANING = {
    "takeup": "How many take a thing, in each table that counts it (or one table, cut): a number, a symbol, or none.",
    "takeup-nobody": "What is listed and nobody takes, by what each held table covers; beside the documents' count.",
    "workforce": "Every estimate of the size of the workforce: when, how it was come by, how sure that makes it.",
    "supply": "Learners by area beside people: ratio with limits, grade, reason, what would settle it.",
    "ingest": "What one import read and changed. Numbers are of rows, `writes` of rows written.",
    "search": "What was found, best first, and how many each filter would leave.",
    "show": "One thing (here a qualification): its facts, each with its citations, then all else that its page says.",
    "history": "Every change of a thing in groups, newest first: by whom, why, on whose word, field by field.",
    "quality": "Every check of the data: what it looked at, how many cases, the first of them.",
    "rules": "Whether a holding meets a target, node by node, and what is missing.",
    "coverage": "What units teach of a framework by one cut, under one counting rule.",
    "coverage-cell": "The units behind one number of coverage: how far each goes, by whom, on which words.",
    "role-coverage": "What a role requires of a framework, and how each qualification that serves it meets that.",
    "carry": "What would be carried over from an edition to the one that replaces it, and what is lost.",
    "judgements": "What reading one rater's judgements added, changed and left; the batches that they are in.",
    "agreement": "How far raters agree, by statement and overall: coefficients with their intervals; who they are.",
    "suggest": "Which statements each unit probably touches: probability, rank among its own, words it rests on.",
    "crowding": "How crowded a cluster is: awards by level, shared units, different units that say the same.",
    "topup": "The least that takes a holding to a target: items with why, cost within bounds, proof, other ways.",
    "routes": "The best ways from a role to another, each step with what is taken for it; whether that is proven.",
    "compose": "The existing units that cover what is needed: proof, size, shares, likeness, what people decide.",
    "transitions": "What carries everybody in one role into another, why, and whose module that would be.",
    "overlap": "What two qualifications have in common and what each adds.",
    "duplicates": "Pairs of things that may be one, best first: how like, the verdict and why. Nothing was merged.",
    "inclusion": "The rule of inclusion, and its effect on official rows: what enters, leaves, stays, waits.",
    "figures": "Figures of a statistical table as published: a row has a value, or the symbol in its place.",
    "datasets": "The statistical tables that are held: what each counts, where, its columns, its version.",
    "inbox": "All that waits for a decision, what most roles ask for first; how many of each kind.",
    "looked": "Entries compared with each other: the pairs that look like one thing, and how many of them wait.",
    "conflicts": "Fields about which sources disagree: every value with its place, the shown one first; decisions.",
    "joining": "What joining the second entry into the first would do: what moves, what is filled, what will wait.",
    "matches": "Rows and entries that may be things held here, each with its number; and what was decided of others.",
    "error": "Anything that was refused, with exit status 2 (or 4xx). The one error shape (RFC 9457).",
}


def cut(value):
    """The same with every list cut to two."""
    if isinstance(value, list):
        return [cut(v) for v in value[:2]]
    return {k: cut(v) for k, v in value.items()} if isinstance(value, dict) else value


def keys(value):
    """The keys of an answer, all the way down; of a list, those of its first item."""
    if isinstance(value, dict):
        return {k: keys(v) for k, v in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else None


def as_text(answer):
    """An example as its file holds it."""
    return json.dumps(cut(answer), ensure_ascii=False, indent=2) + "\n"


def readme(examples):
    """The list of shapes with their keys, from the examples themselves."""
    lines = [
        "# JSON shapes",
        "",
        "One example for each shape, made by its command from the starter; long lists are cut to two. Keys may be",
        "added; those listed keep their meaning. `python -m tests.formats.json_examples` writes this folder anew,",
        "and a test holds the keys to what the commands answer.",
        "",
    ]
    for shape, answer in examples.items():
        arguments = INGEST if shape == "ingest" else [a for a in COMMANDS[shape] if a not in ON]
        lines += [
            f"## [{shape}]({shape}.json)",
            "",
            MEANING[shape],
            "",
            f"`iqf {' '.join(arguments).replace(f'{ROOT}/', '')} --json`",
            "",
        ]
        lines += [f"- `{key}`{_inner(value)}" for key, value in answer.items()] + [""]
    return "\n".join(lines).rstrip() + "\n"


def _inner(value):
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return ""
    brackets = "[]" if isinstance(value, list) else ""
    return f"{brackets}: {', '.join(f'`{k}`' for k in first)}"


def _answer(home, arguments):
    environment = {**os.environ, "IQF_HOME": home, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "iqf.cli.main", *arguments, "--json"]
    return json.loads(subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout)


def main():
    """Load the starter into a home of its own, ask, write."""
    with tempfile.TemporaryDirectory(prefix="iqf-json-") as home:
        examples = {"ingest": _answer(home, INGEST)}
        for shape, arguments in COMMANDS.items():
            for first in BEFORE.get(shape, ()):
                _answer(home, first)
            examples[shape] = _answer(home, arguments)
    FOLDER.mkdir(exist_ok=True)
    for shape, answer in examples.items():
        (FOLDER / f"{shape}.json").write_text(as_text(answer))
    (FOLDER / "README.md").write_text(readme({shape: cut(a) for shape, a in examples.items()}))


if __name__ == "__main__":
    main()
