"""Tables of judgements: wide, long and SSSOM, out and in again without loss, and what is wrong with a bad one."""

import pytest
from tests.mapping.judging_world import area, framework, record, unjudged

from iqf.exchange.formats.sssom import COLUMNS, sssom
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.uploads.judgements import read_judgements
from iqf.mapping import actions
from iqf.mapping.read_elsewhere import FromFile, Verdict
from iqf.reports.judgements import judgements

CODES = ("CC1", "CC2")


def read(text, rater="Ann"):
    return read_judgements(text.encode(), "verdicts.csv", "core", CODES, rater)


def fault(text, rater="Ann"):
    with pytest.raises(Refused) as refused:
        read(text, rater)
    return [str(each) for each in refused.value.faults]


def test_a_row_for_each_unit_and_a_column_for_each_statement():
    found = read("unit_id,title,CC1,core/CC2,doubt,rationale\nU-1,One,2,,1,All of it\nU-2,Two,none,partly,0,\n")
    first, second = found
    assert (first.unit, first.row, first.doubt, first.rationale) == ("U-1", 2, True, "All of it")
    assert [(v.statement, v.verdict) for v in first.verdicts] == [("CC1", 2)]
    assert [(v.statement, v.verdict) for v in second.verdicts] == [("CC1", 0), ("CC2", 1)]


def test_a_row_for_each_unit_and_statement():
    head = "unit,statement,verb,verdict,doubt,rationale,quotation,quoted_from,quoted_at,confidence\n"
    (one,) = read(head + "U-1,CC1,assesses,fully,yes,Why,some words,summary,12,0.75\nU-1,cc2,,0,,,,,,\n")
    first, second = one.verdicts
    assert (first.verb, first.verdict, first.doubt, first.rationale) == ("assesses", 2, True, "Why")
    assert (first.quotation, first.quoted_from, first.quoted_at, first.confidence) == (
        "some words",
        "summary",
        12,
        0.75,
    )
    assert (second.verb, second.verdict, second.statement) == ("teaches", 0, "CC2")
    assert (one.doubt, one.rationale) == (None, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("a,b\n1,2\n", 'there must be a column "unit"'),
        ("unit,CC1,CC1\nU-1,1,1\n", 'two columns are called "cc1"'),
        ("unit,CC1,CC9\nU-1,1,1\n", 'the column "cc9" is no statement of this framework'),
        ("unit,title\nU-1,One\n", "no column for a statement; name one by its code, such as CC1, CC2"),
        ("unit,CC1\nU-1,3\n", 'row 2, column cc1: "3" is no verdict'),
        ("unit,CC1\nU-1,1\nU-1,2\n", "row 3, column unit: this unit stands in row 2 already"),
        ("unit,CC1\n,1\n", "row 2, column unit: the unit is not named"),
        ("unit,CC1\nU-1,=1+1\n", "row 2, column cc1: this cell holds a formula"),
        ("unit,CC1\nU-1,1,1,1\n", "row 2: this row has more cells than there are headings"),
        ("unit,CC1\nU-1,\n", "there is no judgement in the file"),
        ("unit,CC1,CC2\nU-1,1,1\nU-2,1\n", "row 3: this row has fewer cells than there are headings"),
        ("unit,CC1,doubt\nU-1,1,perhaps\n", '"perhaps" is neither yes nor no'),
        ("unit,statement\nU-1,CC1\n", 'there must be a column "verdict"'),
        ("unit,statement,verdict\nU-1,CC9,1\n", '"CC9" is no statement of this framework, or of this edition'),
        ("unit,statement,verdict\nU-1,other/CC1,1\n", '"other/CC1" is no statement of this framework'),
        ("unit,statement,verdict\nU-1,CC1,1\nU-1,CC1,2\n", "row 3, column statement: this unit and statement stand"),
        ("unit,statement,verb,verdict\nU-1,CC1,hints,1\n", '"hints" is neither teaches nor assesses'),
        ("unit,statement,verdict,confidence\nU-1,CC1,1,1.5\n", 'the confidence "1.5" is no number from 0 to 1'),
        ("unit,statement,verdict,quoted_at\nU-1,CC1,1,end\n", '"end" is no place in a text'),
        (
            "subject_id,predicate_id,object_id\nU-1,skos:exactMatch,CC1\n",
            'predicate "skos:exactMatch" says no verdict',
        ),
        ("subject_id,predicate_id,predicate_modifier,object_id\nU-1,iqf:teaches,Maybe,CC1\n", "it is Not or blank"),
        (
            "subject_id,predicate_id,object_id,author_label\nU-1,iqf:teachesFully,CC1,Bea\n",
            'nothing in the file is by "Ann"; it is by "Bea"',
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_files_own_rows(text, said):
    assert said in fault(text)[0]


def test_every_fault_is_said_at_once():
    assert len(fault("unit,CC1,CC2\nU-1,3,4\nU-2,x,1\n")) == 3


@pytest.fixture
def said(starter):
    """Two raters' judgements with everything that can be said beside them."""
    units = unjudged(2)
    full = Verdict(
        2,
        doubt=True,
        rationale="=not a formula",
        quotation="some words",
        quoted_from="summary",
        quoted_at=3,
        confidence=0.5,
    )
    for name, kind in (("Ann", "person"), ("model", "machine")):
        rater = actions.register(by="t", name=name, kind=kind)
        rows = [
            FromFile(
                units[0].pk,
                2,
                {(area("CC1").pk, "teaches"): full, (area("CC2").pk, "assesses"): Verdict(1)},
                True,
                "Whole\tunit",
            ),
            FromFile(units[1].pk, 3, {(area("CC1").pk, "teaches"): Verdict(0)}),
        ]
        record(rater, *rows)
    return judgements("common-core-2005")


def test_sssom_out_and_in_again_loses_nothing(said):
    text = sssom(said, "https://iqf.example")
    codes = [f"CC{n}" for n in range(1, 7)]
    found = read_judgements(text.encode(), "out.tsv", "common-core-2005", codes, "Ann")
    units = {one.unit: one for one in found}
    mine = [row for row in said.judgements if row.rater == "Ann"]
    assert len(mine) == sum(len(one.verdicts) for one in found) == 3
    for row in mine:
        unit = units[row.unit.code]
        (verdict,) = [v for v in unit.verdicts if (v.statement, v.verb) == (row.statement, row.verb)]
        for name in ("verdict", "doubt", "rationale", "quotation", "quoted_from", "quoted_at", "confidence"):
            assert getattr(verdict, name) == getattr(row, name), name
        assert (bool(unit.doubt), unit.rationale) == (row.unit_doubt, row.unit_rationale)


def test_sssom_has_the_slots_that_others_expect(said):
    lines = sssom(said, "https://iqf.example").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert "#license: https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" in head
    assert any(line.startswith("#mapping_set_id: ") for line in head)
    assert lines[len(head)].split("\t") == list(COLUMNS)
    justified = {line.split("\t")[7]: line.split("\t")[6] for line in lines[len(head) + 1 :]}
    assert justified == {"Ann": "semapv:ManualMappingCuration", "model": "semapv:UnspecifiedMatching"}


def test_judgements_of_one_edition_do_not_go_to_another(said):
    text = sssom(said, "https://iqf.example")
    with pytest.raises(Refused, match="is no statement of this framework, or of this edition of it"):
        read_judgements(text.encode(), "out.tsv", "common-core-2010", [f"CC{n}" for n in range(1, 7)], "Ann")
    assert framework().key == "common-core-2005"
