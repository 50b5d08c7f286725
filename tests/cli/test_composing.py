"""`iqf compose`: what it refuses in a sentence, and a proposal under its author's name."""

import pytest

from iqf.accounts import actions
from iqf.review.models import Proposal

pytestmark = pytest.mark.django_db


def test_a_proposal_under_the_authors_name(iqf):
    actions.create_user(by="tests", username="ann", password="a-long-enough-password", is_staff=True)
    asked = ["compose", "--statements", "CC1,CC2", "--propose", "Asked for.", "--source", "Notes", "--as"]
    number = iqf(*asked, "ann", "--json").answer["proposal"]
    held = Proposal.objects.get(pk=number)
    assert (held.author, held.state, held.came_by) == ("ann", "waiting", "composed")
    assert iqf(*asked, "nobody").status == 2
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "either --role ROLE, or --statements"),
        (["--role", "zz"], "no role, qualification, framework or statement"),
        (["--role", "childrens-centre-leader"], "No statements are on record"),
        (["--statements", "CC1", "--level", "4-2"], '"4-2" is no level'),
        (["--statements", "CC1", "--owners", "zz"], "no organisation"),
        (["--statements", "CC1", "--max-credit", "0"], "--max-credit is 1 or more"),
        (["--statements", "CC1", "--propose", "Why"], "on whose word"),
        (["--statements", "CC1", "--level", "8", "--propose", "x", "--source", "y"], "nothing to propose"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(iqf, asked, said):
    ran = iqf("compose", *asked)
    assert ran.status == 2
    assert said in ran.err
