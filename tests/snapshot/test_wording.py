"""How words, codes and abbreviations are compared."""

import pytest

from iqf.snapshot import Entry
from iqf.snapshot.abbreviations import by_hand, expansions, from_entry, stands_for
from iqf.snapshot.wording import code_keys, is_acronym, names_whole, stems, whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("603/5829/4", "60358294"),
        ("603/5829/4", "603 5829 4/"),
        ("Y/601/1437", "y6011437"),
        ("SHC 34", "shc34"),
        ("SHC 34", "SHC-34"),
        ("U-SHC34", "u-shc34"),
        ("IQF-Q-000123", "iqf q 000123"),
    ],
)
def test_a_code_in_two_notations_has_a_key_in_common(one, other):
    assert set(code_keys(one)) & set(code_keys(other))


def test_short_codes_are_not_squeezed_into_each_other():
    assert not set(code_keys("1.1")) & set(code_keys("11"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Children's nurses", "childrens nurse"),
        ("Prince\u2019s Trust", "PRINCES TRUST"),
        ("City & Guilds", "city and guilds"),
        ("crèche", "creche"),
    ],
)
def test_names_are_equal_whatever_the_case_quotes_and_plural(one, other):
    assert whole(one) == whole(other)


def test_a_name_is_known_without_its_brackets_and_by_the_acronym_in_them():
    forms = names_whole("Early Years Professional Status (EYPS)")
    assert "eyps" in forms
    assert whole("early years professional status") in forms
    assert "england" not in names_whole("Diploma (England)")


@pytest.mark.parametrize("name", ["SENCO", "DfE", "CPCAB", "NPQSENCO"])
def test_acronyms(name):
    assert is_acronym(name)


@pytest.mark.parametrize("name", ["Ofqual", "A", "Prince's Trust", "1st4sport", "SCHOOLSANDEDUCATION"])
def test_not_acronyms(name):
    assert not is_acronym(name)


def test_an_acronym_in_brackets_must_come_from_the_words():
    assert stands_for("EYPS", "Early Years Professional Status")
    assert not stands_for("QCF", "CACHE Level 3 Award")


def test_abbreviations_come_from_the_data():
    organisation = Entry("organisation", "O", "National Youth Agency", names=("NYA",))
    status = Entry("qualification", "Q", "Higher Level Teaching Assistant (HLTA) status")
    assert list(from_entry(organisation)) == [("NYA", "National Youth Agency")]
    assert list(from_entry(status)) == [("HLTA", "Higher Level Teaching Assistant")]


def test_abbreviations_count_both_ways():
    table = expansions([("SENCO", "special educational needs coordinator")])
    long = tuple(stems("special educational needs coordinators"))
    assert [meaning for meaning, _ in table[("senco",)]] == [long]
    assert [said for _, said in table[long]] == ["SENCO"]


def test_the_table_kept_by_hand_is_clean():
    pairs = by_hand()
    assert len(pairs) == len(set(pairs))
    assert all(short.strip() == short and long.strip() == long and short and long for short, long in pairs)
    known = {short for short, _ in pairs}
    asked = "NVQ EYP EYPS EYT QTS SENCO HLTA CAMHS YOT TA LSA EWO IRO NQSW CWDC DSL QCF RQF"
    assert set(asked.split()) <= known
