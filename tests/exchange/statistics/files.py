"""Small tables as files: a good one in the standard format, and ways to spoil it."""

HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,sex,posts,rate"
)
ROWS = (
    "2024,Reporting year,National,E92000001,England,,,Total,120,10.5",
    "2024,Reporting year,National,E92000001,England,,,Female,c,11.0",
    "2024,Reporting year,Regional,E92000001,England,E12000001,North East,Total,60,low",
    "2024,Reporting year,Regional,E92000001,England,E12000001,North East,Female,31,z",
)
META = (
    "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column",
    "sex,Filter,Sex,,,,By sex,",
    "posts,Indicator,Posts filled,Workforce,,0,,",
    "rate,Indicator,Vacancy rate,Workforce,%,1,,",
)


def written(folder, rows=ROWS, header=HEADER, meta=META, name="staff.csv"):
    """The data file, with its meta file beside it where there is one."""
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n")
    if meta:
        path.with_name(f"{path.stem}.meta.csv").write_text("\n".join(meta) + "\n")
    return path


def spoilt(row, before, after):
    """The good rows with one text of one row (as a spreadsheet counts them) replaced."""
    assert ROWS[row - 2].count(before) >= 1, before
    return tuple(text.replace(before, after, 1) if at == row - 2 else text for at, text in enumerate(ROWS))
