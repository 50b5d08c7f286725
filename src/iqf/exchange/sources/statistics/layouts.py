"""Tables that are known by their columns: what they count and where, and which columns say time and place.

A new table is one entry here. A column of the file keeps its name and its cells as published; what the standard
format has and the file lacks (`time_period`, `provider_ukprn`…) is added beside them, made from the file's own cells.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from iqf.indicators.standard import LEVEL_NOTATIONS, REGIONS
from iqf.indicators.store import quoted, text

DFE = "Department for Education"
OGL = "Open Government Licence v3.0"
ENGLAND: Final = {"country_code": "'E92000001'", "country_name": "'England'"}


@dataclass(frozen=True)
class Layout:
    """A table known by the columns that it must have. `adds` are SQL over its printed cells, by standard column.

    `kinds` are of its own columns that say time or place. `counts` says of an indicator what it counts. `tolerates`
    names checks that such a file cannot pass, and why it is taken all the same: they warn. `rounded_to`, `low_below`:
    see the model `Dataset`.
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
    tolerates: Mapping[str, str] = field(default_factory=dict)
    titled_by_file: bool = False
    rounded_to: int | None = None
    low_below: int | None = None


def academic(column: str) -> str:
    """SQL: 202526 out of `2025/26 (Aug to Apr)`, `2025/26` or `202526`; what reads otherwise stays as it is."""
    return f"regexp_replace(trim({quoted(column)}), '^(20\\d\\d)/?(\\d\\d)( Q\\d)?( \\(.*\\))?$', '\\1\\2')"


PARTS: Final = {"oct": "Academic year Q1", "jan": "Academic year Q1-Q2", "apr": "Academic year Q1-Q3"}
"""A year that is not over, by the month up to which it is counted, as the standard names it."""


def academic_part(column: str) -> str:
    """SQL: `Academic year`, or the part of it that a cell such as `2025/26 (Aug to Apr)` says that it is."""
    month = f"regexp_extract(lower({quoted(column)}), '\\(aug[a-z]* to ([a-z]{{3}})', 1)"
    cases = " ".join(f"WHEN {text(until)} THEN {text(part)}" for until, part in PARTS.items())
    return f"CASE {month} {cases} ELSE 'Academic year' END"


def part_named(stem: str) -> str:
    """The part of a year that a file's name says its table is of (`…Aug21-Apr22…`); blank where it says none."""
    found = re.search(r"Aug\d\d-(Oct|Jan|Apr)\d\d", stem, re.IGNORECASE)
    return PARTS[found[1].lower()] if found else ""


def ukprn(column: str) -> str:
    """SQL: the provider number at the end of a provider's name; blank where there is none."""
    return f"regexp_extract({quoted(column)}, '\\((\\d{{8}})\\)\\s*$', 1)"


def level_of(code: str) -> str:
    """SQL: the geographic level of a place, by the first three signs of its code."""
    of = {
        "E92": "National",
        "E12": "Regional",
        "E10": "Local authority",
        "E47": "Mayoral combined authority",
        **dict.fromkeys(("E06", "E07", "E08", "E09"), "Local authority district"),
    }
    cases = " ".join(f"WHEN {text(start)} THEN {text(level)}" for start, level in of.items())
    return f"CASE left({quoted(code)}, 3) {cases} ELSE {text('Local authority district')} END"


def places(code: str, name: str) -> dict[str, str]:
    """The standard columns of place of a file that has one column of codes and one of names."""
    starts = {"region": ("E12",), "lad": ("E06", "E07", "E08", "E09")}
    found = {"geographic_level": level_of(code), **ENGLAND}
    for column, codes in starts.items():
        among = f"left({quoted(code)}, 3) IN ({', '.join(map(text, codes))})"
        found[f"{column}_code"] = f"CASE WHEN {among} THEN {quoted(code)} END"
        found[f"{column}_name"] = f"CASE WHEN {among} THEN {quoted(name)} END"
    return found


