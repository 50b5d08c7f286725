"""The tables of the service that are read: their columns, keys and what each is called as a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = "day"
WHOLE = "whole"
YES = "yes"
TEXT = "text"
CODE = "code"
"""A code is kept to the letter, leading zeros and trailing `.00` included."""

FROM_TO = {"EffectiveFrom": ("effective_from", DAY), "EffectiveTo": ("effective_to", DAY)}
LOGGED = {"Created_On": ("created_on", DAY), "Modified_On": ("modified_on", DAY)}
AREAS = {"SectorSubjectAreaTier1": ("subject_area_1", CODE), "SectorSubjectAreaTier2": ("subject_area_2", CODE)}


@dataclass(frozen=True)
class Layout:
    """One table: the list it feeds, the columns that make its reference, the column of its title, its facts.

    Columns without a fact are kept as printed. `number` is the column that may hold a qualification number.
    """

    table: str
    register: str
    kind: str
    key: tuple[str, ...]
    facts: Mapping[str, tuple[str, str]]
    title: str = ""
    number: str = ""
    level: str = ""
    divider: str = "-"
    also: tuple[str, ...] = field(default=())

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the table must have."""
        return tuple(dict.fromkeys((*self.key, *self.facts, *self.also)))


LAYOUTS = (
    Layout(
        "Framework",
        "lars-frameworks",
        "framework",
        ("FworkCode", "ProgType", "PwayCode"),
        {
            "FworkCode": ("framework_code", CODE),
            "ProgType": ("programme_type", CODE),
            "PwayCode": ("pathway_code", CODE),
            "PathwayName": ("pathway", TEXT),
            "NASTitle": ("framework", TEXT),
            "IssuingAuthorityTitle": ("title", TEXT),
            "IssuingAuthority": ("issuing_authority", CODE),
            "ImplementDate": ("implemented_on", DAY),
            "MI_FullLevel2": ("full_level_2", YES),
            "MI_FullLevel3": ("full_level_3", YES),
            **AREAS,
            **FROM_TO,
            **LOGGED,
        },
        title="IssuingAuthorityTitle",
        also=("DataReceivedDate", "MI_FullLevel2Percent", "MI_FullLevel3Percent", "CurrentVersion"),
    ),
    Layout(
        "FrameworkAims",
        "lars-framework-aims",
        "component",
        ("FworkCode", "ProgType", "PwayCode", "LearnAimRef"),
        {
            "FworkCode": ("framework_code", CODE),
            "ProgType": ("programme_type", CODE),
            "PwayCode": ("pathway_code", CODE),
            "LearnAimRef": ("aim", CODE),
            "FrameworkComponentType": ("component_type", CODE),
            **FROM_TO,
            **LOGGED,
        },
        number="LearnAimRef",
    ),
    Layout(
        "Standard",
        "lars-standards",
        "standard",
        ("StandardCode",),
        {
            "StandardCode": ("standard_code", CODE),
            "Version": ("version", CODE),
            "StandardName": ("title", TEXT),
            "StandardSectorCode": ("sector_code", CODE),
            "NotionalEndLevel": ("level", CODE),
            "LastDateStarts": ("last_new_start", DAY),
            "URLLink": ("url", TEXT),
            "IntegratedDegreeStandard": ("integrated_degree", YES),
            "OtherBodyApprovalRequired": ("other_body_approves", YES),
            **AREAS,
            **FROM_TO,
            **LOGGED,
        },
        title="StandardName",
        level="NotionalEndLevel",
    ),
    Layout(
        "StandardAims",
        "lars-standard-aims",
        "component",
        ("StandardCode", "LearnAimRef"),
        {
            "StandardCode": ("standard_code", CODE),
            "LearnAimRef": ("aim", CODE),
            "StandardComponentType": ("component_type", CODE),
            **FROM_TO,
            **LOGGED,
        },
        number="LearnAimRef",
    ),
    Layout(
        "Section96",
        "lars-section96",
        "approval",
        ("LearnAimRef",),
        {
            "LearnAimRef": ("aim", CODE),
            "Section96ApprovalStatus": ("approval_status", CODE),
            "Section96ApprovalStartDate": ("approved_from", DAY),
            "Section96ReviewDate": ("review_on", DAY),
            "Section96ValidPre16": ("valid_before_16", YES),
            "Section96Valid16to18": ("valid_16_to_18", YES),
            "Section96Valid18plus": ("valid_from_18", YES),
            **FROM_TO,
            **LOGGED,
        },
        number="LearnAimRef",
    ),
    Layout(
        "AwardOrgCode",
        "lars-organisations",
        "organisation",
        ("AwardOrgCode",),
        {
            "AwardOrgCode": ("organisation_code", CODE),
            "AwardOrgUKPRN": ("ukprn", CODE),
            "AwardOrgName": ("title", TEXT),
            "AwardOrgShortName": ("short_name", TEXT),
            "AwardOrgAcronym": ("acronym", TEXT),
            "AwardOrgNonExtant": ("no_longer_exists", YES),
            "AwardOrgNotes": ("notes", TEXT),
            "AwardOrgHigherEducationInstitution": ("higher_education", YES),
            **FROM_TO,
        },
        title="AwardOrgName",
    ),
    Layout(
        "SectorSubjectArea",
        "lars-subject-areas",
        "code",
        ("SectorSubjectAreaTier2",),
        {
            **AREAS,
            "SectorSubjectAreaTier1Desc": ("tier_1", TEXT),
            "SectorSubjectAreaTier2Desc": ("title", TEXT),
            "SectorSubjectAreaTier2_EffFrom": ("effective_from", DAY),
            "SectorSubjectAreaTier2_EffTo": ("effective_to", DAY),
        },
        title="SectorSubjectAreaTier2Desc",
        also=(
            "SectorSubjectAreaTier1Desc2",
            "SectorSubjectAreaTier2Desc2",
            "SectorSubjectAreaTier1_EffFrom",
            "SectorSubjectAreaTier1_EffTo",
        ),
    ),
    *(
        Layout(
            table,
            register,
            "code",
            (code,),
            {code: ("code", CODE), f"{code}Desc": ("title", TEXT), **FROM_TO},
            title=f"{code}Desc",
            also=(f"{code}Desc2",),
        )
        for table, register, code in (
            ("StandardSectorCode", "lars-standard-sectors", "StandardSectorCode"),
            ("ProgType", "lars-programme-types", "ProgType"),
        )
    ),
)
