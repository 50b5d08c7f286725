"""Search over the starter: what comes first, what is counted, and that no text can break it."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.lists import write
from tests.exchange.samples import UK_SKILL, UK_SKILL_TOO
from tests.trying import trying

from iqf.analysis.partial_dates import partial
from iqf.analysis.status import Availability, can_start
from iqf.catalogue import models as m
from iqf.exchange.sources import uk_skills
from iqf.register.models import OfficialRow
from iqf.reports.search import SearchAnswer, search
from iqf.snapshot import reading
from iqf.snapshot.entries import gather
from iqf.snapshot.generations import Stamp, code_version, publish
from iqf.snapshot.reading import open_generation
from iqf.snapshot.wording import words

FIRST = {
    "nursery nurse": "nursery-nurse",
    "nursery nurses": "nursery-nurse",
    "Nursary nurse": "nursery-nurse",
    "play worker": "playworker",
    "playworker": "playworker",
    "youth worker": "youth-worker",
    "501/1123/1": "501/1123/1",
    "50111231": "501/1123/1",
    "501 1123 1": "501/1123/1",
    "Y/601/1437": "Y/601/1437",
    "y6011437": "Y/601/1437",
    "SHC 34": "SHC 34",
    "unit shc34": "SHC 34",
    "U-SHC34": "U-SHC34",
    "Q001": "Q001",
    "SENCO": "senco",
    "special educational needs co-ordinator": "senco",
    "early years senco": "early-years-senco",
    "TA": "teaching-assistant",
    "teaching asistant": "teaching-assistant",
    "hlta": "higher-level-teaching-assistant",
    "LSA": "learning-support-assistant",
    "classroom assistant": "learning-support-assistant",
    "EWO": "education-welfare-officer",
    "IRO": "independent-reviewing-officer",
    "NQSW": "newly-qualified-social-worker",
    "EYP": "early-years-professional",
    "EYPS": "Q061",
    "EYT": "early-years-teacher",
    "YOT worker": "youth-offending-team-worker",
    "DSL": "school-pastoral-worker",
    "OT": "occupational-therapist",
    "lunchtime supervisor": "midday-supervisor",
    "dinner lady": "midday-supervisor",
    "camhs nurse": "camhs-nurse",
    "LAC nurse": "looked-after-children-nurse",
    "foster carers": "foster-carer",
    "head teacher": "headteacher",
    "childrens centre manager": "childrens-centre-leader",
    "qualified teacher status": "Q044",
    "NPQH": "Q195",
    "city and guilds": "RN5217",
    "Edexcel": "RN5133",
    "NCFE": "RN5156",
    "cwdc": "Children's Workforce Development Council",
    "restorative justice": "Q177",
    "Common Core of Skills and Knowledge 2010": "common-core-2010",
    "health visitor training": "health-visitor",
    "what qualifications does a youth worker need": "youth-worker",
}
TOP_THREE = {
    "playwrok": {"playworker"},
    "paediatric first aid": {"Q159", "Q160", "Q158"},
    "safegaurding children": {"U-CIS6", "Q163", "Q164"},
    "level 3 diploma residential childcare": {"Q100", "Q101", "Q102", "Q103"},
    "residential child care": {"Q100", "Q101", "Q102", "Q103", "residential-care-worker"},
    "who works with looked after children": {"looked-after-children-nurse", "designated-teacher"},
    "level three playwork diploma": {"Q080", "Q081", "Q084"},
    "qualifications for childminders": {"Q232", "childminder"},
    "childminding": {"childminder"},
    "forest schools": {"forest-school-leader", "forest-school-assistant"},
    "common core": {"common-core-2005", "common-core-2010"},
    "nvq level 3 childrens care": {"Q064"},
    "first aid for babies": {"U-PEFAP", "U-EPFA3", "Q159"},
    "speech and language": {"U-EYMP5", "U-EYESLC", "U-POP18"},
    "mental helth": {"childrens-mental-health-professional", "mental-health-adviser"},
    "work with parents": {"Q110", "Q111", "Q112"},
    "youth justice degree": {"Q171", "Q202", "Q172"},
    "information sharing": {"CC6"},
    "fostering": {"foster-carer", "Q122"},
    "earlyyears teacher": {"early-years-teacher"},
    "safeg": {"U-CIS6", "U-YW3", "U-TDA22", "sp-1"},
}


@pytest.fixture(scope="module")
def image(tmp_path_factory, django_db_setup, django_db_blocker):
    root = tmp_path_factory.mktemp("snapshots")
    with django_db_blocker.unblock():
        name = publish(root, Stamp("7", "now", code_version()), gather())
    return open_generation(root / name)


@pytest.fixture
def home(settings, tmp_path, monkeypatch):
    settings.IQF_HOME = tmp_path
    monkeypatch.setattr(reading, "_held", None)


def place(answer, wanted):
    """The place of the first result called by one of the codes, from 1; 0 where none is."""
    places = (n for n, r in enumerate(answer.results, 1) if wanted & {r.code, r.title, *r.aliases})
    return next(places, 0)


def everything(image, text="", **filters):
    answer = search(text, snapshot=image, limit=1000, **filters)
    return [*answer.results, *search(text, snapshot=image, limit=1000, offset=1000, **filters).results]


@pytest.mark.parametrize(("text", "code"), FIRST.items())
def test_comes_first(image, text, code):
    if code.startswith("Children's"):
        code = next(r.code for r in everything(image, type="organisation") if r.title == "CWDC")
    answer = search(text, snapshot=image)
    assert place(answer, {code}) == 1, [f"{r.code} {r.title}" for r in answer.results[:5]]


@pytest.mark.parametrize(("text", "codes"), TOP_THREE.items())
def test_comes_among_the_first_three(image, text, codes):
    answer = search(text, snapshot=image)
    assert 1 <= place(answer, codes) <= 3, [f"{r.code} {r.aliases} {r.title}" for r in answer.results[:5]]


def test_relevance_as_a_whole(image):
    """Floors a little under what was measured (0.98 and 1.00), with the labels above, made by the same hand."""
    judged = {text: {code} for text, code in FIRST.items() if not code.startswith("Children's")} | TOP_THREE
    places = [place(search(text, snapshot=image), wanted) for text, wanted in judged.items()]
    reciprocal = sum(1 / p for p in places if p) / len(places)
    within_five = sum(1 for p in places if 1 <= p <= 5) / len(places)
    assert reciprocal >= 0.95
    assert within_five >= 0.98


def test_every_code_and_alias_finds_its_thing_first(image):
    """Where several things share a code, each of them stands before everything that does not have it."""
    things = everything(image)
    sharing = Counter(alias.casefold() for r in things for alias in {r.code, *r.aliases})
    for thing in things:
        for alias in (thing.code, *thing.aliases):
            answer = search(alias, snapshot=image, limit=sharing[alias.casefold()] + 8)
            found = place(answer, {thing.code})
            assert 1 <= found <= sharing[alias.casefold()], (
                alias,
                thing.title,
                [r.title for r in answer.results],
            )


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("501/1123/1", "number"),
        ("SHC 34", 'alias "SHC 34"'),
        ("IQF-R-000069", "code"),
        ("SENCO", 'alias "SENCO"'),
        ("nursery nurse", "title"),
        ("teaching asistant", "title"),
        ("lunchtime supervisor", 'alias "Lunchtime supervisor"'),
        ("safeg", 'title ("safeguarding")'),
    ],
)
def test_says_why(image, text, because):
    assert search(text, snapshot=image).results[0].because == because


def test_says_how_a_misspelt_word_was_read(image):
    answer = search("safegaurding children", snapshot=image)
    assert answer.suggestion == "safeguarding children"
    assert any('"safegaurding" read as "safeguarding"' in r.because for r in answer.results)


def test_every_result_says_why(image):
    for text in [*FIRST, *TOP_THREE]:
        silent = [r.title for r in search(text, snapshot=image).results if not r.because]
        assert not silent, (text, silent)


def test_a_blank_text_lists_everything_by_title(image):
    answer = search("  ", snapshot=image, limit=1000)
    assert answer.total == image.searcher.num_docs
    titles = [r.title.casefold() for r in answer.results if r.title.isascii() and r.title.replace(" ", "").isalpha()]
    assert titles == sorted(titles)


def test_pages_hold_everything_once(image):
    pages = [search("children", snapshot=image, limit=7, offset=start).results for start in range(0, 70, 7)]
    whole = search("children", snapshot=image, limit=70).results
    assert tuple(r for page in pages for r in page) == whole
    assert len({r.code for r in whole}) == 70


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-5, -5), (10**9, 0), (20, 10**15)])
def test_any_page_may_be_asked_for(image, limit, offset):
    answer = search("children", snapshot=image, limit=limit, offset=offset)
    assert answer.total > 100
    assert bool(answer.results) == (limit > 0 and offset == 0)


SCHEME = "sectors-2008"
ON = "2026-11-21"
NARROWED = [
    {"type": "qualification"},
    {"level": "3"},
    {"level": "Level 3", "type": "unit"},
    {"level": ("2", "3"), "type": ("unit", "qualification")},
    {"level": "unknown"},
    {"level": "none"},
    {"kind": "professional status"},
    {"owner": "NCFE", "level": "5"},
    {"owner": ("NCFE", "RN5217")},
    {"status": "available"},
    {"cluster": "sectors-2008:early-years-childcare-play", "type": "role"},
    {"cluster": "mapping-2005:playwork"},
    {"role": "nursery-nurse"},
    {"role": "playworker", "type": "unit"},
    {"age": ("0-5", "0-19"), "size": ("diploma", "unknown")},
    {"has_units": "yes", "verified": "no"},
    {"available": ("no", "cannot say"), "available_on": ON},
    {"available_on": "2010-02-01", "level": "3"},
    {"in_framework": True},
]


@pytest.fixture(scope="module")
def facts(django_db_setup, django_db_blocker):
    """What each thing counts as in each filter, read from the database a second time, naively."""
    with django_db_blocker.unblock():
        held = {q.code: _of_qualification(q) for q in m.Qualification.objects.all()}
        held |= {r.code: {"cluster": _places(r), "verified": _checked(r)} for r in m.Role.objects.all()}
        held |= {o.code: {"verified": _checked(o), "kind": {o.kind}} for o in m.Organisation.objects.all()}
        held |= {f.code: {"verified": _checked(f)} for f in m.Framework.objects.all()}
        for s in m.Statement.objects.select_related("framework"):
            held[f"{s.framework.key}:{s.code}"] = {"verified": _checked(s)}
        for unit in m.Unit.objects.all():
            holders = [held[g.group.qualification.code] for g in unit.groups.filter(retired_on=None)]
            held[unit.code] = {
                "cluster": {c for holder in holders for c in holder["cluster"]},
                "role": {r for holder in holders for r in holder["role"]},
                "verified": _checked(unit),
            }
        return held


def _checked(thing):
    return {"yes" if thing.citation.verified else "no"}


def _places(role):
    return {f"{p.cluster.scheme.key}:{p.cluster.key}" for p in role.places.filter(retired_on=None)}


def _of_qualification(q):
    asked = [r.role for r in q.required_by.filter(retired_on=None)]
    elsewhere = {c for role in asked for c in _places(role) if not c.startswith(f"{SCHEME}:")}
    known = Availability(
        partial(q.operational_start), partial(q.operational_end), None, partial(q.last_new_start), q.stated_status
    )
    hours = q.credit * 10 if q.credit else q.tqt or 0
    sizes = "unknown" if not hours else "award" if hours < 125 else "certificate" if hours < 365 else "diploma"
    regulated = q.kind == "regulated qualification"
    return {
        "cluster": elsewhere | ({f"{SCHEME}:{q.cluster.key}"} if q.cluster else set()),
        "role": {role.code for role in asked},
        "age": {q.age_focus or "unknown"},
        "subject": {"unknown"} if regulated else set(),
        "size": {sizes} if regulated else set(),
        "has_units": {"yes" if any(g.members.exists() for g in q.groups.all()) else "no"},
        "verified": _checked(q),
        "available": lambda on: {can_start(known, date.fromisoformat(on)).verdict},
    }


@pytest.mark.parametrize("text", ["", "children", "play", "safegaurding", "level 3 diploma"])
@pytest.mark.parametrize("filters", NARROWED, ids=str)
def test_filters_and_counts_agree_with_a_naive_count(image, starter, facts, text, filters):
    """Each filter's values are counted under all other filters."""
    on = filters.get("available_on")
    unfiltered = [(r.code, _values(r, facts, on)) for r in everything(image, text)]
    asked = {name: _wanted(name, given) for name, given in _asked(filters).items()}
    wanted = {code for code, values in unfiltered if _passes(values, asked)}
    answer = search(text, snapshot=image, **filters)
    assert {r.code for r in everything(image, text, **filters)} == wanted
    assert answer.total == len(wanted)
    assert answer.facet_counts() == _naive(unfiltered, asked)
    costs = {name: sum(_passes(values, asked, but=name) for _, values in unfiltered) for name in answer.filters}
    assert {w.name: w.total for w in answer.without} == costs


