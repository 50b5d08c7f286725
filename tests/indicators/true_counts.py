"""A small table of true counts, by authority, region and level, read in as an organisation would give it."""

from iqf.exchange.sources.statistics.ingest import ingest
from iqf.indicators.protection import rule_of

REGIONS = {"E12000003": "Yorkshire and The Humber", "E12000004": "East Midlands"}
AUTHORITIES = {
    "E08000034": ("Kirklees", "E12000003"),
    "E08000035": ("Leeds", "E12000003"),
    "E06000015": ("Derby", "E12000004"),
    "E06000016": ("Leicester", "E12000004"),
}
HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
HEAD += "new_la_code,la_name,level,learners,achieved"


SMALL = {("E08000034", "2"): (60, 30), ("E08000034", "3"): (3, 1), ("E08000035", "2"): (50, 20)} | {
    (code, level): (40, 20) for code in ("E06000015", "E06000016") for level in ("2", "3")
}
SMALL |= {("E08000035", "3"): (70, 33)}


def printed(counts):
    """A table of authorities, regions and the country by level; `counts`: learners and achieved of each cell."""
    lines = [HEAD]
    for level in ("Total", "2", "3"):
        held = {
            code: _summed([n for (c, lv), n in counts.items() if c == code and level in ("Total", lv)])
            for code in AUTHORITIES
        }
        for code, (name, region) in AUTHORITIES.items():
            lines.append(_line("Local authority", region, code, name, level, held[code]))
        for region in REGIONS:
            inside = [held[code] for code, (_, of) in AUTHORITIES.items() if of == region]
            lines.append(_line("Regional", region, "", "", level, _summed(inside)))
        lines.append(_line("National", "", "", "", level, _summed(held.values())))
    return "\n".join(lines) + "\n"


def _summed(pairs):
    return [sum(each) for each in zip(*pairs, strict=True)]


def _line(kind, region, code, name, level, numbers):
    place = f"E92000001,England,{region},{REGIONS.get(region, '')},{code},{name}"
    return f"202425,Academic year,{kind},{place},{level},{numbers[0]},{numbers[1]}"


def published(tmp_path, counts, rule="base=none", code="training"):
    path = tmp_path / f"{code}.csv"
    path.write_text(counts if isinstance(counts, str) else printed(counts))
    return ingest(path, by="tests", rule=None if rule is None else rule_of(rule))
