"""What each column of the layout may hold: keys, closed lists, whole numbers, dates, credits."""

import re

from iqf.catalogue.models.frameworks import (
    AXES,
    CRITERION_KINDS,
    CRITERION_VERDICTS,
    HOW_SURE,
    RELATIONS,
    STATEMENT_KINDS,
)
from iqf.catalogue.models.organisations import NAME_KINDS, ORGANISATION_KINDS
from iqf.catalogue.models.qualifications import ASSESSES, KINDS, POSITION_BASES, STATED_STATUSES
from iqf.catalogue.models.requirements import CRITERIA, CRITERION_STRENGTHS, ENTRIES, REQUIREMENT_STRENGTHS
from iqf.catalogue.models.roles import BODY_PARTS, CONSTITUENCIES, CONTACTS, ROLE_STATUSES, TIERS
from iqf.evidence.models import CERTAINTIES

CREDIT_RANGE = re.compile(r"^(\d+)(?:\s*[-–]\s*(\d+))?$")


STRENGTHS = ("partial", "partly", "full", "fully")


KEYS = {
    "documents_sources": ("source_id",),
    "qualifications_sources": ("source_id",),
    "areas": ("code",),
    "organisations": ("name",),
    "cluster_schemes": ("scheme_id",),
    "clusters": ("scheme_id", "cluster_id"),
    "roles": ("role_id",),
    "role_extras": ("role_id",),
    "role_clusters": ("scheme_id", "cluster_id", "role_id"),
    "functions": ("function_id",),
    "role_functions": ("role_id", "function_id"),
    "qualifications": ("local_id",),
    "qualification_kinds": ("qualification_local_id",),
    "units": ("unit_id",),
    "unit_groups": ("qualification_local_id", "group_code"),
    "qualification_units": ("qualification_local_id", "group_code", "unit_id"),
    "role_qualifications": ("role_id", "qualification_local_id"),
    "role_entry": ("role_id", "entry"),
    "employer_entry": ("role_id", "organisation", "post_level", "asks"),
    "progression": ("from_local_id", "to_local_id"),
    "framework_statements": ("framework_id", "statement_id"),
    "crosswalks": ("from_framework", "from_statement", "to_framework", "to_statement"),
    "criteria": ("framework_id", "statement_id", "kind", "position"),
    "role_statements": ("role_id", "framework_id", "statement_id"),
    "alignments": ("unit_id", "framework_id", "statement_id"),
    "judged_units": ("unit_id", "framework_id"),
    "findings": ("finding_id",),
    "contradictions": ("contradiction_id",),
    "qualifications_named": ("id",),
    "levels": ("level",),
}


CLOSED = {
    ("organisations", "kind"): ("", *ORGANISATION_KINDS),
    ("organisation_names", "kind"): NAME_KINDS,
    ("roles", "constituency"): ("", *CONSTITUENCIES),
    ("roles", "tier"): TIERS,
    ("roles", "status"): ("", *ROLE_STATUSES),
    ("role_extras", "contact"): CONTACTS,
    ("role_extras", "contact_evidence"): ("", *CERTAINTIES),
    ("role_extras", "evidence"): ("", *CERTAINTIES),
    ("role_functions", "part"): ("main", "part"),
    ("bodies", "part"): BODY_PARTS,
    ("bodies", "subject_kind"): ("role", "qualification"),
    ("qualifications", "status"): STATED_STATUSES,
    ("qualification_kinds", "kind"): KINDS,
    ("qualification_kinds", "assesses"): ASSESSES,
    ("unit_groups", "kind"): ("mandatory", "optional"),
    ("unit_groups", "list_complete"): ("", "yes", "no"),
    ("role_qualifications", "strength"): REQUIREMENT_STRENGTHS,
    ("role_qualifications", "basis"): POSITION_BASES,
    ("role_entry", "entry"): ENTRIES,
    ("role_entry", "basis"): POSITION_BASES,
    ("employer_entry", "kind"): CRITERIA,
    ("employer_entry", "strength"): ("", *CRITERION_STRENGTHS),
    ("opinions", "stance"): ("agrees", "disputes"),
    ("permissions", "kind"): ("allows", "stops"),
    ("permissions", "basis"): POSITION_BASES,
    ("framework_statements", "kind"): STATEMENT_KINDS,
    ("framework_statements", "axis"): ("", *AXES),
    ("crosswalks", "relation"): RELATIONS,
    ("crosswalks", "strength"): ("", *HOW_SURE),
    ("criteria", "kind"): CRITERION_KINDS,
    ("criteria", "verdict"): ("", *CRITERION_VERDICTS),
    ("role_statements", "strength"): STRENGTHS,
    ("alignments", "strength"): STRENGTHS,
    ("alignments", "raters_agree"): ("", "yes", "no"),
    ("judged_units", "rater_kind"): ("", "person", "machine"),
}


WHOLE = {
    "qualifications": ("glh", "tqt", "credit", "credit_years"),
    "units": ("glh",),
    "unit_groups": ("min_units", "max_units", "min_credit", "max_credit"),
    "judged_units": ("raters",),
    "criteria": ("position",),
}


DATES = {
    "role_extras": ("status_from",),
    "qualifications": ("available_from", "available_to"),
    "organisation_names": ("from_date",),
    "opinions": ("on",),
    "employer_entry": ("since",),
}


LEVELLED = {
    "qualifications": ("level",),
    "units": ("level",),
    "employer_entry": ("post_level", "least_level"),
}


def read_credit(text: str) -> tuple[int, int] | None:
    """A credit value as its bounds: `3` is (3, 3), `12-15` is (12, 15); None where it is neither."""
    match = CREDIT_RANGE.match(text.strip())
    if not match:
        return None
    low = int(match[1])
    high = int(match[2]) if match[2] else low
    return (low, high) if low <= high else None
