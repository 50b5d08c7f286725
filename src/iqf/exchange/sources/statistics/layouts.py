"""Tables that are known by their columns: what they count and where, and which columns say time and place.

A new table is one entry here. A column of the file keeps its name and its cells as published; what the standard
format has and the file lacks (`time_period`, `provider_ukprn`…) is added beside them, made from the file's own cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iqf.exchange.sources.statistics.notations import (
    ENGLAND,
    PARTS,
    academic,
    academic_part,
    of_provider,
    places,
    translated,
    ukprn,
)
from iqf.indicators.standard import LEVEL_NOTATIONS, REGIONS
from iqf.indicators.store import quoted, text

DFE = "Department for Education"
OGL = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Layout:
    """A table known by the columns that it must have. `adds` are SQL over its printed cells, by standard column.

    `kinds` are of its own columns that say time or place. `counts` says of an indicator what it counts; `totals` of a
    filter which of its values stands for all, `groups` which other filter says what kind its values are of.
    `tolerates` names checks that such a file cannot pass, and why it is taken all the same: they warn. `rounded_to`,
    `low_below`: see the model `Dataset`. `year_in_name`: only the file's name says of which year the table is.
    """

    needs: tuple[str, ...]
    title: str
    counting: str
    location_basis: str
    indicators: tuple[str, ...] = ()
    definition: str = ""
    publisher: str = DFE
    licence: str = OGL
    named_by: str = ""
    complete_for: str = ""
    adds: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    tolerates: Mapping[str, str] = field(default_factory=dict)
    titled_by_file: bool = False
    year_in_name: bool = False
    rounded_to: int | None = None
    low_below: int | None = None


ALL_PROVIDERS = "Total (All providers)"
PART_YEAR = (
    "A year that is not over says so: 2025/26 (Aug to Apr) is nine months, and does not compare with a whole year."
)
SPARSE = {
    "complete-matrix": "a provider has rows only for what it teaches",
    "one-year-type": "the latest year is not over; its part has an identifier of its own, and stands apart",
}
HOME = "Areas are where learners live (home postcode). Volumes are rounded to the nearest 10; low is a base below 5."
LEARNERS_ONCE = (
    f"{HOME} Participation and achievements are of learners: one with several courses counts once in a total, and in "
    "each of the subjects, levels or types that the courses are of."
)
AIMS = f"{HOME} A learner counts for each aim, and so may count several times."
DATED: Final = {"time_period": academic("date"), "time_identifier": academic_part("date")}
OWN_PLACE: Final = {"date": "time", "geography_code": "place", "geography_name": "place"}


def _fe(
    title: str,
    counting: str,
    needs: Sequence[str],
    indicators: Sequence[str],
    *,
    definition: str = LEARNERS_ONCE,
    learners: Sequence[str] = (),
    totals: Mapping[str, str] | None = None,
    part: str = "",
) -> Layout:
    return Layout(
        needs=("date", "geography_code", "geography_name", *needs, *indicators),
        title=title,
        counting=counting,
        location_basis="residence",
        indicators=tuple(indicators),
        definition=definition,
        adds=DATED | places("geography_code", "geography_name") | ({"time_identifier": part} if part else {}),
        kinds=OWN_PLACE,
        counts=dict.fromkeys(learners, "learners"),
        totals=totals or {},
        rounded_to=10,
        low_below=5,
    )


_LEVELS = ("total", "bl2_ex_basic_skills", "basic_skills", "full_l2", "full_l3", "l2", "l3", "l4plus", "no_lx")
_COMMUNITY = (
    "personal_and_community_development_learning",
    "neighbourhood_learning_in_deprived_communities",
    "family_english_maths_and_language",
    "wider_family_learning",
    "total",
)
_ACHIEVED = ("achievements",)
_FIRST_QUARTER = f"CASE WHEN {quoted('date')} = '2022/23' THEN {text(PARTS['oct'])} ELSE {academic_part('date')} END"
"""The table of 2022/23 prints the year alone; its publisher's guidance says "Aug-Oct, reported to date"."""
_MEASURES = {
    "inpost": "In post",
    "starters": "Starters in the year",
    "leavers": "Leavers in the year",
    "turnover_rate": "Turnover rate",
    "agency": "Agency workers",
    "agency_rate": "Agency worker rate",
    "agency_cover": "Agency workers who cover vacancies",
    "agency_cover_rate": "Share of agency workers who cover vacancies",
    "vacancy": "Vacancies",
    "vacancy_rate": "Vacancy rate",
    "vacancy_agency_cover_rate": "Share of vacancies that agency workers cover",
    "case_holders": "Case holders",
    "caseload": "Average caseload",
    "working_days_lost": "Working days lost to sickness",
    "absence_rate": "Sickness absence rate",
}
SOCIAL_WORK_COUNTS: Final = ("inpost", "starters", "leavers", "agency")
OTHER_WORKERS: Final = ("agency_cover", "vacancy", "case_holders")
"""Of these full-time equivalents alone are printed."""
SOCIAL_WORK: Final = {
    f"{name}_{unit}": f"{words} ({of})"
    for name, words in _MEASURES.items()
    for unit, of in (("fte", "full-time equivalent"), ("headcount", "headcount"))
}
LAYOUTS: Final = (
    Layout(
        needs=("year", "apps_Level", "std_fwk_name", "ssa_t1_desc", "provider_name", "measure", "values"),
        title="Apprenticeships by subject, standard and provider",
        counting="several",
        location_basis="none",
        indicators=("values",),
        named_by="measure",
        complete_for="std_fwk_name",
        definition=f"Starts, enrolments and achievements; a person may be counted twice. {PART_YEAR}",
        adds=of_provider("year", "provider_name", ukprn("provider_name"), ALL_PROVIDERS)
        | {"provider_name": quoted("provider_name")},
        kinds={"year": "time"},
        labels={
            "apps_Level": "Apprenticeship level",
            "std_fwk_name": "Standard or framework",
            "ssa_t1_desc": "Sector subject area, tier 1",
            "ssa_t2_desc": "Sector subject area, tier 2",
            "std_fwk_flag": "Standard or framework?",
            "provider_type": "Type of provider",
            "values": "Number",
        },
        tolerates=SPARSE,
    ),
    Layout(
        needs=("year", "provider_name", "characteristic_type", "characteristic", "measure", "count"),
        title="Apprenticeships by provider and characteristics of learners",
        counting="several",
        location_basis="none",
        indicators=("count",),
        named_by="measure",
        definition=f"Starts and achievements, rounded to the nearest 10; low is a base below 5. {PART_YEAR}",
        adds=of_provider("year", "provider_name", ukprn("provider_name"), ALL_PROVIDERS)
        | {"provider_name": quoted("provider_name")},
        kinds={"year": "time"},
        labels={"count": "Number"},
        groups={"characteristic": "characteristic_type"},
        rounded_to=10,
        low_below=5,
        tolerates=SPARSE,
    ),
    Layout(
        needs=("Academic Year", "Provider name", "UKPRN", "Learner characteristic", "Apprenticeships"),
        title="Learners in further education by provider and characteristics",
        counting="learners",
        location_basis="none",
        indicators=("Apprenticeships", "Education and Training", "Tailored Learning", "Community Learning"),
        definition=f"Learners who took part, each once in a column; rounded to the nearest 10. {PART_YEAR}",
        adds=of_provider("Academic Year", "Provider name", quoted("UKPRN"), ALL_PROVIDERS),
        kinds={"Academic Year": "time", "Provider name": "place", "UKPRN": "place"},
        counts=dict.fromkeys(
            ("Apprenticeships", "Education and Training", "Tailored Learning", "Community Learning"), "learners"
        ),
        tolerates=SPARSE,
    ),
    _fe(
        "Apprenticeship starts and achievements by area, subject and level",
        "starts",
        ("ssa_t1_desc", "apprenticeship_level"),
        ("starts", "achievements"),
        definition=f"{HOME} Somebody who starts or achieves twice counts twice. 2022/23 is August to October 2022, "
        "reported to date, as the publisher's guidance says: a quarter, not a year.",
        part=_FIRST_QUARTER,
    ),
    _fe(
        "Basic skills by area and age",
        "learners",
        ("subject_level", "age_youth_adult"),
        ("participation", "achievements"),
        learners=("participation", *_ACHIEVED),
        totals={"subject_level": "Basic Skills (Excluding digital skills)"},
    ),
    _fe(
        "Community learning by area, age, sex and ethnic group",
        "learners",
        ("age_detailed", "sex", "ethnicity_group"),
        (*_COMMUNITY, *(f"ach_{c}" for c in _COMMUNITY)),
        definition=f"{LEARNERS_ONCE} The publisher's guidance speaks of the nearest 100 and of low below 50, but the "
        "cells are multiples of 10 from 10 up, as in its other tables.",
        learners=(*_COMMUNITY, *(f"ach_{c}" for c in _COMMUNITY)),
    ),
    _fe(
        "Education and training of adults by area and level",
        "learners",
        ("age_summary_with_unknowns", "sex", "ethnicity_group"),
        (*(f"p_{c}" for c in _LEVELS), *(f"ach_{c}" for c in _LEVELS)),
        learners=(*(f"p_{c}" for c in _LEVELS), *(f"ach_{c}" for c in _LEVELS)),
    ),
    _fe(
        "Education and training of adults by area, subject and level: aims",
        "aims",
        ("ssa_t1_desc", "sex", "ethnicity_group", "notional_nvq_level"),
        ("e_and_t_aims_enrolments", "e_and_t_aims_ach"),
        definition=AIMS,
    ),
    _fe(
        "Further education and skills by area: detailed summary",
        "several",
        ("apprenticeships_or_further_education", "level_or_type", "age_group"),
        tuple(
            f"{what}{rate}"
            for rate in ("", "_rate_per_100000_population")
            for what in ("starts", "participation", "achievements")
        ),
        learners=("participation", *_ACHIEVED),
    ),
    _fe(
        "Free courses for jobs by area",
        "starts",
        ("start_age", "prior_attainment_group", "employment_status"),
        ("total_takeup_original_adult_offer", "total_takeup_extended_adult_offer"),
        definition=f"{HOME} Starts under the original and under the extended offer.",
    ),
    Layout(
        needs=("location", "location_code", "geographic_level", "time_period", "ssa_t1_desc", "e_and_t_aims_ach"),
        title="Achievements of aims in education and training by area and subject",
        counting="aims",
        location_basis="residence",
        indicators=("e_and_t_aims_ach",),
        definition=AIMS,
        adds=places("location_code", "location")
        | {
            "time_period": academic("time_period"),
            "time_identifier": "'Academic year'",
            "geographic_level": translated("geographic_level", LEVEL_NOTATIONS),
            "region_code": "CASE WHEN geographic_level = 'region' THEN location_code END",
            "region_name": "CASE WHEN geographic_level = 'region' THEN location END",
            "lad_code": "CASE WHEN geographic_level = 'localAuthorityDistrict' THEN location_code END",
            "lad_name": "CASE WHEN geographic_level = 'localAuthorityDistrict' THEN location END",
        },
        kinds={"location": "place", "location_code": "place"},
        rounded_to=10,
        low_below=5,
    ),
    Layout(
        needs=("geographic_level", "area", "SSA", "Level", "sex", "Achievements", "Enrolments", "pcAch"),
        title="Achievements and enrolments by area, subject, level and sex",
        counting="several",
        location_basis="not stated",
        indicators=("Achievements", "Enrolments", "Total_ach", "Total_enr", "pcAch", "pcEnr"),
        definition="Further education of the academic year that the file's name says (ILR21: 2020/21); NA is printed "
        "where the producer gives no number.",
        year_in_name=True,
        adds={
            "time_identifier": "'Academic year'",
            "geographic_level": translated("geographic_level", LEVEL_NOTATIONS),
            **ENGLAND,
            **{
                column: f"CASE WHEN geographic_level = {text(level)} THEN {value} END"
                for level, start in (
                    ("LSIP", "lsip"),
                    ("LEP", "local_enterprise_partnership"),
                    ("MCA", "mayoral_combined_authority"),
                )
                for column, value in ((f"{start}_code", "'x'"), (f"{start}_name", "area"))
            },
        },
        kinds={"area": "place"},
        counts={"Total_ach": "achievements", "Total_enr": "enrolments"},
    ),
    Layout(
        needs=("time_period", "geographic_level", "inpost_fte", "vacancy_rate_fte", "turnover_rate_fte"),
        title="Children's social work workforce",
        counting="workers",
        location_basis="workplace",
        definition="Child and family social workers in local authorities in England on 30 September of each year. "
        "Turnover is leavers in the year divided by those in post at its end; vacancy is vacancies divided by "
        "vacancies and those in post; agency is agency workers divided by agency workers and those in post.",
        labels=SOCIAL_WORK,
        counts={
            **{f"{name}_headcount": "workers" for name in SOCIAL_WORK_COUNTS},
            **{f"{name}_fte": "full-time equivalents" for name in (*SOCIAL_WORK_COUNTS, *OTHER_WORKERS)},
        },
    ),
    Layout(
        needs=("time_period", "geographic_level", "age_group", "population_estimate"),
        title="Population by age group and area",
        counting="people",
        location_basis="residence",
        publisher="Office for National Statistics, as published by the Department for Education",
        definition="Mid-year estimates of the resident population.",
    ),
    Layout(
        needs=(
            *("time_period", "time_identifier", "geographic_level", "area", "indicator", "value", "unit"),
            *("qualifier", "original_source", "source_id", "locator"),
        ),
        title="Figures that the policy documents print",
        counting="several",
        location_basis="not stated",
        indicators=("value",),
        named_by="indicator",
        publisher="Policy documents, each named in its row",
        licence="",
        definition="Numbers as documents of 2005 to 2008 print them, each with its year, its qualifier and its place "
        "in the document. They come from many sources and are never added up.",
        adds={
            "country_code": "CASE WHEN area = 'Not stated' THEN 'x' ELSE 'E92000001' END",
            "country_name": "CASE WHEN area = 'Not stated' THEN area ELSE 'England' END",
            "region_code": "CASE WHEN geographic_level = 'Regional' THEN CASE lower(area) "
            + " ".join(f"WHEN {text(name.lower())} THEN {text(code)}" for code, name in REGIONS.items())
            + " END END",
            "region_name": "CASE WHEN geographic_level = 'Regional' THEN area END",
            "new_la_code": "CASE WHEN geographic_level = 'Local authority' THEN 'x' END",
            "la_name": "CASE WHEN geographic_level = 'Local authority' THEN area END",
        },
        kinds={"area": "place"},
        tolerates={
            "time-identifier": "documents name seasons and spans of years",
            "time-period": "documents name months and spans of years",
            "one-year-type": "a document prints figures of many kinds of year; they are never one series",
            "complete-matrix": "a document prints single figures, not a table",
        },
        titled_by_file=True,
    ),
)


def layout_of(header: Sequence[str]) -> Layout | None:
    """The layout of a file by its columns; None where it is none of these."""
    fitting = [each for each in LAYOUTS if set(each.needs) <= set(header)]
    return max(fitting, key=lambda each: len(each.needs)) if fitting else None


def nearest(header: Sequence[str]) -> tuple[Layout, tuple[str, ...]] | None:
    """The layout that a file nearly has, and the columns it lacks: two thirds of them, or more, are there."""
    lacking = [(each, tuple(n for n in each.needs if n not in header)) for each in LAYOUTS]
    close = [(each, gone) for each, gone in lacking if len(gone) * 3 <= len(each.needs)]
    return min(close, key=lambda pair: len(pair[1]) / len(pair[0].needs)) if close else None
