"""How far two holders can differ, by drawing and against trying every pair."""

from itertools import product

from hypothesis import assume, given
from tests.trying import trying

from iqf.analysis.rule_best import best_choice
from iqf.analysis.rule_difference import difference
from iqf.analysis.rules import Holding, Ruleset, evaluate

from .brute_rules import LEVELS, World, resolve_tree, subsets
from .test_rules_brute import bars, facts, groups
from .trees import tree, units

FACTS = units("a3 b2 c3 d2 e1 f4 g4 h2")


def differ(drawing, known=FACTS):
    return difference(Ruleset("Q", tree(drawing)), known)


def test_a_wholly_mandatory_rule_leaves_no_difference():
    found = differ("root all: a b")
    assert (found.status, found.always, found.fewest_common_units, found.most_different_units) == (
        "exact",
        ("a", "b"),
        2,
        0,
    )
    assert found.words == "Every holder has the same 2 units; no two holders differ."
    assert (found.always_credit.known_low, found.fewest_common_credit) == (5, 5)


def test_pathways_and_options_make_the_difference():
    found = differ(
        """
        root all
          A all: a b
          P pathway, at most 1 parts
            B all: c
            C all: d e
          E choose 4 credits: f g h
        """
    )
    assert found.status == "exact"
    assert found.always == ("a", "b")
    assert (found.fewest_common_units, found.fewest_common_credit) == (2, 5)
    assert found.most_different_units == 5  # c against d and e, f against g
    assert set(found.furthest.first) ^ set(found.furthest.second) == {"c", "d", "e", "f", "g"}
    assert found.least_alike.common == ("a", "b")
    assert found.words == (
        "Every holder has the same 2 units; two holders share at least 2 units, "
        "and up to 5 units can be held by only one of them."
    )


def test_two_large_choices_from_one_list_must_meet():
    found = differ("root choose 3 units: a b c d")
    assert found.always == ()
    assert (found.fewest_common_units, found.fewest_common_credit, found.most_different_units) == (2, 4, 2)


def test_an_incomplete_list_gives_a_bound():
    found = differ("root all\n  A all: a b\n  E choose 4 credits, list incomplete: f g")
    assert found.status == "bound"
    assert "more may be possible" in found.words
    assert found.fewest_common_units == 2


def test_a_list_that_its_published_total_shows_to_be_short_gives_a_bound():
    assert differ("root all\n  A all, 3 units: a b\n  B choose 1 units: c d").status == "bound"


def test_unknown_credit_gives_a_bound():
    assert differ("root choose 4 credits: a b c", units("a3 b? c3")).status == "bound"


def test_a_published_total_counts_for_what_all_share():
    found = differ("root all\n  A all, 9 credits: a b\n  E choose 1 units: c d", units("a? b? c1 d1"))
    assert (found.always_credit.known_low, found.fewest_common_credit) == (9, 9)


def test_a_rule_that_nobody_can_meet():
    found = differ("root choose 90 credits: a b")
    assert found.status == "impossible"
    assert found.least_alike is None


# ---- against trying every pair ----


def selections(ruleset, known, lean):
    """Every set of units that meets the rule with each unit counting, and (lean) none to spare."""
    root = ruleset.root
    plain, _ = next(iter(resolve_tree(root, known, root, (), 1)))
    places = [(g.id, u) for g in root.walk() for u in g.units]
    credit = {code: fact.credit_low for code, fact in known.items()}
    level = {code: fact.level for code, fact in known.items()}
    found = set()
    for held in subsets(sorted({u for _, u in places})):
        if any(bar <= set(held) for bar in ruleset.barred):
            continue
        for chosen in product(*[[p for p in places if p[1] == u] for u in held]):
            world = World(plain, set(held), set(chosen), credit, level, {}, credit)
            valid = any(met and counted == set(chosen) for met, counted in world.outcomes(plain))
            if valid and (not lean or all(needed(world, plain, p, set(chosen)) for p in chosen)):
                found.add(frozenset(held))
    return found


def needed(world, root, place, chosen):
    """Whether the unit's group or one above it would stop reaching something without it."""
    path = way_down(root, place[0])
    if path[-1].kind == "all" and full(world, path[-1]):
        return True
    return any(missed(world, group, place, chosen) for group in path)


def full(world, group):
    if not world.has(group, group.units):
        return False
    return any(met for met, _ in world.outcomes(group))


def missed(world, group, place, chosen):
    if group.full:
        return False
    below = set(listed(group)) & chosen
    if group.group.min_units and len(below) == group.group.min_units:
        return True
    floors = [(max(1, LEVELS.index(f.level)), f.at_least) for f in group.group.credit_at_level]
    for floor, least in [(0, group.group.min_credit or 0), *floors]:
        if least and world.worth(group, below, floor) >= least > world.worth(group, below - {place}, floor):
            return True
    return False


def listed(group):
    return [(group.id, u) for u in group.units] + [p for child in group.children for p in listed(child)]


def way_down(group, name):
    if group.id == name:
        return [group]
    ways = [way_down(child, name) for child in group.children]
    return next(([group, *way] for way in ways if way), [])


def contradicts(root):
    """Whether a maximum lets fewer units count than are mandatory below it: then not all that is held can count."""
    for g in (g for g in root.walk() if g.max_units is not None):
        mandatory = (x for x in g.walk() if x.kind == "all" or not x.structure_known)
        if sum(len(x.units) for x in mandatory) > g.max_units:
            return True
    return False


@trying(120)
@given(groups(), facts(), bars)
def test_every_pair_of_holders_is_considered(root, known, barred):
    ruleset = Ruleset("Q", root, tuple(barred))
    assume(sum(len(g.units) for g in root.walk()) <= 7)
    assume(not contradicts(root))
    found = difference(ruleset, known)
    assume(found.status != "bound")
    holders = selections(ruleset, known, lean=False)
    assert (found.status == "impossible") == (not holders)
    if not holders:
        return
    assert found.fewest_common_units == min(len(x & y) for x in holders for y in holders)
    credit = {code: fact.credit_low for code, fact in known.items()}
    shared = min(sum(credit[u] for u in x & y) for x in holders for y in holders)
    assert found.fewest_common_credit == max(shared, found.always_credit.known_low)
    lean = selections(ruleset, known, lean=True)
    assert found.most_different_units == max(len(x ^ y) for x in lean for y in lean)
    assert set(found.always) == frozenset.intersection(*holders)
    for pair in (found.least_alike, found.furthest):
        for side in (pair.first, pair.second):
            assert evaluate(ruleset, known, Holding(frozenset(side))).verdict == "met"


@trying(30)
@given(groups(sure=False), facts(known=False), bars)
def test_whoever_can_hold_it_can_hold_it_with_nothing_to_spare(root, known, barred):
    assume(not contradicts(root))
    ruleset = Ruleset("Q", root, tuple(barred))
    everything = Holding(frozenset(u for g in root.walk() for u in g.units))
    possible = evaluate(ruleset, known, everything).verdict != "not met"
    found = difference(ruleset, known)
    assert (found.status != "impossible") == possible
    assert (found.furthest is not None) == possible
    assert (best_choice(ruleset, known, {}, {}).status != "impossible") == possible
