"""What a spreadsheet that comes back would change: nothing that nobody edited, exactly what somebody did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.sheets_by_hand import as_book, as_csv, book_of, downloaded, lines_of, opened, put, saved, seen
from tests.trying import trying

from iqf.catalogue.actions.editing import Behind, apply_changes
from iqf.catalogue.editable.changes import Change
from iqf.catalogue.editable.entities import ALL, ENTITIES
from iqf.catalogue.editable.holds import Number, OneOf, Text
from iqf.catalogue.queries import find
from iqf.evidence.models import Source
from iqf.exchange.uploads.marking import marked
from iqf.review.trial import tried

WORDS = "Said by the sector body."


def do(*changes, number=1):
    behind = Behind(
        Source(key=f"proposal:{number}", title="Report", kind="proposal"), "", "page", WORDS, f"p:{number}"
    )
    return apply_changes(by="rita", changes=changes, behind=behind)


def role(code="playworker"):
    return find(code, ["role"])


def row_of(table, code):
    return next(n for n, line in enumerate(table) if line[0] == code)


def faults(found):
    return {(fault.row, fault.heading): fault.message for fault in found.faults}


@pytest.mark.parametrize("entity", ALL, ids=lambda e: e.kind)
def test_a_round_trip_without_an_edit_proposes_nothing(starter, entity):
    for data, file in ((book_of(entity.kind), "x.xlsx"), (as_csv(downloaded(entity.kind)), "x.csv")):
        found = seen(entity.kind, data, file)
        assert (found.done, found.faults, found.changes) == ((), (), ())
        assert found.read == found.left_alone == len(downloaded(entity.kind)) - 1


@trying(60)
@given(data=st.data())
def test_one_edited_cell_proposes_exactly_that_field_and_can_be_made(starter, data):
    entity = ENTITIES[data.draw(st.sampled_from(["role", "qualification", "unit", "requirement", "rule group"]))]
    table = downloaded(entity.kind)
    row = data.draw(st.integers(1, min(len(table) - 1, 40)))
    column = data.draw(st.sampled_from([c for c in entity.own if isinstance(c.holds, Text | Number | OneOf)]))
    line, place = table[row], table[0].index(column.words)
    new = data.draw(_another(column, line[place]))
    before, line[place] = line[place], new
    found = seen(entity.kind, as_csv(table))
    if found.faults:
        assert {fault.row for fault in found.faults} == {row + 1}
        assert found.changes == ()
        return
    (change,) = found.changes
    expected = " ".join(new.split()) if not getattr(column.holds, "long", False) else change.wanted[column.name]
    assert (change.act, dict(change.wanted)) == ("change", {column.name: expected})
    assert dict(change.base) == {column.name: before}
    assert [(f.heading, f.before, f.after) for f in found.done[0].fields] == [(column.words, before, expected)]
    assert found.rows == (row + 1,)
    tried([change], by="ann")


def _another(column, now):
    if isinstance(column.holds, OneOf):
        values = st.sampled_from([v for v in column.holds.values if v])
    elif isinstance(column.holds, Number):
        values = st.integers(1, 900).map(str)
    else:
        values = st.text("abc -=+'@é", min_size=1, max_size=min(column.holds.most, 40)).map(str.strip)
    return values.filter(lambda v: v and v != "erase" and " ".join(v.split()) != now and not v.startswith("="))


def test_rows_and_columns_that_are_left_out_and_blank_cells_ask_for_nothing(starter):
    table = [["tier", "code"], ["", "playworker"], ["", "IQF-R-000009"]]
    found = seen("role", as_csv(table))
    assert (found.left_alone, found.changes) == (2, ())


def test_a_row_is_known_by_any_code_and_never_doubled(starter):
    held = find("500/9170/0", ["qualification"])
    for head, name in (("code", held.code), ("code", "500/9170/0"), ("number", "500/9170/0"), ("number", "50091700")):
        found = seen("qualification", as_csv([[head, "title", "glh"], [name, "", "999"]]))
        (change,) = found.changes
        assert (change.act, change.key) == ("change", {"code": held.code}), name
    again = seen("role", as_csv([["code", "title"], ["", "Playworker"]]))
    assert f"There is one already: Playworker ({role().code})" in faults(again)[2, "code"]


def test_units_of_one_title_are_told_apart_by_what_else_they_say(starter):
    unit = find("Y/601/1437", ["unit"])
    other = "1" if unit.level != "1" else "2"
    one = seen("unit", as_csv([["title", "reference", "level"], [unit.title, "", unit.level]]))
    assert one.faults
    two = seen("unit", as_csv([["title", "reference", "level"], [unit.title, "", other]]))
    assert [c.act for c in two.changes] == ["create"]


def test_a_number_that_two_things_have_asks_for_a_code(starter):
    first, second = (find(name, ["qualification"]) for name in ("500/9170/0", "601/3474/4"))
    do(Change("qualification", "change", {"code": second.code}, {"number": "500/9170/0"}))
    found = seen("qualification", as_csv([["number", "title"], ["500/9170/0", "Another title"]]))
    assert found.changes == ()
    assert f"2 qualifications; put one of their codes: {first.code}, {second.code}" in faults(found)[2, "number"]


def test_a_new_row_says_what_it_still_needs(starter):
    found = seen("requirement", as_csv([["role", "qualification", "strength"], ["playworker", "Q001", ""]]))
    needed = "The strength must be given: one of: mandatory, significant, relevant."
    assert needed in faults(found)[2, "strength"] or found.left_alone == 1
    found = seen("qualification", as_csv([["code", "title", "kind"], ["", "A wholly new diploma", ""]]))
    assert faults(found)[2, "kind"].startswith("The kind must be given")


def test_joins_are_found_by_titles_and_official_codes(starter):
    table = downloaded("requirement", of="playworker")
    line = table[1]
    named = [["qualification", "role", "note"], [line[3] if line[3] else line[2], "Playworker", "changed"]]
    found = seen("requirement", as_csv(named))
    if not found.faults:
        (change,) = found.changes
        assert dict(change.key) == {"role": line[0], "qualification": line[2]}
    by_code = seen("requirement", as_csv([["qualification", "role", "note"], [line[2], "playworker", "changed"]]))
    assert dict(by_code.changes[0].key) == {"role": line[0], "qualification": line[2]}


def test_erase_is_said_and_a_needed_cell_cannot_be_erased(starter):
    table = downloaded("role")
    row = row_of(table, role().code)
    put(table, row, "explanation", "Erase")
    put(table, row, "title", "erase")
    found = seen("role", as_csv(table))
    assert faults(found) == {(row + 1, "title"): "The title must be given."}
    put(table, row, "title", "")
    (change,) = seen("role", as_csv(table)).changes
    assert dict(change.wanted) == {"explanation": ""}


def test_retire_and_restore_are_said_under_act(starter):
    table = downloaded("role")
    row = row_of(table, role().code)
    put(table, row, "act", "Retire")
    (change,) = seen("role", as_csv(table)).changes
    assert (change.act, change.key, change.wanted) == ("retire", {"code": role().code}, {})
    put(table, row, "tier", "specialist")
    assert "is to be retired, so this cell" in faults(seen("role", as_csv(table)))[row + 1, "tier"]
    do(Change("role", "retire", {"code": role().code}))
    assert f"was retired already: {WORDS}" in faults(seen("role", as_csv(table)))[row + 1, "act"]
    put(table, row, "act", "restore")
    acts = [(c.act, dict(c.wanted)) for c in seen("role", as_csv(table)).changes]
    assert acts == [("restore", {}), ("change", {"tier": "specialist"})]
    tried(seen("role", as_csv(table)).changes, by="ann")
    put(table, row, "act", "")
    assert "Write restore under act" in faults(seen("role", as_csv(table)))[row + 1, ""]
    put(table, row, "act", "delete")
    assert '"delete" cannot be done' in faults(seen("role", as_csv(table)))[row + 1, "act"]


def test_a_join_that_was_retired_meanwhile_is_not_brought_back_by_an_untouched_row(starter):
    table = downloaded("requirement", of="playworker")
    do(Change("requirement", "retire", {"role": table[1][0], "qualification": table[1][2]}))
    found = seen("requirement", as_csv(table))
    assert (found.changes, found.faults) == ((), ())
    put(table, 1, "note", "still wanted")
    assert "Write restore under act" in faults(seen("requirement", as_csv(table)))[2, ""]
    put(table, 1, table[0][-1], "")
    (change,) = seen("requirement", as_csv(table)).changes
    assert (change.act, change.wanted["note"]) == ("create", "still wanted")
    tried([change], by="ann")


def test_two_rows_for_one_thing_are_both_marked(starter):
    table = [["code", "tier"], ["playworker", "specialist"], [role().code, "targeted"]]
    found = seen("role", as_csv(table))
    assert faults(found) == {
        (2, ""): "This row is about the same as row 3; keep one of them.",
        (3, ""): "This row is about the same as row 2; keep one of them.",
    }
    twice = seen("role", as_csv([["code", "title"], ["", "Sky guide"], ["", " sky  GUIDE"]]))
    assert faults(twice)[2, ""] == "This row is a new row like row 3; keep one of them."


def test_what_somebody_changed_meanwhile_is_a_fault_with_both_values_and_a_way_on(starter):
    table = downloaded("role")
    row = row_of(table, role().code)
    do(Change("role", "change", {"code": role().code}, {"tier": "specialist", "contact": "constant"}))
    assert seen("role", as_csv(table)).changes == ()
    put(table, row, "tier", "targeted")
    found = seen("role", as_csv(table))
    (fault,) = found.faults
    assert (fault.heading, fault.value, fault.now) == ("tier", "targeted", "specialist")
    assert 'It says "specialist" now; you ask for "targeted"' in fault.message
    copy = marked(as_csv(table), "x.csv", ENTITIES["role"], found.markings)
    (change,) = seen("role", copy).changes
    assert (change.wanted, change.base) == ({"tier": "targeted"}, {"tier": "specialist"})
    put(table, row, "tier", "specialist")
    assert seen("role", as_csv(table)).changes == ()


def test_the_mark_in_the_hidden_column_of_a_workbook_works_as_well(starter):
    book, page = opened(book_of("role"))
    row = next(r for r in range(2, page.max_row) if page.cell(r, 1).value == role().code)
    column = next(c for c in range(1, page.max_column) if page.cell(1, c).value == "tier")
    do(Change("role", "change", {"code": role().code}, {"tier": "specialist"}))
    assert seen("role", saved(book), "x.xlsx").changes == ()
    page.cell(row, column).value = "targeted"
    data = saved(book)
    found = seen("role", data, "x.xlsx")
    assert found.faults[0].now == "specialist"
    book, page = opened(marked(data, "x.xlsx", ENTITIES["role"], found.markings))
    assert "Somebody changed this" in page.cell(row, column).comment.text
    assert page.cell(row, column).fill.start_color.rgb.endswith("F9C6C1")
    (change,) = seen("role", saved(book), "x.xlsx").changes
    assert change.base == {"tier": "specialist"}


def test_a_later_copy_takes_the_marks_of_an_earlier_one_away(starter):
    table = [["code", "tier", "contact"], ["playworker", "middling", "often"]]
    data = as_book(table)
    found = seen("role", data, "x.xlsx")
    copy = marked(data, "x.xlsx", ENTITIES["role"], found.markings)
    book, page = opened(copy)
    assert page["B2"].comment is not None
    page["B2"].value = "targeted"
    again = saved(book)
    page = opened(marked(again, "x.xlsx", ENTITIES["role"], seen("role", again, "x.xlsx").markings))[1]
    assert page["B2"].comment is None
    assert page["B2"].fill.fill_type is None
    assert page["C2"].comment is not None


def test_a_marked_copy_of_text_says_what_is_wrong_in_a_last_column_and_can_come_back(starter):
    table = [["code", "tier", "explanation"], ["playworker", "middling", "=1+1"], ["IQF-R-000009", "targeted", "+x"]]
    data = b"code,tier,explanation\r\nplayworker,middling,=1+1\r\nIQF-R-000009,targeted,+x\r\n"
    found = seen("role", data)
    copy = marked(data, "x.csv", ENTITIES["role"], found.markings)
    lines = lines_of(copy)
    assert lines[0] == [*table[0], "what is wrong"]
    assert lines[1][:3] == ["playworker", "middling", "'=1+1"]
    assert "tier:" in lines[1][3]
    assert "explanation: This cell holds a formula" in lines[1][3]
    assert lines[2] == ["IQF-R-000009", "targeted", "'+x", ""]
    lines[1][1] = "targeted"
    assert not seen("role", as_csv(lines)).faults


def test_what_names_a_downloaded_row_cannot_be_changed_unseen(starter):
    table = downloaded("organisation name")
    put(table, 1, "other name", "Quite another name")
    found = seen("organisation name", as_csv(table))
    assert "What names this row" in faults(found)[2, ""]
    copied = downloaded("organisation name")
    copied.append(list(copied[1]))
    put(copied, len(copied) - 1, "other name", "Quite another name")
    (change,) = seen("organisation name", as_csv(copied)).changes
    assert (change.act, change.key["other_name"]) == ("create", "Quite another name")
    gone = downloaded("role")
    put(gone, 1, "code", "")
    assert "What names this row" in faults(seen("role", as_csv(gone)))[2, ""]


def test_faults_carry_the_sheets_own_row_and_heading(starter):
    table = [
        ["Our roles"],
        [],
        ["CODE", "Tier", "Status from"],
        ["nowhere", "", ""],
        ["playworker", "x", "31/02/2024"],
    ]
    found = seen("role", as_book(table), "x.xlsx")
    assert faults(found).keys() == {(4, "CODE"), (5, "Tier"), (5, "Status from")}
    assert 'There is no role "nowhere"; leave the code blank' in faults(found)[4, "CODE"]
    assert found.wrong_rows == (4, 5)


def test_values_that_do_not_go_together_are_said_in_words(starter):
    unit = next(u for u in ENTITIES["unit"].model.objects.all() if u.credit_low)
    found = seen("unit", as_csv([["code", "credit low", "credit high"], [unit.code, "9", "3"]]))
    assert "least credit" in faults(found)[2, ""]
    loop = seen("progression", as_csv([["before", "after"], ["Q001", "Q001"]]))
    assert "cannot lead to itself" in faults(loop)[2, ""]


def test_a_whole_new_list_can_be_made_as_it_is_seen(starter):
    table = [
        ["code", "title", "tier", "successor", "status from"],
        ["", "Sky guide", "targeted", "Playworker", "30/9/2024"],
        ["", "Sea guide", "Universal", "", "2024"],
    ]
    found = seen("role", as_book(table), "x.xlsx")
    assert [c.act for c in found.changes] == ["create", "create"]
    assert found.changes[0].wanted == {
        "title": "Sky guide", "tier": "targeted", "successor": role().code, "status_from": "2024-09-30"
    }  # fmt: skip
    assert len(tried(found.changes, by="ann").codes) == 2


def test_queries_do_not_grow_with_the_rows(starter, django_assert_max_num_queries):
    for kind in ("unit", "requirement", "rule unit"):
        data = as_csv(downloaded(kind))
        with django_assert_max_num_queries(12):
            seen(kind, data)
    many = [["unit", "position", "text"], *([line[0], "99", "More"] for line in downloaded("unit")[1:])]
    with django_assert_max_num_queries(12):
        assert len(seen("unit outcome", as_csv(many)).added) > 300
