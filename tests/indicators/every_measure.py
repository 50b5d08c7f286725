"""Every measure once, over the small tables: what is compared between engines, and compiled for each."""

from iqf.indicators import measures

REGION, YEAR = "region_code", "time_period"
BOUNDS = measures.bounds(5, 10)


def every_measure(starts, aims):
    """The measures by name, over the two tables as an engine has them."""
    this_year = measures.chosen(starts, {YEAR: ["2024"]})
    by_region = measures.added(this_year, [REGION], "starts", BOUNDS)
    by_cluster = measures.added(starts, [YEAR, "cluster"], "people", BOUNDS)
    return {
        "added": by_region,
        "shares of all": measures.shares(by_region),
        "shares within years": measures.shares(by_cluster, [YEAR]),
        "rates": measures.rates(this_year, [REGION], "starts", "people"),
        "learners": measures.learners(aims, [REGION, "cluster", "level"]),
        "beside": measures.beside(by_region, measures.added(this_year, [REGION], "people"), REGION),
    }
