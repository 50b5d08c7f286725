"""The rule of inclusion on plain records, beside a naive second way of matching phrases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.inclusion import (
    Choice,
    Row,
    RuleError,
    judge,
    plain,
    read_rule,
    records_of,
    rule_of,
    singular,
    tokens,
)

CHILD = {"name": "Children", "does": "admits", "phrases": ["child", "young people", "pre-school"]}
CARE = {"name": "Care", "does": "asks", "phrases": ["social care"], "areas": ["Health and social care"]}
ANIMALS = {"name": "Animals", "does": "refuses", "areas": ["Animal care"]}
BOOKS = {"name": "Books", "does": "refuses", "phrases": ["children's books"]}
RULE = rule_of([CHILD, CARE, ANIMALS, BOOKS])


def standing(title, **facts):
    return judge(RULE, Row(title, **facts)).standing


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Award in Working with Children", "in"),
        ("Award for the Children’s Workforce", "in"),
        ("Certificate in Childrens' Services", "in"),
        ("Diploma (Child Development)", "in"),
        ("Award in Young-People Skills", "in"),
        ("Award in YOUNG PERSON mentoring", "in"),
        ("Teaching Pre-School Swimming", "in"),
        ("Certificate in Preschool Practice", "in"),
        ("Certificate in Pre School Practice", "in"),
        ("Fairchild Award in Engines", "out"),
        ("Award in Childlike Wonder", "out"),
        ("Young Engineers and People Skills", "out"),
        ("Award in Children’s Books", "out"),
        ("Award in Bookkeeping", "out"),
        ("", "out"),
    ],
)
def test_phrases_are_whole_words_in_any_number(title, expected):
    assert standing(title) == expected


def test_a_clause_is_narrowed_by_what_it_names():
    assert standing("Award in Social Care") == "out"
    assert standing("Award in Social Care", area="1.3  Health and Social Care") == "borderline"
    assert standing("Award in Children and Horses", area="Animal care") == "out"


def test_the_reason_names_the_clause_and_the_words_as_they_stand_in_the_title():
    verdict = judge(RULE, Row("BTEC Award for Young  People’s Carers"))
    assert verdict.because == "Admitted by the clause “Children”: the title says “Young  People’s”."
    assert (verdict.by, verdict.clauses) == ("rule", ("Children",))
    asked = judge(RULE, Row("Adult Social Care", area="Health and social care"))
    assert asked.because.endswith("the title says “Social Care” and the subject area is Health and social care.")
    nobody = judge(RULE, Row("Award in Engines"))
    assert (nobody.by, nobody.because) == ("nobody", "No clause of the rule speaks of it.")


def test_who_comes_before_whom():
    refused = Row("Children and horses", area="Animal care")
    assert judge(RULE, refused).standing == "out"
    assert judge(RULE, refused, required="Groom").because == "Asked for by a role: Groom."
    choice = Choice("refused", "not ours")
    assert judge(RULE, Row("Children"), "Nanny", choice).because == "Refused by a reviewer: not ours"
    assert judge(RULE, refused, "", Choice("chosen", "riding therapy")).standing == "in"
    both = Row("Children in social care", area="Health and social care")
    assert judge(RULE, both).standing == "in"


def test_the_order_of_clauses_that_do_the_same_decides_who_is_named_first():
    rule = rule_of([CHILD | {"name": "B"}, CHILD | {"name": "A", "phrases": ["children"]}])
    assert judge(rule, Row("Children")).clauses == ("B", "A")


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ([CHILD | {"name": " "}], "has no name"),
        ([CHILD | {"does": "welcomes"}], 'The clause "Children" welcomes; a clause refuses, admits or asks.'),
        ([{"name": "Empty", "does": "admits"}], "neither phrases nor anything else"),
        ([CHILD | {"phrases": ["…"]}], "in which there is no word"),
        ([CHILD, CHILD], 'Two clauses are called "Children"'),
        ([CHILD | {"phrases": "child"}], "no list of texts"),
        ([CHILD | {"phrase": ["child"]}], 'has "phrase"; it can have name, does, phrases'),
    ],
)
def test_a_wrong_rule_is_refused_in_a_sentence_that_names_the_clause(clauses, said):
    with pytest.raises(RuleError, match=re.escape(said)):
        rule_of(clauses)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clause = [", "not TOML"),
        ("", "no clauses"),
        ('title = "x"\n[[clause]]\nname = "a"', "other things beside them"),
        ("clause = [1]", "Clause 1 is no table"),
    ],
)
def test_a_wrong_file_is_refused(text, said):
    with pytest.raises(RuleError, match=said):
        read_rule(text)


def test_a_rule_survives_being_written_down():
    assert rule_of(records_of(RULE)) == RULE
    assert read_rule('[[clause]]\nname = "A"\ndoes = "admits"\nphrases = [" child  care ", "child care"]').clauses[
        0
    ].phrases == ("child care",)


def test_a_clause_in_words():
    assert RULE.clauses[1].words == (
        "Asks a reviewer where the title says “social care” and the subject area is Health and social care."
    )


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("children's", "child"),
        ("childrens", "child"),
        ("babies", "baby"),
        ("nurseries", "nursery"),
        ("process", "process"),
        ("classes", "class"),
        ("people", "person"),
        ("bus", "bus"),
        ("is", "is"),
    ],
)
def test_singular(word, one):
    assert singular(word) == one


def test_a_creche_is_found_in_any_number():
    assert singular("crèches") == singular("crèche")
    assert singular("coaches") == singular("coach")


def test_areas_are_compared_without_case_and_number():
    assert plain("1.5 Child  Development") == plain("child development")


WORDS = st.sampled_from(
    ["child", "children", "care", "early", "years", "young", "people", "person", "pre-school", "a"]
)
SPACE = st.sampled_from([" ", "  ", ", ", " (", ") ", "/", " & "])


@given(st.lists(st.tuples(WORDS, SPACE), min_size=1, max_size=8), st.lists(WORDS, min_size=1, max_size=3))
def test_matching_is_what_a_plain_search_over_word_lists_finds(pieces, phrase):
    """The naive way: both as lists of singular words, hyphens taken as spaces, then as nothing; any window equal."""
    title = "".join(word + space for word, space in pieces)
    wanted = " ".join(phrase)
    found = judge(rule_of([{"name": "X", "does": "admits", "phrases": [wanted]}]), Row(title)).standing == "in"

    def words(text, hyphen):
        return [singular(w) for w in re.findall(r"[a-z']+", text.replace("-", hyphen))]

    def windows(text, hyphen, size):
        said = words(text, hyphen)
        return [said[n : n + size] for n in range(len(said) - size + 1)]

    forms = [words(wanted, h) for h in (" ", "")]
    naive = any(form in windows(title, h, len(form)) for form in forms for h in (" ", ""))
    assert found == naive


def test_words_keep_letters_outside_ascii():
    assert tokens("Crèche Work") == ("crèch", "work")


PIECES = (
    "child",
    "Children's",
    "pre-school",
    "preschool",
    "(Children)",
    "social",
    "care",
    "Youth",
    "dogs,",
    "and",
    "’s",
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=6).map(" ".join))
def test_a_title_that_nothing_can_admit_is_never_in(title):
    rule = rule_of(
        [
            CHILD | {"phrases": ["child", "preschool", "social care"], "levels": ["3"]},
            CHILD | {"name": "Dogs", "does": "refuses", "phrases": ["dog"]},
            CHILD | {"name": "Level", "does": "asks", "phrases": [], "levels": ["3"]},
        ]
    )
    stands = judge(rule, Row(title, level="3")).standing == "in"
    assert rule.may_admit(title) or not stands
    free = rule_of([CHILD | {"phrases": ["child", "preschool", "social care"]}])
    assert free.may_admit(title) == (judge(free, Row(title)).standing == "in") or "care" in title.casefold()


def test_a_clause_that_admits_without_looking_at_titles_may_admit_any():
    rule = rule_of([CHILD | {"phrases": [], "areas": ["Health"]}])
    assert rule.may_admit("Bookkeeping")
    assert judge(rule, Row("Bookkeeping", area="Health")).standing == "in"
