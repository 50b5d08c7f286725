"""A composition sent as a proposal, seen at the desk, accepted: the qualification, its rule and its units stand."""

import html
import re

from django.utils.timezone import localdate

from iqf.catalogue import models as m
from iqf.reports.compose import Limits, compose
from iqf.reports.rules import rules
from iqf.review.actions.reviewing import accept
from iqf.review.models import Proposal

HERE = "/staff/propose/composition?for=family-support-worker&fully=yes"
CASE = {"reason": "A new integrated role.", "source_title": "Pathfinder notes", "do": "send"}


def words(response):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def composed():
    limits = Limits(fully=True)
    return compose("family-support-worker", localdate(), limits=limits)


def test_from_the_page_to_a_qualification_that_its_holders_have(client, member):
    client.force_login(member("ed", "editor"))
    assert "What reviewers will have to decide" in words(client.get(HERE))
    sent = client.post(HERE, CASE | {"title": "Integrated family support"})
    assert sent.status_code == 302, words(sent)
    held = Proposal.objects.latest("pk")
    assert held.state == "waiting"
    assert "Integrated family support" in words(client.get(f"/staff/proposals/{held.pk}"))
    before = composed()
    applied = accept(by="rita", number=held.pk, version=held.version, reason="Read.")
    made = m.Qualification.objects.get(code=applied.codes["new-1"])
    units = set(m.GroupUnit.objects.filter(group__qualification=made).values_list("unit__code", flat=True))
    assert units == {part.unit.code for part in before.parts}
    assert made.credit == before.credit.known
    assert rules(sorted(units), made.code, localdate()).verdict == "met"
    nearest = composed().existing[0]
    assert (nearest.qualification.code, nearest.score, nearest.near) == (made.code, 1, True)


def test_strangers_sign_in_first_and_who_has_no_part_proposes_nothing(client, starter, bob):
    assert client.get(HERE).status_code == 302
    client.force_login(bob)
    assert client.get(HERE).status_code == client.post(HERE, CASE).status_code == 403
    assert not Proposal.objects.exists()


def test_without_a_reason_it_stays_a_draft_and_says_what_is_missing(client, member):
    client.force_login(member("ed", "editor"))
    sent = client.post(HERE, CASE | {"reason": ""})
    assert sent.status_code == 302
    assert Proposal.objects.latest("pk").state == "draft"
    assert client.get("/staff/propose/composition?for=CC1&level=8").status_code == 404
    assert client.get("/staff/propose/composition?for=CC1&most=x").status_code == 404
