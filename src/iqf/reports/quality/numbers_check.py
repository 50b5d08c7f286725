"""The check character of every qualification number and unit reference holds. Real registers hold some that fail."""

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan, parse_unit_reference
from iqf.reports.quality.finding import EVERYTHING, Example, Found, Within, found


def check(within: Within = EVERYTHING) -> Found:
    """Every number and reference held."""
    looked, cases = 0, []
    qualifications, units = (within.limit(model.objects.filter(LIVE), "code") for model in (m.Qualification, m.Unit))
    numbers = qualifications.exclude(number="").values_list("code", "title", "number")
    references = units.exclude(reference="").values_list("code", "title", "reference")
    for rows, parse in ((numbers, parse_qan), (references, parse_unit_reference)):
        for code, title, number in rows:
            looked += 1
            parsed = parse(number)
            if parsed is None or not parsed.check_holds:
                cases.append(Example(code, title, f"{number} fails its check"))
    return found(cases, looked)