def _translated(column: str, words: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {text(k)} THEN {text(v)}" for k, v in words.items())
    return f"CASE {quoted(column)} {cases} ELSE {quoted(column)} END"


def _provider(year: str, column: str, number: str, total: str) -> dict[str, str]:
    """The standard columns of a table by year and provider, in which one name stands for all providers."""
    every = f"{quoted(column)} = {text(total)}"
    return {
        "time_period": academic(year),
        "time_identifier": academic_part(year),
        "geographic_level": f"CASE WHEN {every} THEN 'National' ELSE 'Provider' END",
        **ENGLAND,
        "provider_ukprn": f"CASE WHEN NOT {every} THEN {number} END",
        "provider_name": f"CASE WHEN NOT {every} THEN {quoted(column)} END",
    }


ALL_PROVIDERS = "Total (All providers)"
PART_YEAR = (
    "A year that is not over says so: 2025/26 (Aug to Apr) is nine months, and does not compare with a whole year."
)
SPARSE = {
    "complete-matrix": "a provider has rows only for what it teaches",
    "one-year-type": "the latest year is not over; its part has an identifier of its own, and stands apart",
}
HOME = (
    "Areas are where learners live (home postcode). Volumes are rounded to the nearest 10; low is a base below 5. "
    "A learner with several courses is counted once in participation, and for each aim among enrolments."
)
DATED: Final = {"time_period": academic("date"), "time_identifier": academic_part("date")}
OWN_PLACE: Final = {"date": "time", "geography_code": "place", "geography_name": "place"}


def _fe(title: str, counting: str, needs: Sequence[str], indicators: Sequence[str]) -> Layout:
    return Layout(
        needs=("date", "geography_code", "geography_name", *needs, *indicators),
        title=title,
        counting=counting,
        location_basis="residence",
        indicators=tuple(indicators),
        definition=HOME,
        adds=DATED | places("geography_code", "geography_name"),
        kinds=OWN_PLACE,
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
        adds=_provider("year", "provider_name", ukprn("provider_name"), ALL_PROVIDERS)
        | {"provider_name": quoted("provider_name")},
        kinds={"year": "time"},
        labels={
            "apps_Level": "Apprenticeship level",
            "std_fwk_name": "Standard or framework",
            "ssa_t1_desc": "Sector subject area, tier 1",
            "ssa_t2_desc": "Sector subject area, tier 2",
            "std_fwk_flag": "Standard or framework?",
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
        adds=_provider("year", "provider_name", ukprn("provider_name"), ALL_PROVIDERS)
        | {"provider_name": quoted("provider_name")},
        kinds={"year": "time"},
        labels={"count": "Number"},
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
        adds=_provider("Academic Year", "Provider name", quoted("UKPRN"), ALL_PROVIDERS),
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
    ),
    _fe(
        "Basic skills by area and age",
        "learners",
        ("subject_level", "age_youth_adult"),
        ("achievements", "participation"),
    ),
    _fe(
        "Community learning by area, age, sex and ethnic group",
        "learners",
        ("age_detailed", "sex", "ethnicity_group"),
        (*_COMMUNITY, *(f"ach_{c}" for c in _COMMUNITY)),
    ),
    _fe(
        "Education and training of adults by area and level",
        "learners",
        ("age_summary_with_unknowns", "sex", "ethnicity_group"),
        (*(f"p_{c}" for c in _LEVELS), *(f"ach_{c}" for c in _LEVELS)),
    ),
    _fe(
        "Education and training of adults by area, subject and level: aims",
        "aims",
        ("ssa_t1_desc", "sex", "ethnicity_group", "notional_nvq_level"),
        ("e_and_t_aims_enrolments", "e_and_t_aims_ach"),
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
    ),
    _fe(
        "Free courses for jobs by area",
        "starts",
        ("start_age", "prior_attainment_group", "employment_status"),
        ("total_takeup_original_adult_offer", "total_takeup_extended_adult_offer"),
    ),
    Layout(
        needs=("location", "location_code", "geographic_level", "time_period", "ssa_t1_desc", "e_and_t_aims_ach"),
        title="Achievements of aims in education and training by area and subject",
        counting="aims",
        location_basis="residence",
        indicators=("e_and_t_aims_ach",),
        definition=HOME,
        adds=places("location_code", "location")
        | {
            "time_period": academic("time_period"),
            "time_identifier": "'Academic year'",
            "geographic_level": _translated("geographic_level", LEVEL_NOTATIONS),
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
        definition="Further education of the academic year 2020/21 (ILR21 in the file's name); NA is printed where "
        "the producer gives no number.",
        adds={
            "time_period": "'202021'",
            "time_identifier": "'Academic year'",
            "geographic_level": _translated("geographic_level", LEVEL_NOTATIONS),
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
            **{f"{name}_fte": "full-time equivalents" for name in (*SOCIAL_WORK_COUNTS, "vacancy", "case_holders")},
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
