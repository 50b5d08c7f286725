"""Small worlds for the quality checks, built through actions only: one where a check holds, one where it fails."""

from datetime import timedelta

from django.apps import apps
from django.utils.timezone import localdate

from iqf.catalogue import models as m
from iqf.catalogue.actions.official import OfficialTie, hold_links
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.evidence.actions import Cite, cite, hold_sources, record_retrieval
from iqf.evidence.models import Source
from iqf.register.actions import PrintedRow, mirror
from iqf.register.models import OfficialRow


def clear():
    """Empty every table of ours, so that a world begins with nothing."""
    for model in reversed(apps.get_models(include_auto_created=True)):
        if model.__module__.startswith("iqf."):
            model._base_manager.all()._raw_delete("default")


class World:
    """What stands so far, and one word for each thing to add."""

    def __init__(self):
        held = Source(key="tests", title="Tests", kind="book", licence="Open Government Licence v3.0")
        self.source = hold_sources([held]).rows["tests"]
        self.file = record_retrieval(source=self.source, file_name="tests.csv", sha256="a" * 64, rows=1)
        self.count = 0

    def add(self, model, thing="", source=None, **values):
        """A row of any model, cited."""
        self.count += 1
        subject = f"{model.__name__}:{self.count}"
        cited = cite("tests", [Cite(subject, source or self.source, "page")], self.file).rows
        batch = Batch("tests", "tests", cited)
        made = upsert(batch, model, [Draft(subject, {}, values)], kind=thing, held={})
        batch.flush()
        return made[subject]

    def role(self, title="Playworker", **values):
        return self.add(m.Role, "role", title=title, **values)

    def qualification(self, title="Diploma", **values):
        return self.add(
            m.Qualification, "qualification", title=title, **({"kind": "regulated qualification"} | values)
        )

    def unit(self, title="Play", **values):
        return self.add(m.Unit, "unit", title=title, **values)

    def organisation(self, title="Board", **values):
        return self.add(m.Organisation, "organisation", title=title, kind="awarding organisation", **values)

    def framework(self, key, **values):
        return self.add(m.Framework, "framework", key=key, title=key.title(), **values)

    def group(self, qualification, *units, kind="all", **values):
        named = {"key": f"G{self.count}", "title": "Group"} | values
        group = self.add(m.RuleGroup, qualification=qualification, kind=kind, **named)
        for unit in units:
            self.add(m.GroupUnit, group=group, unit=unit)
        return group

    def retire(self, *things):
        """Retire these, and nothing else of their kinds."""
        for thing in things:
            batch = Batch("tests", "tests", {})
            retire_missing(batch, type(thing), type(thing).objects.exclude(pk=thing.pk))
            batch.flush()

    def listed(
        self, *references, register="some-list", title="Diploma", level="", kind="qualification", whole=False, **facts
    ):
        """Rows of an official list; `whole`: what is not among them is retired."""
        rows = [
            PrintedRow(r, 2, {"Title": title}, {"title": title, **facts}, title, level=level, kind=kind)
            for r in references
        ]
        mirror(by="tests", register=register, rows=rows, retrieval="a" * 64, whole_list=whole)
        return OfficialRow.objects.get(register=register, reference=references[0])


def outcomes_known(world, good):
    unit = world.unit()
    outcome = world.add(m.UnitOutcome, unit=unit, position=1, text="Know how children play")
    if not good:
        world.retire(outcome)


def units_used(world, good):
    unit, qualification = world.unit(), world.qualification()
    world.group(qualification, unit)
    if not good:
        world.retire(qualification)


def owner_known(world, good):
    world.qualification(owner=world.organisation())
    world.qualification("Degrees", stands_for="the degrees of many universities")
    if not good:
        world.qualification("Nobody's")


def numbers_once(world, good):
    world.qualification("Old", number="60000001", operational_start="2010", operational_end="2014-08-31")
    world.qualification("New", number="60000001", operational_start="2014-09-01" if good else "2014-08-01")


def dates_in_order(world, good):
    world.qualification(operational_start="2014-09", operational_end="2014", certification_end="2016")
    if not good:
        world.qualification("Backwards", operational_end="2016-01-01", certification_end="2015-12-31")


def recognised_in_order(world, good):
    window = {"started_from": "2014-09", "started_to": "2019-08" if good else "2013-08"}
    world.add(m.Recognition, qualification=world.qualification(), recogniser="List", reference="1", **window)


def begins_in_sight(world, good):
    years = 2 if good else 12
    world.qualification(operational_start=(localdate() + timedelta(days=366 * years)).isoformat())


def size_and_credit(world, good):
    world.qualification("Level 2 Certificate (QCF)", credit=36 if good else 37)
    world.qualification("Level 2 Certificate", credit=90, operational_start="2019-01-01")
    world.qualification("Award leading to a Certificate (QCF)", credit=90)


