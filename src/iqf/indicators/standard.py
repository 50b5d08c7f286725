"""The format of Explore Education Statistics, as far as a reader needs it: columns of time and place, their words.

Our own statement of the published standard (time and geography columns, time identifiers, meta file).
"""

from typing import Final

TIME: Final = ("time_period", "time_identifier")
LEVEL_COLUMNS: Final = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"),
    "Local skills improvement plan area": ("lsip_code", "lsip_name"),
    "Local enterprise partnership": ("local_enterprise_partnership_code", "local_enterprise_partnership_name"),
    "English devolved area": ("english_devolved_area_code", "english_devolved_area_name"),
    "Mayoral combined authority": ("mayoral_combined_authority_code", "mayoral_combined_authority_name"),
    "Parliamentary constituency": ("pcon_code", "pcon_name"),
    "Opportunity area": ("opportunity_area_code", "opportunity_area_name"),
    "Planning area": ("planning_area_code", "planning_area_name"),
    "Ward": ("ward_code", "ward_name"),
    "MAT": ("trust_id", "trust_name"),
    "Sponsor": ("sponsor_id", "sponsor_name"),
    "School": ("school_urn", "school_name"),
    "Provider": ("provider_ukprn", "provider_name"),
    "Institution": ("institution_id", "institution_name"),
}
"""For each geographic level, the columns that hold the code and the name of its places."""
LEVEL_NOTATIONS: Final = {
    "country": "National",
    "national": "National",
    "region": "Regional",
    "regional": "Regional",
    "localAuthority": "Local authority",
    "localAuthorityDistrict": "Local authority district",
    "LSIP": "Local skills improvement plan area",
    "LEP": "Local enterprise partnership",
    "MCA": "Mayoral combined authority",
}
"""Other ways in which files write a level."""
PLACE: Final = ("geographic_level", *(c for pair in LEVEL_COLUMNS.values() for c in pair), "old_la_code")
MANDATORY: Final = (*TIME, "geographic_level", "country_code", "country_name")
META: Final = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
META_OPTIONAL: Final = ("filter_default",)
UNITS: Final = ("", "%", "pp", "£", "£m", "£000", "number", "days", "years")

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_QUARTERED = ("Academic year", "Calendar year", "Financial year", "Tax year")
_QUARTERS = ("Q1", "Q1-Q2", "Q1-Q3", "Q1-Q4", "Q2", "Q2-Q3", "Q2-Q4", "Q3", "Q3-Q4", "Q4")
IDENTIFIERS: Final[dict[str, str]] = {
    **{year: year for year in (*_QUARTERED, "Reporting year")},
    **{f"{year} {q}": f"{year} by quarters" for year in _QUARTERED for q in _QUARTERS},
    **dict.fromkeys(("Part 1 (April to September)", "Part 2 (October to March)"), "half of a financial year"),
    **dict.fromkeys(("Autumn term", "Spring term", "Summer term"), "term"),
    "Autumn and spring term": "Autumn and spring term",
    **dict.fromkeys(_MONTHS, "month"),
    **{f"Week {n}": "week" for n in range(1, 54)},
}
"""Every time identifier, and the type of year or part of it that it is: a table holds one type only."""
PARTS_OF_YEARS: Final[dict[str, str]] = {
    **{f"{year} {q}": f"quarters {q.replace('-', ' to ')}" for year in _QUARTERED for q in _QUARTERS if q != "Q1-Q4"},
    "Academic year Q1": "August to October",
    "Academic year Q1-Q2": "August to January",
    "Academic year Q1-Q3": "August to April",
    "Part 1 (April to September)": "April to September",
    "Part 2 (October to March)": "October to March",
    **{term: term.lower() for term in ("Autumn term", "Spring term", "Summer term", "Autumn and spring term")},
}
"""The time identifiers of a part of a year, each with which part. Such a period is never compared with a year."""
SIX_FIGURES: Final = ("Academic year", "Financial year", "Tax year")
"""Types of year that are written with six figures: 202324."""
COUNTRIES: Final = {
    "E92000001": "England",
    "W92000004": "Wales",
    "S92000003": "Scotland",
    "N92000002": "Northern Ireland",
    "K02000001": "United Kingdom",
    "K03000001": "Great Britain",
    "K04000001": "England and Wales",
}
REGIONS: Final = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
    "E13000001": "Inner London",
    "E13000002": "Outer London",
}
INNER_OUTER: Final = ("E13000001", "E13000002")
NOT_KNOWN: Final = ("z", "x", ":", "")
"""What a code cell may hold where a place has no code."""


def period_words(period: str, identifier: str = "") -> str:
    """A period as people write it: 2023/24 for 202324; 2006-07, financial year, for `200607 Financial year`.

    Where its identifier names a part of a year, which part. A calendar year needs no word beside it.
    """
    years, _, kind = period.partition(" ")
    spans = len(years) == 6 and years.isdigit() and int(years[4:]) == (int(years[:4]) + 1) % 100
    if kind == "Calendar year":
        return years
    if spans and kind in SIX_FIGURES:
        return f"{years[:4]}-{years[4:]}, {kind.lower()}"
    year = f"{years[:4]}/{years[4:]}" if spans and not kind else period
    part = PARTS_OF_YEARS.get(identifier)
    return f"{year} ({part} only, part of a year)" if part else year
