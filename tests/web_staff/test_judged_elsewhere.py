"""Judgements handed in on the page: looked at first, then read in as a closed batch; what is wrong, row by row."""

import html
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.mapping.judging_world import unjudged

from iqf.mapping.models import Batch, Judgement, Rater

HERE = "/staff/judging/upload"
SAID = {"framework": "common-core-2005", "rater": "Ann  Other", "kind": "person"}


@pytest.fixture
def rita(client, member):
    """A reviewer who has signed in."""
    client.force_login(member("rita", "reviewer"))
    return client


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def wide(units):
    return "unit,CC1,CC2\n" + "".join(f"{unit.code},2,0\n" for unit in units)


def test_a_table_is_looked_at_and_then_read_in_as_a_closed_batch(rita):
    pasted = {**SAID, "pasted": wide(unjudged(2))}
    looked = text(rita.post(HERE, {**pasted, "do": "look"}))
    assert "This is what it would do; nothing was written." in looked
    assert "2 units in pasted rows: 4 judgements would be added" in looked
    assert "Ann  Other" in rita.post(HERE, {**pasted, "do": "look"}).content.decode()
    assert not Judgement.objects.exists()
    assert not Rater.objects.exists()
    kept = rita.post(HERE, {**pasted, "do": "keep"})
    batch = Batch.objects.get()
    assert f"/staff/judging/{batch.key}" in text(kept)
    assert (batch.state, batch.origin, Judgement.objects.count()) == ("closed", "file", 4)
    assert Rater.objects.get().name == "Ann Other"
    again = text(rita.post(HERE, {**pasted, "do": "keep"}))
    assert "0 judgements added, 0 changed, 4 as before" in again


def test_a_file_of_a_second_rater_makes_the_batch_double(rita):
    units = unjudged(2)
    rita.post(HERE, {**SAID, "pasted": wide(units), "do": "keep"})
    file = SimpleUploadedFile("b.csv", wide(units).replace(",2,", ",1,").encode())
    rita.post(HERE, {**SAID, "rater": "Bea", "kind": "machine", "about": "A model", "file": file, "do": "keep"})
    assert Batch.objects.get().policy == "double"
    assert Rater.objects.get(name="Bea").kind == "machine"


def test_what_is_wrong_is_told_with_its_row_and_nothing_is_lost_or_written(rita):
    unit = unjudged(1)[0].code
    wrong = rita.post(HERE, {**SAID, "pasted": f"unit,CC1\n{unit},7\nU-NONE,1\n", "do": "keep"})
    assert wrong.status_code == 400
    assert 'pasted rows, row 2, column cc1: "7" is no verdict' in text(wrong)
    assert f"{unit},7" in text(wrong)
    strange = text(rita.post(HERE, {**SAID, "pasted": f"unit,CC1\n{unit},1\nU-NONE,1\n", "do": "keep"}))
    assert "pasted rows, row 3, column unit: there is no such unit here" in strange
    assert "choose the spreadsheet on your computer first" in text(rita.post(HERE, {**SAID, "do": "keep"}))
    file = SimpleUploadedFile("b.csv", b"unit,CC1\n")
    both = rita.post(HERE, {**SAID, "pasted": "unit,CC1\n", "file": file, "do": "keep"})
    assert "hand in a file, or paste the rows; not both" in text(both)
    assert not Batch.objects.exists()


def test_a_hundred_thousand_pasted_rows_are_answered_in_seconds(rita):
    """All but one are of units that are not here: the first faults are told, and nothing is written."""
    rows = "".join(f"U-{n},CC{n % 6 + 1},{n % 3}\n" for n in range(100_000))
    begun = time.process_time()
    wrong = rita.post(HERE, {**SAID, "pasted": "unit,statement,verdict\n" + rows, "do": "keep"})
    assert wrong.status_code == 400
    assert text(wrong).count("there is no such unit here") == 51
    assert time.process_time() - begun < 20
    assert not Batch.objects.exists()
