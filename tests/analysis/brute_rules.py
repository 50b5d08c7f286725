"""A second, naive implementation of rules of combination: every resolution, every way to count.

It shares nothing with the product but the records. Unknown facts are resolved in every (sampled) way; each
resolution is decided by trying every subset to rely on and every place for every unit.
"""

from dataclasses import dataclass, field
from itertools import chain, combinations, product
from math import prod

from iqf.analysis.rule_tree import Group, Holding, Ruleset, UnitFact

LEVELS = ["none", "E1", "E2", "E3", *"12345678"]
PLENTY = 9
"""More than any minimum in the generated trees asks for."""

MOST_RESOLUTIONS = 600


def subsets(items):
    items = list(items)
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


@dataclass
class Plain:
    """A group with nothing unknown left in it."""

    id: str
    kind: str
    units: list
    children: list
    group: Group
    required: set = field(default_factory=set)  # units
    required_children: set = field(default_factory=set)
    full: bool = False  # everything mandatory and listed: totals are published, not conditions
    split_unknown: bool = False
    at_least_one: bool = False
    listed_unsplit: bool = False  # the whole list is known, the split is not


# ---- deciding one resolution ----


def decide(root: Plain, held, credit, level, classes, bars, low):
    """Whether a definite rule can be met by a definite holding."""
    name = _class_names(classes)
    places = [(g.id, u) for g in _walk(root) for u in g.units]
    held_names = {name.get(u, u) for u in held}
    standing = sorted({name.get(u, u) for _, u in places} & held_names)
    bar_names = [{name.get(u, u) for u in bar} for bar in bars]
    allowed = [
        set(kept)
        for kept in subsets(standing)
        if not any(len(bar & set(kept)) > 1 for bar in bar_names if len(bar) > 1)
    ]
    for kept in [kept for kept in allowed if not any(kept < more for more in allowed)]:
        options = [[None, *[p for p in places if name.get(p[1], p[1]) == k]] for k in sorted(kept)]
        for chosen in product(*options):
            world = World(root, kept, {p for p in chosen if p}, credit, level, name, low)
            if any(met for met, _ in world.outcomes(root)):
                return True
    return False


class World:
    def __init__(self, root, kept, counted, credit, level, name, low):
        self.low = low  # the least credit each unit is known to have
        self.kept, self.counted, self.credit, self.level, self.name = kept, counted, credit, level, name
        self.required_of = {g.id: g.required for g in _walk(root)}
        self.choices = [(group, name.get(u, u)) for group, u in counted if u not in self.required_of[group]]

    def has(self, g, units):
        """Whether the units are relied on, none of them as some other group's choice."""
        names = {self.name.get(u, u) for u in units}
        elsewhere = {item for group, item in self.choices if group != g.id}
        return names <= self.kept and not names & elsewhere

    def outcomes(self, g):
        """Every (met, places that count) that the group can come out with."""
        own = frozenset(p for p in self.counted if p[0] == g.id)
        found = set()
        for combination in product(*[self.outcomes(child) for child in g.children]):
            for taken in self.takes(g):
                counting = own.union(*[combination[i][1] for i in taken])
                for some in self.at_most(g, counting):
                    found.add((self.met(g, combination, taken, some), some))
        return found

    def takes(self, g):
        everything = tuple(range(len(g.children)))
        limit = g.group.max_children
        if g.kind == "pathway":
            return [t for t in subsets(everything) if limit is None or len(t) <= limit]
        if g.kind == "choose" and limit is not None and limit < len(everything):
            return [t for t in subsets(everything) if len(t) <= limit]
        return [everything]

    def at_most(self, g, counting):
        limit = g.group.max_units
        if limit is None or g.split_unknown or len(counting) <= limit:
            return [counting]
        return [frozenset(s) for s in combinations(sorted(counting), limit)]

    def met(self, g, combination, taken, places):
        if not self.has(g, g.required) or not all(combination[i][0] for i in g.required_children):
            return False
        done = sum(combination[i][0] for i in taken)
        if g.kind == "pathway":
            least = 1 if g.group.min_children is None else g.group.min_children
            if done < len(taken) or done < least:
                return False
        if g.kind == "choose" and done < (g.group.min_children or 0):
            return False
        if g.full:
            return True
        if g.split_unknown and self.has(g, g.units) and all(met for met, _ in combination):
            return True
        return self.reached(g, places)

    def reached(self, g, places):
        rule = g.group
        least = max(rule.min_units or 0, 1 if g.at_least_one else 0)
        asked = [(0, rule.min_credit or 0)]
        asked += [(max(1, LEVELS.index(f.level)), f.at_least) for f in rule.credit_at_level]
        if g.split_unknown and rule.max_credit is not None:  # numbers that contradict each other decide nothing
            asked = [(floor, min(credit, rule.max_credit)) for floor, credit in asked]
        return len(places) >= least and all(self.worth(g, places, f) >= credit for f, credit in asked)

    def worth(self, g, places, floor):
        mine = [u for u in g.units if (g.id, u) in places and LEVELS.index(self.level[u]) >= floor]
        total = sum(self.credit[u] for u in mine) + sum(self.worth(c, places, floor) for c in g.children)
        if (g.full or g.listed_unsplit) and total < (g.group.min_credit or 0):
            below = [(x.id, u) for x in _walk(g) for u in x.units]
            if all(p in places and LEVELS.index(self.level[p[1]]) >= floor for p in below):
                total = g.group.min_credit
        if g.full and not g.children and g.group.min_credit:
            total = min(total, max(g.group.min_credit, sum(self.low[u] for u in set(g.units))))
        return total if g.group.max_credit is None else min(total, g.group.max_credit)


