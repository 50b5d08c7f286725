"""The pages of spreadsheets: take away, hand in, see, mark, send; and the same by a link, without an account."""

import html
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.exchange.sheets_by_hand import as_csv, book_of, downloaded, put
from tests.web_staff.conftest import BODY, ELSEWHERE
from tests.web_staff.test_pages import text_of

from iqf.catalogue.queries import find
from iqf.review.models import Proposal, Upload, UploadLink

HERE = "/staff/sheets"
WHY = {"reason": "The body says so.", "source_title": "Report of the body"}


def file(data, name="roles.csv"):
    return SimpleUploadedFile(name, data)


def changed(tier="specialist"):
    table = downloaded("role")
    row = next(n for n, line in enumerate(table) if line[1] == "Playworker")
    put(table, row, "tier", tier)
    return as_csv(table)


def words_of(response):
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def seen_on(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


@pytest.fixture
def handed(signed_in, starter):
    """The page of a sheet that ann handed in, in which one tier differs."""
    response = signed_in.post(f"{HERE}/role", {"file": file(changed())})
    assert response.status_code == 302
    return response["Location"]


def test_every_kind_of_row_can_be_taken_away(signed_in, starter):
    page = text_of(signed_in.get(HERE))
    assert "Requirements Excel of requirements · CSV" in page
    response = signed_in.get(f"{HERE}/role/download")
    assert response.content == book_of("role")
    assert response["Content-Disposition"] == 'attachment; filename="role.xlsx"'
    text = signed_in.get(f"{HERE}/requirement/download", {"of": "playworker", "format": "csv"})
    assert text.content == as_csv(downloaded("requirement", of="playworker"))
    assert "requirement IQF-R-" in text["Content-Disposition"]
    empty = signed_in.get(f"{HERE}/rule-unit/download?template=yes")
    assert openpyxl.load_workbook(io.BytesIO(empty.content)).worksheets[0].max_row == 1
    wrong = signed_in.get(f"{HERE}/role/download?of=nobody")
    assert (wrong.status_code, "There is no role called" in words_of(wrong)) == (422, True)
    assert signed_in.get(f"{HERE}/throne").status_code == 404


def test_a_sheet_is_seen_before_it_is_sent_and_nothing_is_written_till_then(signed_in, starter, handed):
    response = signed_in.get(handed)
    page = text_of(response)
    assert "To change 1" in page
    assert "Left alone 160" in page
    assert "Playworker" in page
    assert "specialist" in page
    assert find("playworker", ["role"]).tier != "specialist"
    changes = signed_in.get(f"{handed}/marked?changes=yes").content.decode("utf-8-sig").splitlines()
    assert changes[0] == "row,act,code,title,column,before,after"
    assert changes[1].endswith(",specialist")
    sent = signed_in.post(handed, {"do": "send", "seen": seen_on(response), **WHY})
    held = Proposal.objects.get()
    assert sent["Location"] == f"/staff/proposals/{held.pk}?done=submit"
    assert (held.state, held.author, held.came_by) == ("waiting", "ann", "spreadsheet")
    assert signed_in.get(handed)["Location"] == f"/staff/proposals/{held.pk}"


def test_what_is_missing_or_not_as_seen_is_said_and_nothing_typed_is_lost(signed_in, starter, handed):
    seen = seen_on(signed_in.get(handed))
    for fields, said in (
        ({"seen": seen, "reason": "Because we know."}, "Say where this comes from"),
        ({"seen": seen, "source_title": "Because we know."}, "Say why"),
        ({"seen": "other", **WHY, "locator": "Because we know."}, "The data have changed since"),
    ):
        response = signed_in.post(handed, {"do": "send", **fields})
        assert response.status_code == 422
        assert said in words_of(response)
        assert "Because we know." in response.content.decode()
    assert Proposal.objects.get().state == "draft"


def test_faults_are_listed_marked_corrected_or_left_out(signed_in, starter):
    data = b"code,tier,status note\r\nplayworker,middling,\r\nIQF-R-000009,,seen\r\n"
    where = signed_in.post(f"{HERE}/role", {"file": file(data)})["Location"]
    response = signed_in.get(where)
    assert "Rows with something wrong 1" in text_of(response)
    assert 'Row 2, tier “middling” "middling" is not one of' in text_of(response)
    copy = signed_in.get(f"{where}/marked")
    assert copy["Content-Disposition"] == 'attachment; filename="roles marked.csv"'
    assert "what is wrong" in copy.content.decode()
    refused = signed_in.post(where, {"do": "send", "seen": seen_on(response), **WHY})
    assert "choose to leave out the rows" in words_of(refused)
    again = signed_in.post(where, {"do": "again", "file": file(data.replace(b"middling", b"specialist"))})
    assert again["Location"] == where
    assert "To change 2" in text_of(signed_in.get(where))
    assert Upload.objects.count() == Proposal.objects.count() == 1
    signed_in.post(where, {"do": "again", "file": file(data)})
    response = signed_in.get(where)
    signed_in.post(where, {"do": "send", "seen": seen_on(response), "leave_out": "yes", **WHY})
    held = Proposal.objects.get()
    assert (held.state, [c.key for c in held.changes.all()]) == ("waiting", [{"code": "IQF-R-000009"}])


def test_a_marked_workbook_comes_back_as_one(signed_in, starter):
    book = openpyxl.load_workbook(io.BytesIO(book_of("role")))
    book.worksheets[0]["H2"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    where = signed_in.post(f"{HERE}/role", {"file": file(out.getvalue(), "r.xlsx")})["Location"]
    copy = openpyxl.load_workbook(io.BytesIO(signed_in.get(f"{where}/marked").content))
    assert "formula" in copy.worksheets[0]["H2"].comment.text


def test_an_untouched_sheet_changes_nothing_and_is_not_kept(signed_in, starter):
    response = signed_in.post(f"{HERE}/role", {"file": file(book_of("role"), "r.xlsx")})
    assert "Nothing would change. 161 rows of r.xlsx were read" in text_of(response)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"code,colour,tier\r\n", '"colour" (column B) is no column of roles'),
        (b"%PDF-1.4", "this is a PDF"),
        (b"", "choose the spreadsheet"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(signed_in, starter, data, said):
    fields = {"file": file(data)} if data else {}
    response = signed_in.post(f"{HERE}/role", fields)
    assert (response.status_code, said in words_of(response)) == (422, True)
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_not_taken(signed_in, starter):
    response = signed_in.post(f"{HERE}/role", {"file": file(b"x" * (12 * 1024 * 1024))})
    assert (response.status_code, "larger than 10 MB" in words_of(response)) == (422, True)


def test_it_is_the_authors_alone_and_can_be_taken_back(signed_in, client, starter, handed, ann):
    from iqf.accounts.actions import create_user

    other = create_user(by="tests", username="eve", password="a-long-enough-password", is_staff=True)
    signed_in.force_login(other)
    for page in (handed, f"{handed}/marked"):
        assert signed_in.get(page).status_code == 404
    signed_in.force_login(ann)
    assert "roles.csv" in text_of(signed_in.get(HERE))
    gone = signed_in.post(handed, {"do": "drop"}, follow=True)
    assert "Taken back" in text_of(gone)
    assert Proposal.objects.get().state == "withdrawn"


def test_downloads_and_uploads_need_somebody_who_may_propose(client, bob, starter):
    pages = (f"{HERE}/role/download", f"{HERE}/uploads/1", f"{HERE}/uploads/1/marked")
    for page in pages:
        assert client.get(page).status_code == 302
    client.force_login(bob)
    for page in pages:
        assert client.get(page).status_code == 403


def test_what_a_member_hands_in_is_for_their_organisation(client, member):
    client.force_login(member("edith", "editor"))
    client.post(f"{HERE}/role", {"file": file(changed())})
    held = Proposal.objects.get()
    assert (held.author, held.body, held.body_name) == ("edith", BODY, find(BODY).title)


# ---------- links ----------


def test_only_those_who_speak_for_an_organisation_give_links_in_its_name(client, member):
    client.force_login(member("carl", "contributor"))
    assert client.get(f"{HERE}/links").status_code == 403
    client.force_login(member("edith", "editor"))
    for name, status in ((BODY, 200), (find(BODY).title, 200), ("Play for All", 200), (ELSEWHERE, 422)):
        response = client.post(f"{HERE}/links", {"body": name, "entity": "role"})
        assert response.status_code == status, name
    assert "Your account may not" in words_of(response)
    first = UploadLink.objects.order_by("pk").first()
    assert (first.body, first.body_name) == (BODY, find(BODY).title)
    client.force_login(member("ed", "editor", ELSEWHERE))
    page = words_of(client.get(f"{HERE}/links"))
    assert "Play for All" not in page
    refused = client.post(f"{HERE}/links", {"withdraw": str(first.pk)})
    assert (refused.status_code, "There is no such link" in words_of(refused)) == (422, True)


def test_guessing_links_is_slowed_down(client, starter):
    answers = [client.get(f"/upload/guess-{n}") for n in range(7)]
    assert [a.status_code for a in answers] == [404] * 5 + [429] * 2
    assert "Retry-After" in answers[-1]


@pytest.fixture
def link(signed_in, starter):
    """The address of a link for the roles; nobody is signed in any more."""
    response = signed_in.post(f"{HERE}/links", {"body": "Play for All", "entity": "role", "of": "playworker"})
    address = re.search(r"http://testserver(/upload/[\w-]+)", response.content.decode())[1]
    assert address not in signed_in.get(f"{HERE}/links").content.decode()
    signed_in.logout()
    return address


def private(response):
    return (response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"])


def test_a_link_takes_an_organisation_from_the_sheet_to_the_proposal(client, link):
    client.handler.enforce_csrf_checks = True
    client.cookies.clear()
    first = client.get(link)
    assert private(first) == ("private, no-store", "no-referrer", "noindex, nofollow")
    assert "For Play for All" in text_of(first)
    assert "look through the roles of Playworker and" in text_of(first)
    assert not first.cookies
    sheet = client.get(f"{link}/sheet?format=csv")
    assert sheet.content.decode().count("Playworker") == 1
    assert private(sheet) == private(first)
    data = sheet.content.replace(b"universal", b"specialist", 1)
    assert data != sheet.content
    assert client.post(link, {"file": file(data)})["Location"] == link
    page = client.get(link)
    assert "To change 1" in text_of(page)
    assert client.get(f"{link}/marked?changes=yes").status_code == 200
    wrong = client.post(link, {"do": "send", "seen": seen_on(page), "reason": "We know."})
    assert (wrong.status_code, "We know." in wrong.content.decode()) == (422, True)
    done = client.post(link, {"do": "send", "seen": seen_on(page), **WHY})
    assert "Thank you: your spreadsheet was sent" in text_of(done)
    held = Proposal.objects.get()
    assert (held.state, held.author, held.body_name, held.came_by) == (
        "waiting", "link: Play for All", "Play for All", "link"
    )  # fmt: skip
    for page in (link, f"{link}/sheet", f"{link}/marked"):
        over = client.get(page)
        assert (over.status_code, "was used on" in words_of(over)) == (410, True)
        assert private(over) == private(first)
    assert not client.cookies


def test_a_guessed_or_withdrawn_link_shows_nothing(client, ann, link):
    assert client.get("/upload/guess").status_code == 404
    assert client.put(link).status_code == 405
    client.force_login(ann)
    response = client.post(f"{HERE}/links", {"withdraw": str(UploadLink.objects.get().pk)}, follow=True)
    assert "This link was withdrawn" in text_of(response)
    client.logout()
    response = client.post(link, {"file": file(changed())})
    assert (response.status_code, "was withdrawn" in words_of(response)) == (410, True)
    assert not Upload.objects.exists()


def test_what_a_link_shows_is_public(client, ann, link):
    client.force_login(ann)
    client.post(f"{HERE}/role", {"file": file(changed())})
    client.logout()
    page = text_of(client.get(link))
    assert "roles.csv" not in page
    assert "ann" not in page.split()
    assert "Sign out" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"entity": "role", "body": " "}, "Name the organisation"),
        ({"entity": "throne", "body": "Play"}, "Choose which rows"),
        (
            {"entity": "requirement", "body": "Play", "of": "nobody"},
            'There is no role or qualification called "nobody"',
        ),
        ({"withdraw": "999"}, "There is no such link"),
        ({"withdraw": "x" * 30}, "There is no such link"),
    ],
)
def test_a_link_that_cannot_be_made_or_withdrawn_is_said(signed_in, starter, fields, said):
    response = signed_in.post(f"{HERE}/links", fields)
    assert (response.status_code, said in words_of(response)) == (422, True)
    assert not UploadLink.objects.exists()