def _asked(filters):
    given = {"available": ("yes",), **filters} if "available_on" in filters else dict(filters)
    given.pop("available_on", None)
    return given


def _passes(values, asked, but=""):
    return all(wanted & values[name] for name, wanted in asked.items() if name != but)


def _wanted(name, given):
    if name == "in_framework":
        return {"yes" if given else "no"}
    several = {given} if isinstance(given, str) else set(given)
    if name == "role":
        return {m.Role.objects.get(aliases__value=value).code for value in several}
    if name == "owner":
        return {{"RN5217": "City & Guilds"}.get(value, value) for value in several}
    return {value.removeprefix("Level ") for value in several} if name == "level" else several


def _naive(results, asked):
    counts = {}
    for _, held in results:
        for name, values in held.items():
            counter = counts.setdefault(name, Counter())
            if _passes(held, asked, but=name):
                counter.update(v for v in values if name != "cluster" or v.startswith(f"{SCHEME}:"))
    return {name: dict(counter) for name, counter in counts.items()}


def _values(result, facts, on=None):
    levelled = result.type in ("qualification", "unit", "official row")
    cluster = {result.code} if result.type == "cluster" else set()
    values = {
        "type": {result.type},
        "level": {result.level or "unknown"} if levelled else set(),
        "kind": {result.kind} if result.kind else set(),
        "owner": {result.owner} if result.owner else set(),
        "cluster": cluster,
        "status": {result.status} if result.status else set(),
        "in_framework": {"yes" if result.in_framework else "no"},
        **{name: set() for name in ("role", "age", "subject", "size", "has_units", "verified", "available")},
        **facts.get(result.code, {}),
    }
    verdicts = values.pop("available")
    return values | ({"available": verdicts(on) if verdicts else set()} if on else {})


