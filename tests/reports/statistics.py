"""Small statistical tables, held through the actions: learners by region and sex, people, and a table of aims."""

from tests.indicators.tables import PLACE, TIME, held

from iqf.indicators.queries import HeldColumn

HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,sex,level"
LEARNERS = f"""
{HEAD},learners
202324,Academic year,National,E92000001,England,,,Total,Total,10000
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Total,Total,800
202324,Academic year,Regional,E92000001,England,E12000007,London,Total,Total,4600
202324,Academic year,Regional,E92000001,England,E12000008,South East,Total,Total,4600
202324,Academic year,Regional,E92000001,England,E13000001,Inner London,Total,Total,2000
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Female,Total,c
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Male,Total,500
202324,Academic year,Regional,E92000001,England,E12000006,East of England,Total,3,400
202324,Academic year,Regional,E92000001,England,E12000007,London,Total,3,c
202324,Academic year,Regional,E92000001,England,E12000008,South East,Total,3,2300
202223,Academic year,National,E92000001,England,,,Total,Total,9000
202223,Academic year,Regional,E92000001,England,E12000006,East of England,Total,Total,700
"""
PEOPLE = """
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,people
2023,Calendar year,Regional,E92000001,England,E12000006,East of England,1100
2023,Calendar year,Regional,E92000001,England,E12000007,London,4450
2023,Calendar year,Regional,E92000001,England,E12000008,South East,4450
2024,Calendar year,Regional,E92000001,England,E12000006,East of England,9999
"""


def columns(printed, indicator, counting, **more):
    """The columns of a printed table; sex and level have a total."""
    found = []
    for name in printed.strip().splitlines()[0].split(","):
        kind = (
            "indicator" if name == indicator else "time" if name in TIME else "place" if name in PLACE else "filter"
        )
        total = "Total" if kind == "filter" else ""
        counted = counting if kind == "indicator" else ""
        found.append(HeldColumn(name, kind, name.replace("_", " "), counting=counted, total=total, **more))
    return tuple(found)


def hold_learners(tmp_path, code="learners", counting="learners", location_basis="residence"):
    """Learners by region, sex and level in two years."""
    return held(
        tmp_path,
        LEARNERS,
        code=code,
        indicators=("learners",),
        counting=counting,
        location_basis=location_basis,
        columns=columns(LEARNERS, "learners", counting),
    )


def hold_people(tmp_path):
    """People by region in two years."""
    return held(
        tmp_path,
        PEOPLE,
        code="people",
        indicators=("people",),
        counting="people",
        location_basis="residence",
        columns=columns(PEOPLE, "people", "people"),
    )
