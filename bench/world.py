"""A made-up world of any size, the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SUBJECTS = (
    "early years", "childcare", "playwork", "youth work", "teaching and learning", "residential childcare",
    "fostering", "social care", "health visiting", "youth justice", "family support", "speech and language",
    "special needs",
    "safeguarding", "leadership", "mental health", "substance misuse", "sport coaching", "careers guidance",
    "nursing",
)  # fmt: skip
DEEDS = (
    "supporting", "leading", "understanding", "promoting", "assessing", "planning", "managing", "developing",
    "communicating in", "working in partnership in", "principles of", "professional practice in",
)  # fmt: skip
SETTINGS = ("schools", "nurseries", "the home", "hospitals", "custody", "the community", "clubs", "centres")
OWNERS = tuple(f"Awarding Body {n}" for n in range(150))
SIZES = ("Award", "Certificate", "Diploma", "NVQ", "Extended Diploma")
STATEMENTS = ("CC1", "CC2", "CC3", "CC4", "CC5", "CC6")


@dataclass(frozen=True)
class Titled:
    """A qualification with a number."""

    code: str
    number: str
    title: str
    level: str
    owner: str


def qualifications(count: int, seed: int = 7) -> Iterator[Titled]:
    """So many qualifications, with titles as registers print them."""
    pick = random.Random(seed)
    for n in range(count):
        level = str(pick.randint(1, 8))
        owner = pick.choice(OWNERS)
        what = f"{pick.choice(DEEDS)} {pick.choice(SUBJECTS)} in {pick.choice(SETTINGS)}"
        title = f"{owner} Level {level} {pick.choice(SIZES)} in {what.title()} ({pick.randint(1990, 2026)})"
        yield Titled(f"IQF-Q-{n:06d}", f"{600 + n // 10_000}{n % 10_000:04d}{n % 10}", title, level, owner)


@dataclass(frozen=True)
class Links:
    """Units of qualifications, which of them were judged, and what they were found to teach."""

    links: list[tuple[int, int, bool]]
    judged: set[int]
    claims: list[tuple[int, str, str, bool]]


def links(holders: int, units: int, per_holder: int, seed: int = 11) -> Links:
    """Links of `holders` with `per_holder` of `units` each; half the units judged, claims drawn with a bias."""
    pick = random.Random(seed)
    joined = [
        (h, u, n < per_holder // 2)
        for h in range(holders)
        for n, u in enumerate(pick.sample(range(units), per_holder))
    ]
    judged = {u for u in range(units) if pick.random() < 0.5}
    claims = [
        (u, s, "fully" if pick.random() < 0.3 else "partly", pick.random() < 0.85)
        for u in judged
        for n, s in enumerate(STATEMENTS)
        if pick.random() < 0.4 / (n + 1)
    ]
    return Links(joined, judged, claims)