@pytest.mark.parametrize("owner", ["NCFE", "ncfe", "RN5156", "Northern Council for Further Education"])
def test_an_owner_by_any_name_or_code(image, owner):
    answer = search("", snapshot=image, owner=owner)
    assert {r.owner for r in answer.results} == {"NCFE"}


def test_facets_are_in_order_and_labelled(image):
    facets = {f.name: f.values for f in search("", snapshot=image).facets}
    assert [v.label for v in facets["level"]][:2] == ["Entry level", "Level 1"]
    assert facets["level"][-1].label == "Level not known"
    assert {v.value: v.label for v in facets["cluster"]}["sectors-2008:youth"] == "Youth"
    counts = [v.count for v in facets["owner"]]
    assert counts == sorted(counts, reverse=True)


def test_clusters_of_another_scheme_may_be_counted(image):
    counts = search("", snapshot=image, scheme="mapping-2005").facet_counts()["cluster"]
    assert counts
    assert all(value.startswith("mapping-2005:") for value in counts)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"type": "banana"}, 'There is no type "banana"; the types are role, qualification'),
        ({"level": "9"}, 'There is no level "9"; the levels are E, E1'),
        ({"cluster": "youth"}, "A cluster is given as scheme:key"),
        (
            {"role": "astronaut"},
            'There is no role "astronaut"; look for it with: iqf search "astronaut" --type role.',
        ),
        ({"size": "huge"}, 'There is no size "huge"; the sizes are award, certificate, diploma, unknown.'),
        ({"verified": "maybe"}, 'The filter verified cannot be "maybe"; it is one of yes, no.'),
        ({"available_on": "31/02/2024"}, '"31/02/2024" is not a date; write it like 2026-11-21.'),
        ({"available": "yes"}, "Whether a thing is available needs a day"),
        ({"scheme": "sectors-1066"}, 'There is no scheme "sectors-1066"; the schemes are'),
    ],
)
def test_a_filter_that_cannot_be_is_refused_in_one_sentence(image, filters, said):
    answer = search("nurse", snapshot=image, **filters)
    assert answer.total == 0
    assert answer.refused.startswith(said)
    assert answer.help == answer.refused