def _walk(g):
    yield g
    for child in g.children:
        yield from _walk(child)


def _class_names(classes):
    classes = [set(c) for c in classes]
    merged = True
    while merged:
        merged = False
        for a, b in combinations(range(len(classes)), 2):
            if classes[a] & classes[b]:
                classes[a] |= classes.pop(b)
                merged = True
                break
    return {u: min(c) for c in classes for u in c}


# ---- resolving what is not known ----


def short_list(group: Group, facts, root: Group, classes=()):
    """Whether the list is said to be incomplete, or its published totals show that it is."""
    nothing_listed = not any(g.units for g in group.walk())
    if not group.list_complete or (nothing_listed and (group is root or not group.structure_known)):
        return True
    if not all_mandatory(group, facts, root, classes):
        return False
    name = _class_names(classes)
    units = {name.get(u, u) for g in group.walk() for u in g.units}
    if len(units) < (group.min_units or 0):
        return True
    floors = [(max(1, LEVELS.index(f.level)), f.at_least) for f in group.credit_at_level]
    asked = [(0, group.min_credit or 0), *floors]
    return any(most(group, facts, floor) < credit for floor, credit in asked)


def all_mandatory(group, facts, root, classes):
    if group.kind != "all" and group.structure_known:
        return False
    return all(
        all_mandatory(c, facts, root, classes) and not short_list(c, facts, root, classes) for c in group.children
    )


def most(group, facts, floor):
    """The most the whole list can give; a child group is held to its maximum."""
    total = 0
    for fact in [facts[u] for u in group.units]:
        if max(LEVELS.index(level) for level in _levels(fact)) >= floor:
            total += PLENTY if fact.credit_high is None else fact.credit_high
    for child in group.children:
        below = most(child, facts, floor)
        total += below if child.max_credit is None else min(below, child.max_credit)
    return total


