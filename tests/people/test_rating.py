from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from iqf.catalogue.models import Framework
from iqf.catalogue.queries import NotFoundError
from iqf.people import actions as act
from iqf.people import queries
from iqf.people.models import SelfRating, Team
from iqf.people.scope import scope_of, scope_of_link
from iqf.people.trouble import CannotHold
from iqf.reports.private import self_rating as report
from iqf.reports.private.own_terms import own_terms


def sitting(key, rated, days_ago=0, note=""):
    rows = [act.Rated(code, grade, row) for code, row, grade in rated]
    return act.Sitting(Framework.objects.get(key=key).code, rows, localdate() - timedelta(days=days_ago), note)


def test_a_sitting_beside_the_one_before_and_a_role(world):
    act.rate(world.ann, sitting("common-core-2005", [("CC1", "", 1), ("CC2", "", 2)], days_ago=30))
    now = act.rate(world.ann, sitting("common-core-2005", [("CC1", "", 2), ("CC3", "", 0)]))
    later = act.rate(world.ann, sitting("common-core-2010", [("CC1.S1", "", 0)]))
    answer = report.rating(world.ann, now.pk, "playworker")
    assert answer.before == localdate() - timedelta(days=30)
    assert [(x.line.code, x.grade, x.change) for x in answer.picture.lines][:3] == [
        ("CC1", 2, "up"),
        ("CC2", None, ""),
        ("CC3", 0, "new"),
    ]
    assert [n.met for n in answer.picture.needs] == [True, None, False, None, None, None]
    assert answer.gap_statements == ("common-core-2005:CC3",)
    elsewhere = report.rating(world.ann, later.pk, "playworker")
    assert elsewhere.before is None
    assert elsewhere.role_elsewhere == ("common-core-2005",)
    assert elsewhere.gap_statements == ("common-core-2010:CC1",), "the top-up asks for what units are judged by"


def test_the_lines_of_an_edition_in_parts_and_of_a_matrix(starter):
    parts = report.sheet("common-core-2010")
    assert len(parts.groups) == 6
    assert parts.lines[0].under == ("CC1", "CC1.S1")
    matrix = report.sheet("essex-matrix")
    assert (len(matrix.groups), len(matrix.lines)) == (5, 15)
    assert matrix.lines[0].key == ("ex-c1", "ex-r1")
    keys = [c.key for c in report.choosable()]
    assert {"common-core-2010", "essex-matrix"} <= set(keys)
    assert keys.index("common-core-2010") < keys.index("common-core-2005"), "replaced editions come last"


def test_a_team_is_its_members_alone(world, user):
    zoe = scope_of(user("zoe", "editor"))
    team = act.make_team(world.ann, body="IQF-O-000001", name="Night team")
    act.add_to_team(world.ann, team.pk, username="ZOE")
    made = act.rate(zoe, sitting("essex-matrix", [("ex-c1", "ex-r2", 3)]), team=team.pk)
    assert report.rating(world.ann, made.pk).team == "Night team"
    for other in (world.asa, world.eve, world.pat):
        for refused in (
            lambda o=other: report.rating(o, made.pk),
            lambda o=other: act.rate(o, sitting("essex-matrix", [("ex-c1", "ex-r2", 3)]), team=team.pk),
            lambda o=other: act.add_to_team(o, team.pk, username="asa"),
            lambda o=other: act.leave_team(o, team.pk),
            lambda o=other: act.remove_rating(o, made.pk),
        ):
            with pytest.raises(NotFoundError):
                refused()
        assert report.sittings(other, of_team=team.pk) == ()
    act.leave_team(world.ann, team.pk)
    with pytest.raises(NotFoundError):
        report.rating(world.ann, made.pk)
    act.leave_team(zoe, team.pk)
    assert not Team.objects.exists()
    assert not SelfRating.objects.exists()


def test_a_team_is_inside_an_organisation_of_ones_own(world):
    with pytest.raises(CannotHold, match="an organisation of yours"):
        act.make_team(world.ann, body="IQF-O-000002", name="Spies")
    team = act.make_team(world.ann, body="IQF-O-000001", name="Ours")
    for name in ("eve", "nobody-here"):
        with pytest.raises(CannotHold, match="is in this organisation"):
            act.add_to_team(world.ann, team.pk, username=name)


@pytest.mark.parametrize(
    ("rated", "says"),
    [
        ([], "Rate at least one line"),
        ([("CC99", "", 1)], "no such line or grade"),
        ([("CC1", "", 7)], "no such line or grade"),
        ([("CC1", "nonsense", 1)], "no such line or grade"),
        ([("CC1", "", 1), ("CC1", "", 2)], "rated twice"),
    ],
)
def test_what_will_not_do(world, rated, says):
    with pytest.raises(CannotHold, match=says):
        act.rate(world.ann, sitting("common-core-2005", rated))
    assert not SelfRating.objects.exists()


def test_no_day_to_come(world):
    with pytest.raises(CannotHold, match="has come"):
        act.rate(world.ann, sitting("common-core-2005", [("CC1", "", 1)], days_ago=-1))


def test_a_portfolio_in_the_terms_of_a_framework(filled):
    """Surely by a mandatory unit, perhaps by an optional one; and what an assessor credited is shown from then on."""
    held = act.hold(filled.ann, act.Item("listed", "U-CYP31"))
    before = {line.code: line for line in own_terms(filled.ann, "common-core-2005").lines}
    assert [each.title for each in before["CC2"].surely] == [held.unit.title]
    assert before["CC6"].term.verdict == "cannot say", "nobody has judged the other unit held"
    act.let_go(filled.ann, filled.unit.pk)
    assert term_of(filled, "CC6") == "only evidence"
    shown = act.record(filled.ann, act.Learning("course", "Records", shows=("common-core-2005:CC6",)))
    claim = act.ask(filled.ann, evidence=shown.pk, assessor="asa")
    assert term_of(filled, "CC6") == "only evidence", "claimed is not credited"
    act.assess(filled.asa, claim.pk, how="Talked")
    act.credit(filled.asa, claim.pk, things=[claim.things.get().pk], reason="Yes")
    assert term_of(filled, "CC6") == "shows"
    act.hold(filled.ann, act.Item("listed", "500/9170/0"))
    terms = own_terms(filled.ann, "common-core-2005")
    assert terms.passed_over == ("Diplom-Sozialpädagogin",)
    assert next(line for line in terms.lines if line.code == "CC2").perhaps
    assert own_terms(filled.ann, "common-core-2010").through[0].aliases == ("common-core-2005",)
    with pytest.raises(NotFoundError, match="Nobody has judged"):
        own_terms(filled.ann, "essex-matrix")


def term_of(world, code):
    return next(line.term.verdict for line in own_terms(world.ann, "common-core-2005").lines if line.code == code)


def test_a_link_shows_no_self_assessment(filled):

    made = act.rate(filled.ann, sitting("common-core-2005", [("CC1", "", 1)]))
    scope = scope_of_link(filled.token)
    assert not queries.ratings(scope).exists()
    with pytest.raises(NotFoundError):
        queries.rating(scope, made.pk)