def test_nothing_found_helps(image):
    assert "Nothing is called “xyzzy”" in search("xyzzy", snapshot=image).help
    number = search("501/1123/9", snapshot=image)
    assert number.total == 0
    assert number.suggestion == "501/1123/1"
    assert "has the number 501/1123/9. Its last character does not fit" in number.help
    narrowed = search("nursery nurse", snapshot=image, level="8")
    assert narrowed.total == 0
    assert "without them there are" in narrowed.help


def test_some_of_the_words_are_better_than_none(image):
    answer = search("nursery nurse xyzzy", snapshot=image)
    assert answer.results[0].title == "Nursery nurse"
    assert answer.help == "Nothing holds all of these words; these hold some of them."


SIGNS = "\"'()[]{}<>:^~*?+-\\/|&!;,.=@#%$ \t\n\x00AND OR NOT TO abc 0123456789 éß\u2019\ufeff"


@trying(300)
@given(st.one_of(st.text(max_size=400), st.text(alphabet=SIGNS, max_size=60)))
def test_no_text_can_break_it(image, text):
    answer = search(text, snapshot=image, owner=text, kind=text, cluster=text, status=text)
    assert isinstance(answer, SearchAnswer)
    answer = search(text, snapshot=image)
    assert answer.total >= len(answer.results)
    assert answer.results or answer.help


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "nurse\udfff",
        "a" * 100_000,
        "nurse " * 50_000,
        'title:"nurse" AND (x OR',
        "level",
        "level 99",
        "entry",
        "the",
        "who is what",
        "/",
        "603/",
        "l3",
        "entry level 3",
        "training",
        "IN [a b]",
    ],
)
def test_odd_texts(image, text):
    answer = search(text, snapshot=image)
    assert answer.results or answer.help