def resolve_tree(group, facts, root, classes, extra):
    """Every definite tree the group may be: yields (Plain, ghosts) with ghosts {code: held}."""
    for children in product(*[list(resolve_tree(c, facts, root, classes, extra)) for c in group.children]):
        trees = [tree for tree, _ in children]
        ghosts = {code: held for _, some in children for code, held in some.items()}
        for required, required_children, unknown in _splits(group):
            for codes, held, hidden in _gaps(group, facts, root, classes, extra):
                kind = group.kind if group.structure_known else "choose"
                plain = Plain(group.id, kind, [*group.units], [*trees], group)
                plain.required, plain.required_children = set(required), set(required_children)
                plain.split_unknown = unknown
                short = short_list(group, facts, root, classes)
                everything = len(required) == len(set(group.units)) and len(required_children) == len(trees)
                plain.full = (
                    everything and not short and (group.kind == "all" or unknown) and all(t.full for t in trees)
                )
                asks = group.min_units or group.min_credit or group.min_children or group.credit_at_level
                plain.listed_unsplit = unknown and not short and all(t.full for t in trees)
                plain.at_least_one = unknown and not short and not asks
                if hidden == "required":
                    plain.required |= set(codes)
                    plain.units += codes
                elif hidden == "listed":
                    plain.units += codes
                elif hidden == "pathway":
                    plain.children.append(Plain("+" + group.id, "choose", [*codes], [], Group("+" + group.id)))
                    if group.kind == "all":
                        plain.required_children.add(len(plain.children) - 1)
                yield plain, ghosts | dict.fromkeys(codes, held)


def _splits(group):
    children = range(len(group.children))
    if group.structure_known:
        both = (set(group.units), set(children)) if group.kind == "all" else (set(), set())
        return [(*both, False)]
    return [(set(u), set(c), True) for u in subsets(set(group.units)) for c in subsets(children)]


def _gaps(group, facts, root, classes, extra):
    """What the missing part of the list may be: (codes, held, how they stand)."""
    if not short_list(group, facts, root, classes):
        return [([], False, "nothing")]
    many = [f"+{group.id}{n}" for n in range(extra)]
    one = many[:1]
    if group.kind == "all" or not group.structure_known:
        found = [(one, False, "required"), (many, True, "required"), (one, True, "required")]
        if group.kind != "all":
            found += [(many, True, "listed"), (many, False, "listed")]
        return found
    if group.kind == "pathway":
        return [([], False, "nothing"), (many, True, "pathway")]
    return [([], False, "nothing"), (many, True, "listed"), (one, True, "listed")]


def brute_verdict(ruleset: Ruleset, facts: dict[str, UnitFact], holding: Holding):
    """The verdict over every sampled resolution: all met, none met, or mixed; ``None`` if too many to try."""
    if ruleset.target in holding.qualifications:
        return "met"
    groups = list(ruleset.root.walk())
    low = {code: fact.credit_low or 0 for code, fact in facts.items()}
    codes = sorted({u for g in groups for u in g.units})
    seen = set()
    extra = max([1, *[g.min_units or 0 for g in groups]])
    trees = list(resolve_tree(ruleset.root, facts, ruleset.root, ruleset.equivalents, extra))
    asks_credit = any(g.min_credit or g.credit_at_level for g in groups)
    asks_level = any(g.credit_at_level for g in groups)
    credit_options = [_credits(facts[c])[: None if asks_credit else 1] for c in codes]
    level_options = [_levels(facts[c])[: None if asks_level else 1] for c in codes]
    sizes = [len(o) for o in (*credit_options, *level_options)]
    if len(trees) * prod(sizes) * 2 ** len(holding.possible_units) > MOST_RESOLUTIONS:
        return None
    for maybe in subsets(holding.possible_units):
        for tree, ghosts in trees:
            held = set(holding.units) | set(maybe) | {c for c, h in ghosts.items() if h}
            for credits in product(*credit_options):
                for levels in product(*level_options):
                    credit = dict(zip(codes, credits, strict=True)) | dict.fromkeys(ghosts, PLENTY)
                    level = dict(zip(codes, levels, strict=True)) | dict.fromkeys(ghosts, "8")
                    seen.add(decide(tree, held, credit, level, ruleset.equivalents, ruleset.barred, low))
                    if len(seen) == 2:
                        return "cannot say"
    return "met" if seen == {True} else "not met"


def _credits(fact):
    low = fact.credit_low or 0
    high = PLENTY if fact.credit_high is None else fact.credit_high
    return sorted({low, (low + high) // 2, high})


def _levels(fact):
    if fact.level is None:
        return ["none", "2", "8"]
    return ["E1", "E2", "E3"] if fact.level == "Entry" else [fact.level]
