"""Judgements read from a table, of units and statements that are held here: ready to be recorded."""

from iqf.catalogue.models import Framework, Statement
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import units_called
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.judgements import MOST_FAULTS, Read, UnitRead, read_judgements
from iqf.mapping.read_elsewhere import FromFile, Verdict


def judged_units(data: bytes, file: str, framework: Framework, rater: str) -> list[FromFile]:
    """What a table says in the name of a rater, a row for each unit. Raises Refused with every fault."""
    statements = dict(Statement.objects.filter(LIVE, framework=framework).values_list("code", "pk"))
    return _held(read_judgements(data, file, framework.key, list(statements), rater), statements, file)


def _held(read: tuple[UnitRead, ...], statements: dict[str, int], file: str) -> list[FromFile]:
    """What was read, of units that are held. Raises Refused with a fault for each that is not, or stands twice."""
    units = units_called(one.unit for one in read)
    faults: list[Fault] = []
    found: dict[int, FromFile] = {}
    for one in read:
        unit = units.get(one.unit)
        if unit is None:
            faults.append(Fault("there is no such unit here, or it was retired.", file, one.row, "unit", one.unit))
        elif unit in found:
            message = f"this is the unit of row {found[unit].row} under another name."
            faults.append(Fault(message, file, one.row, "unit", one.unit))
        else:
            verdicts = {(statements[v.statement], v.verb): _verdict(v) for v in one.verdicts}
            found[unit] = FromFile(unit, one.row, verdicts, one.doubt, one.rationale)
    if faults:
        raise Refused(faults[:MOST_FAULTS])
    return list(found.values())


def _verdict(read: Read) -> Verdict:
    return Verdict(**{name: getattr(read, name) for name in Verdict.__dataclass_fields__})