def _official(reference, title, number=""):
    return OfficialRow.objects.create(
        register="early-years",
        reference=reference,
        title=title,
        number=number,
        owner="Nobody in particular",
        level="3",
        facts={},
        printed={},
        row=2,
        retrieval="0" * 64,
    )


def test_official_rows_come_after_the_frameworks_own(starter, home):
    _official("A1", "Nursery nurse", "99911119")
    _official("A2", "Beekeeping with small children")
    linked = _official("A3", "Diploma in Zebra Care")
    retired = _official("A4", "Diploma in Yak Care")
    m.OfficialLink.objects.create(
        qualification=m.Qualification.objects.first(), official_row=linked, because="the test says so"
    )
    retired.retired = True
    retired.save()
    answer = search("nursery nurse")
    assert answer.results[0].type == "role"
    named = [{"nursery", "nurse"} <= set(words(r.title)) or r.code == answer.results[0].code for r in answer.results]
    order = list(zip(named, [r.in_framework for r in answer.results], strict=True))
    assert order == sorted(order, reverse=True), "named before mentioned; of each, the framework's own first"
    assert {(True, True), (True, False), (False, True)} <= set(order)
    assert answer.facet_counts()["in_framework"]["no"] == 1
    assert search("beekeeping").results[0].code == "early-years:A2"
    assert search("999/1111/9").results[0].because == "number"
    assert [r.type for r in search("zebra").results] == ["qualification"]
    assert search("yak").total == 0
    assert search("", in_framework=False).total == 2


def test_a_loaded_classification_comes_after_the_frameworks_own_and_after_official_rows(starter, home, tmp_path):
    """A published list of skills is no part of the framework, though its skills are statements as the framework's."""
    uk_skills.ingest(write(tmp_path / "uk" / "skills.csv", UK_SKILL, UK_SKILL_TOO).parent, by="tests")
    for number, title in enumerate(("Plan play", "Observe play", "Play with children")):
        _official(f"A{number}", title)
    own = m.Statement.objects.filter(framework__key="common-core-2010")
    own.filter(code="CC2").update(title="Plan play")
    own.filter(code="CC3").update(note="Observe children at play.")
    found = search("plan play", limit=1000).results
    assert [(r.type, r.in_framework) for r in found if r.title == "Plan play"] == [
        ("statement", True),
        ("official row", False),
        ("statement", False),
    ]
    order = [(r.type, r.in_framework, r.title == "Observe play") for r in search("observe play", limit=1000).results]
    assert order.index(("official row", False, True)) < order.index(("statement", False, True))
    assert max(n for n, (_, own, _) in enumerate(order) if own) < order.index(("statement", False, True))
    assert {r.type for r in search("", type="framework", in_framework=False).results} == {"framework"}
    assert search("common core").results[0].in_framework


def test_retired_things_are_not_found(starter, home):
    role = m.Role.objects.get(title="Nursery nurse")
    role.retired_on, role.retired_because = "2026-01-01", "test"
    role.save()
    assert role.code not in {r.code for r in search("nursery nurse", limit=100).results}


def test_the_answer_names_the_version_of_the_data(starter, home):
    assert search("nurse").data_version == reading.stamp_now().data_version
