"""Batches at the command line: suggestions made for one, and what came of them."""

from tests.mapping.judging_world import judge, open_batch, person, unjudged

from iqf.catalogue.models import Framework
from iqf.mapping import actions


def nothing_judged_yet(units):
    """A batch against a framework of which nothing was judged, so that the wording alone speaks."""
    framework = Framework.objects.get(key="ecm-outcomes")
    batch = actions.draft(by="t", title="Outcomes", framework=framework, policy="single", depth="areas")
    actions.add_units(by="t", batch=batch, units=[unit.pk for unit in units])
    actions.assign(by="t", batch=batch, raters=[person("Ann")])
    return actions.open_batch(by="t", batch=batch)


def test_suggestions_are_made_for_a_batch_and_what_came_of_them_is_told(iqf):
    units = unjudged(2)
    batch = nothing_judged_yet(units)
    assert "Suggestions: not shown; none made yet." in iqf("batch", "show", batch.key).out
    made = iqf("batch", "suggest", batch.key, "--json").answer
    assert (made["run"]["trained_on"], made["run"]["newer"], made["suggests"]) == (0, 0, False)
    assert iqf("batch", "suggest", batch.key, "--json").answer["run"] == made["run"]
    for unit in units:
        judge(batch, person("Ann"), unit)
    iqf("batch", "close", batch.key)
    told = iqf("batch", "trust", batch.key)
    assert "Where raters saw them: none yet." in told.out
    assert "Where raters did not see them: 10 verdicts" in told.out
    whole = iqf("batch", "trust", "--json").answer
    assert whole["unseen"]["pairs"] == 10
    assert whole["unseen"]["said_accepted"] == 0
    assert iqf("batch", "suggest", batch.key).status == 2
    assert open_batch(units, [person("Ann"), person("Bea")]).key in iqf("batch", "list").out