def size_of_units(world, good):
    qualification = world.qualification("Level 3 Diploma (QCF)")
    credits = (30, 7) if good else (30, 6)
    units = [world.unit(credit_low=c, credit_high=c) for c in credits]
    world.group(qualification, *units)
    chosen = world.qualification("Level 3 Award (QCF)")
    world.group(chosen, *units, kind="choose", min_units=1)


def official_rows_gone(world, good):
    row, held = world.listed("A", "B", "C"), world.qualification()
    batch = Batch("tests", "tests", {})
    hold_links(batch, "some-list", [OfficialTie(held, row, "same")])
    if not good:
        world.listed("B", "C", whole=True)


def official_rows_of_organisations_gone(world, good):
    row, held = world.listed("A", "B", "C", kind="organisation"), world.organisation()
    hold_links(Batch("tests", "tests", {}), "some-list", [OfficialTie(held, row, "same", "name")])
    if not good:
        world.listed("B", "C", whole=True, kind="organisation")


def choices_reachable(world, good):
    units = [world.unit(credit_low=5, credit_high=5) for _ in range(2)]
    world.group(world.qualification(), *units, kind="choose", min_units=2, min_credit=10 if good else 11)
    world.group(world.qualification(), *units, kind="choose", min_units=3, list_complete=False)


def needed_but_closed(world, good):
    role, closed = world.role(), world.qualification("Old", stated_status="closed")
    other = world.qualification("New", stated_status="available" if good else "closed")
    for one in (closed, other):
        world.add(m.Requirement, role=role, qualification=one, strength="mandatory", choice_group="one of")


def closed_but_leading(world, good):
    role, closed = world.role(), world.qualification("Old", last_new_start="2014-08-31")
    new = world.qualification("New", stated_status="available")
    world.add(m.Requirement, role=role, qualification=closed, strength="mandatory")
    world.add(m.Requirement, role=role, qualification=new, strength="mandatory")
    if good:
        world.add(m.Progression, before=closed, after=new)


def roles_in_clusters(world, good):
    scheme, few = (world.add(m.ClusterScheme, key=k, title=k) for k in ("most", "few"))
    inside, beside = (world.add(m.Cluster, scheme=s, key="c", title="Play") for s in (scheme, few))
    roles = [world.role(title) for title in ("One", "Two", "Three")]
    for role in roles if good else roles[:2]:
        world.add(m.RoleCluster, role=role, cluster=inside)
    world.add(m.RoleCluster, role=roles[0], cluster=beside)


def functions_carried(world, good):
    cluster = world.add(m.Cluster, scheme=world.add(m.ClusterScheme, key="s", title="S"), key="c", title="Play")
    function, role = world.add(m.JobFunction, key="f", title="Playing", cluster=cluster), world.role()
    world.add(m.RoleFunction, role=role, function=function, part="part")
    if not good:
        world.retire(role)


def successions(world, good):
    new = world.role("New", status="established")
    world.role("Old", status="replaced", successor=new if good else None)


def succession_to_what_was_retired(world, good):
    newest, new = world.role("Newest"), world.role("New")
    world.role("Old", status="replaced", successor=new if not good else newest)
    world.retire(new)


def succession_in_a_circle(world, good):
    one, two = world.organisation("One"), world.organisation("Two")
    world.add(m.OrganisationName, organisation=one, other_name="TWO", kind="merged into")
    world.add(m.OrganisationName, organisation=two, other_name="One" if not good else "Elsewhere", kind="successor")


def frameworks_replaced(world, good):
    old = world.framework("old")
    new = world.framework("new", replaces=old)
    newest = world.framework("newest", replaces=new)
    if not good:
        world.retire(newest, new)
        world.framework("other", replaces=old)
        world.retire(m.Framework.objects.get(key="other"))
        world.role("Lost", status="merged")


def progressions_lead_on(world, good):
    one, two = (world.qualification(f"Level {level}", level=level) for level in ("3", "4"))
    unknown = world.qualification("Unknown")
    world.add(m.Progression, before=one if good else two, after=two if good else one)
    world.add(m.Progression, before=two, after=unknown)


def progressions_in_a_circle(world, good):
    one, two, three = (world.qualification(f"Level 3 {n}", level="3") for n in range(3))
    for before, after in ((one, two), (two, three), *(() if good else ((three, one),))):
        world.add(m.Progression, before=before, after=after)


def statements_in_place(world, good):
    framework = world.framework("standards")
    area = world.add(m.Statement, framework=framework, code="A", kind="area", title="Area")
    world.add(m.Statement, framework=framework, code="A1", kind="skill", title="Listen", parent=area)
    if not good:
        world.add(m.Statement, framework=framework, code="A2", kind="skill", title="Speak")
    flat = world.framework("flat")
    world.add(m.Statement, framework=flat, code="1", kind="skill", title="Flat frameworks have no parts")


