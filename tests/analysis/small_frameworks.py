"""Small frameworks written by hand: statements about care, tools, records; texts that touch some of them."""

import numpy as np

from iqf.analysis.suggest.records import Framework, Statement, Text

MATTERS = {
    "safety": ("Keep children safe from harm", "Know the signs of abuse and harm", "protecting children from harm"),
    "records": ("Keep accurate records", "Know how records are stored and shared", "writing and storing records"),
    "play": ("Plan play that helps learning", "Know why play matters", "planning play and learning"),
    "teams": ("Work with other services", "Know what other services do", "working with other services"),
    "food": ("Prepare healthy meals", "Know what a healthy diet is", "preparing meals and a healthy diet"),
    "talk": ("Listen and talk with families", "Know how families communicate", "listening to families and talking"),
}
"""Each matter as a skill, as knowledge, and as a text says it."""
WIDELY = "Be honest and reliable"
"""A behaviour that almost every text touches."""


def small(key, seed):
    """A framework of some matters: every text says two of them and touches their statements and the behaviour."""
    pick = np.random.default_rng(seed)
    named = sorted(pick.permutation(list(MATTERS))[:5].tolist())
    statements = [
        Statement(f"{key}-{kind[0]}-{name}", f"{MATTERS[name][n]} in setting {key}", kind)
        for n, kind in enumerate(("skill", "knowledge"))
        for name in named
    ] + [Statement(f"{key}-b", WIDELY, "behaviour")]
    said = [pick.permutation(named)[:2].tolist() for _ in range(12)]
    texts = [
        Text(f"{key}-{n}", f"{MATTERS[a][2].capitalize()}, and {MATTERS[b][2]}") for n, (a, b) in enumerate(said)
    ]
    touched = [[float(s.kind == "behaviour" or s.key.split("-")[-1] in pair) for s in statements] for pair in said]
    return Framework(key, tuple(statements), tuple(texts), np.array(touched), f"Worker {key}", True)


def several(count=6):
    """So many small frameworks."""
    return [small(f"F{n}", n) for n in range(count)]


def corpus(frameworks):
    """Every wording of the frameworks."""
    return [t.whole for f in frameworks for t in f.texts] + [s.whole for f in frameworks for s in f.statements]
