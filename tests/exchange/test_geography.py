import openpyxl
import pytest

from iqf.exchange.sources.geography import ingest
from iqf.exchange.sources.pattern import Refused
from iqf.places.models import Area, Membership
from iqf.places.queries import placed, regions_of

pytestmark = pytest.mark.django_db
AUTHORITIES = "\ufeffLAD25CD,LAD25NM,CAUTH25CD,CAUTH25NM,ObjectId\nE08000001,Bolton,E47000001,Greater Manchester,1\n"


@pytest.fixture
def lookups(tmp_path):
    (tmp_path / "authorities.csv").write_text(AUTHORITIES)
    (tmp_path / "outcodes.csv").write_text("id,outcode\n1,AB10\n")
    book = openpyxl.Workbook()
    book.active.append(["LAD23CD", "LAD23NM", "LSIP23CD", "LSIP23NM"])
    book.active.append(["E07000008", "Cambridge", "E69000003", " Cambridgeshire and Peterborough "])
    book.save(tmp_path / "plans.xlsx")
    return tmp_path


def test_districts_their_groups_and_what_came_of_authorities(lookups):
    report = ingest(lookups, by="tests")
    assert report.rows == 2
    bolton, cambridge = placed("E08000001"), placed("E07000008")
    assert (bolton.kind, bolton.groups) == ("authority", ("E47000001",))
    assert (cambridge.kind, cambridge.groups) == ("district", ("E69000003",))
    assert Membership.objects.get(area__code="E07000008").edition == "2023"
    assert Area.objects.get(code="E69000003").name == "Cambridgeshire and Peterborough"


def test_a_reorganisation_is_stated_and_never_joins_what_was_divided(lookups):
    ingest(lookups, by="tests")
    old, new = placed("E10000021"), placed("E06000061")
    assert old.became == (("E06000061", "2021-04-01", "divided"), ("E06000062", "2021-04-01", "divided"))
    assert [how for *_, how in new.came_from] == ["merged"] * 4 + ["divided"], (
        "its districts, and a part of the county"
    )
    assert new.within[:2] == ("E12000004", "E92000001")
    assert placed("E10000023").became == (("E06000065", "2023-04-01", "code"),)
    craven = placed("E07000163")
    assert (craven.kind, craven.became) == ("district", (("E06000065", "2023-04-01", "merged"),))
    assert placed("E13000001").within[0] == "E12000007", "Inner London is a part of London"


def test_the_region_of_an_authority_is_what_is_stated_and_blank_where_nothing_is(lookups):
    ingest(lookups, by="tests")
    east_midlands = ("E12000004", Area.objects.get(code="E12000004").name)
    assert regions_of(["E06000061", "E08000001", "E99999999"]) == {"E06000061": east_midlands}


def test_reading_again_writes_nothing(lookups):
    assert ingest(lookups, by="tests").writes
    assert ingest(lookups, by="tests").writes == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "this is no lookup of districts"),
        (AUTHORITIES.replace("E08000001", "Bolton"), 'row 2, column LAD25CD: "Bolton" is not the code of an area.'),
    ],
)
def test_what_is_no_lookup_is_refused(tmp_path, text, said):
    path = tmp_path / "lookup.csv"
    path.write_text(text)
    before = Area.objects.count()
    with pytest.raises(Refused) as refusal:
        ingest(path, by="tests")
    assert said in str(refusal.value)
    assert Area.objects.count() == before
