"""Practice for people who enter data: read as in earnest, marked at once, and nothing of it becomes data."""

import html

import pytest

from iqf.accounts.models import AuditEvent
from iqf.reports.exercises import exercises, marked


@pytest.mark.parametrize("of", exercises(), ids=lambda e: e.key)
def test_what_the_handbook_calls_right_is_right_and_every_blank_field_is_seen(of):
    right = {asked.column.name: asked.right[0] for asked in of.asked}
    assert [m for m in marked(of, right) if not m.right] == []
    left = marked(of, {})
    assert {m.column.name for m in left if not m.right} == {name for name, text in right.items() if text}


@pytest.mark.parametrize("of", exercises(), ids=lambda e: e.key)
def test_nothing_is_right_that_the_text_does_not_say(of):
    made_up = {asked.column.name: "77" for asked in of.asked}
    assert [m.column.name for m in marked(of, made_up) if m.right and not any_words(of, m)] == []


def any_words(of, mark):
    return next(a.anything for a in of.asked if a.column is mark.column)


def test_notations_that_the_column_reads_are_right(db):
    of = next(e for e in exercises() if e.key == "certificate")
    typed = {asked.column.name: asked.right[0] for asked in of.asked} | {"level": "Level 3", "number": "60012346"}
    assert all(m.right for m in marked(of, typed))
    wrong = {m.column.name: m.wrong for m in marked(of, typed | {"glh": "320", "level": "nine", "credit": "thirty"})}
    assert wrong["glh"] == "The text does not say this, so the field stays blank."
    assert "nine" in wrong["level"]
    assert wrong["credit"]


def test_an_exercise_is_marked_on_the_page_and_remembered_when_all_is_right(signed_in):
    of = exercises()[0]
    events = AuditEvent.objects.count()
    page = html.unescape(signed_in.post(f"/staff/practice/{of.key}", {"title": "x", "glh": "0"}).content.decode())
    assert "Not all of it yet." in page
    assert page.count("Not right") == 6
    typed = {asked.column.name: asked.right[0] for asked in of.asked}
    page = signed_in.post(f"/staff/practice/{of.key}", typed).content.decode()
    assert "All right." in page
    assert f'"/staff/practice/{exercises()[1].key}"' in page
    assert (
        f"{len(exercises()) - 1} of {len(exercises())} still to do."
        in signed_in.get("/staff/practice").content.decode()
    )
    assert AuditEvent.objects.count() == events
    assert signed_in.get("/staff/practice/no-such").status_code == 404
