"""Every entity that people may read and write: its columns, and which of them name a row. A module for each subject.

The order of `ENTITIES` is the order in which changes are made: what others point to comes first.
"""

from iqf.catalogue import models as m
from iqf.catalogue.editable.entities.decisions import DECISIONS
from iqf.catalogue.editable.entities.entity import CODE, Entity
from iqf.catalogue.editable.entities.frameworks import ALIGNMENTS, CRITERION, CROSSWALK, FRAMEWORK, STATEMENT
from iqf.catalogue.editable.entities.opinions import ABOUT
from iqf.catalogue.editable.entities.organisations import ORGANISATION, ORGANISATION_NAME
from iqf.catalogue.editable.entities.qualifications import (
    COMPARISON,
    PERMISSION,
    PROGRAMME_BODY,
    PROGRESSION,
    QUALIFICATION,
)
from iqf.catalogue.editable.entities.requirements import ENTRY_CRITERION, ENTRY_POSITION, REQUIREMENT
from iqf.catalogue.editable.entities.roles import ROLE, ROLE_BODY, ROLE_FUNCTION, ROLE_PLACE, ROLE_TITLE
from iqf.catalogue.editable.entities.units import BARRED_PAIR, EQUIVALENCE, RULE_GROUP, RULE_UNIT, UNIT, UNIT_OUTCOME

__all__ = ["ALL", "CODE", "DECISIONS", "ENTITIES", "OPINIONS", "Entity"]

ALL = (
    *(ORGANISATION, ROLE, QUALIFICATION, UNIT, FRAMEWORK, STATEMENT, CRITERION),
    *(ORGANISATION_NAME, ROLE_TITLE, ROLE_PLACE, ROLE_FUNCTION, ROLE_BODY, PROGRAMME_BODY),
    *(REQUIREMENT, ENTRY_POSITION, ENTRY_CRITERION, PROGRESSION, COMPARISON, PERMISSION),
    *(UNIT_OUTCOME, RULE_GROUP, RULE_UNIT, BARRED_PAIR, EQUIVALENCE),
    *(CROSSWALK, *ALIGNMENTS, *ABOUT),
)
ENTITIES: dict[str, Entity] = {entity.kind: entity for entity in (*ALL, *DECISIONS)}
OPINIONS: dict[str, Entity] = {entity.kind: entity for entity in ALL if entity.model is m.Opinion}