def statements_under_what_was_retired(world, good):
    framework = world.framework("standards")
    areas = [world.add(m.Statement, framework=framework, code=c, kind="area", title=c) for c in "AB"]
    for area in areas:
        world.add(m.Statement, framework=framework, code=f"{area.code}1", kind="skill", title="Listen", parent=area)
    if not good:
        world.retire(areas[0])


def organisations_used(world, good):
    world.qualification(owner=world.organisation("Owner"))
    old = world.organisation("Old")
    world.add(m.OrganisationName, organisation=old, other_name="Follower", kind="merged into")
    world.organisation("Follower")
    if not good:
        world.organisation("Idle")


def standing_on_retired(world, good):
    role, qualification = world.role(), world.qualification()
    asked = world.add(m.Requirement, role=role, qualification=qualification, strength="relevant")
    other = world.qualification("Other")
    world.add(m.Requirement, role=role, qualification=other, strength="relevant")
    world.retire(*((asked, qualification) if good else (qualification,)))


def licences_known(world, good):
    unlicensed = hold_sources([Source(key="bare", title="Bare", kind="book")]).rows["bare"]
    world.role(source=world.source if good else unlicensed)


def sources_fresh(world, good):
    official = Source(key="official", title="List", kind="official list")
    held = hold_sources([official]).rows["official"]
    for days in (900, 30 if good else 400):
        day = (localdate() - timedelta(days=days)).isoformat()
        record_retrieval(source=held, file_name="list.csv", sha256="b" * 64, rows=1, published_on=day)


def official_levels(world, good):
    world.listed("A", register="one", title="Level 1/Level 2 Award", level="1/2")
    world.listed("B", register="two", title="Level 1/2 Award", level="1/2")
    world.listed("C", register="three", title="Entry Level 3 Award", level="E")
    world.listed("D", register="four", title="Level 3 Award", level="3" if good else "4")


def official_dates(world, good):
    world.listed("A", register="one", effective_from="2014-01-01", effective_to="")
    world.listed("B", register="two", started_from="2014-09", started_to="2014")
    end = "2020-01-01" if good else "2013-01-01"
    world.listed("C", register="three", operational_start="2014-01-01", operational_end=end, certification_end="")


WORLDS = {
    "outcomes-known": ((outcomes_known, "neither outcomes nor a summary"),),
    "units-used": ((units_used, "in no qualification"),),
    "owner-known": ((owner_known, "no owner"),),
    "numbers-once": ((numbers_once, "is also the number of"),),
    "dates-in-order": (
        (dates_in_order, "the certification end (2015-12-31) is before the operational end (2016-01-01)"),
        (recognised_in_order, "the last day (2013-08) is before the window of List: first day (2014-09)"),
        (begins_in_sight, "is more than ten years ahead"),
    ),
    "size-and-credit": (
        (size_and_credit, "37 credits, where its name promises 13 to 36"),
        (size_of_units, "36 credits, where its name promises 37 or more"),
    ),
    "official-rows-gone": (
        (official_rows_gone, "some-list no longer lists A"),
        (official_rows_of_organisations_gone, "some-list no longer lists A"),
    ),
    "choices-reachable": ((choices_reachable, "Group lists 10 credits and asks 11"),),
    "needed-but-closed": (
        (needed_but_closed, "it demands Old, which is closed"),
        (closed_but_leading, "it demands Old, which is closed"),
    ),
    "roles-in-clusters": ((roles_in_clusters, "it has no place in most"),),
    "functions-carried": ((functions_carried, "no role carries it"),),
    "successions": (
        (successions, "nothing is named in its place"),
        (succession_to_what_was_retired, "what replaced it, New, was retired"),
        (succession_in_a_circle, "in a circle of 2"),
        (frameworks_replaced, "nothing is named in its place"),
    ),
    "progressions-lead-on": (
        (progressions_lead_on, "from level 4 down to level 3"),
        (progressions_in_a_circle, "which leads back to it"),
    ),
    "statements-in-place": (
        (statements_in_place, "it belongs to no part"),
        (statements_under_what_was_retired, "the part it belongs to was retired"),
    ),
    "organisations-used": ((organisations_used, "nothing is recorded of what it does here"),),
    "standing-on-retired": ((standing_on_retired, "asks for Diploma; retired: Diploma"),),
    "licences-known": ((licences_known, "1 fact rests on it"),),
    "sources-fresh": ((sources_fresh, "was published on"),),
    "official-levels": ((official_levels, "the title says Level 3, the list Level 4"),),
    "official-dates": ((official_dates, "the operational end (2013-01-01) is before the operational start"),),
}
"""By check: the worlds of it, each with what is said of the one in which it fails."""
