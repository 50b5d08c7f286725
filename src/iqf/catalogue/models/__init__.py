"""What the catalogue holds, by subject."""

from iqf.catalogue.models.conflicts import FieldConflict
from iqf.catalogue.models.consultations import (
    Consultation,
    ConsultationBody,
    ConsultationComment,
    ConsultationLine,
)
from iqf.catalogue.models.frameworks import (
    Alignment,
    Criterion,
    Crosswalk,
    Framework,
    JudgedUnit,
    LevelDescriptor,
    Statement,
)
from iqf.catalogue.models.inclusion import Admission, InclusionChoice, InclusionRule
from iqf.catalogue.models.joining import Joining
from iqf.catalogue.models.official import OfficialLink
from iqf.catalogue.models.opinions import Opinion
from iqf.catalogue.models.organisations import Organisation, OrganisationAlias, OrganisationName
from iqf.catalogue.models.qualifications import (
    Comparison,
    Permission,
    Progression,
    Qualification,
    QualificationAlias,
    QualificationBody,
    Recognition,
)
from iqf.catalogue.models.requirements import EntryCriterion, EntryPosition, Requirement
from iqf.catalogue.models.roles import (
    Cluster,
    ClusterScheme,
    JobFunction,
    Role,
    RoleAlias,
    RoleBody,
    RoleCluster,
    RoleFunction,
    RoleTitle,
)
from iqf.catalogue.models.things import CodeSequence
from iqf.catalogue.models.units import (
    BarredPair,
    Equivalence,
    GroupUnit,
    RuleGroup,
    Unit,
    UnitAlias,
    UnitOutcome,
)

__all__ = [
    "Admission",
    "Alignment",
    "BarredPair",
    "Cluster",
    "ClusterScheme",
    "CodeSequence",
    "Comparison",
    "Consultation",
    "ConsultationBody",
    "ConsultationComment",
    "ConsultationLine",
    "Criterion",
    "Crosswalk",
    "EntryCriterion",
    "EntryPosition",
    "Equivalence",
    "FieldConflict",
    "Framework",
    "GroupUnit",
    "InclusionChoice",
    "InclusionRule",
    "JobFunction",
    "Joining",
    "JudgedUnit",
    "LevelDescriptor",
    "OfficialLink",
    "Opinion",
    "Organisation",
    "OrganisationAlias",
    "OrganisationName",
    "Permission",
    "Progression",
    "Qualification",
    "QualificationAlias",
    "QualificationBody",
    "Recognition",
    "Requirement",
    "Role",
    "RoleAlias",
    "RoleBody",
    "RoleCluster",
    "RoleFunction",
    "RoleTitle",
    "RuleGroup",
    "Statement",
    "Unit",
    "UnitAlias",
    "UnitOutcome",
]
