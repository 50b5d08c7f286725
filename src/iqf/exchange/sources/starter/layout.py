"""The layout of a small framework: which files, which columns, which must be there. README.md explains each."""

from dataclasses import dataclass
from pathlib import Path

PACKAGED = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Table:
    """One file of the layout. `needed` columns must stand in its header; others than `known` are warned of."""

    path: str
    needed: tuple[str, ...]
    known: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folder and ending: how the loader speaks of it."""
        return Path(self.path).stem if "sources.csv" not in self.path else self.path.split("/")[0] + "_sources"


CITED = ("evidence", "source_url", "source_id", "locator")

TABLES = {
    table.name: table
    for table in (
        Table("documents/sources.csv", ("source_id", "title"), ("publisher", "date", "kind", "url", "licence")),
        Table(
            "qualifications/sources.csv",
            ("source_id", "title"),
            ("publisher", "date", "url", "kind", "licence"),
        ),
        Table("additions/areas.csv", ("code", "name", "kind"), ("parent",)),
        Table("qualifications/organisations.csv", ("name",), ("kind", "recognition_number", "website", *CITED)),
        Table("additions/organisations_extra.csv", ("name",), ("kind", "recognition_number", "website", *CITED)),
        Table(
            "additions/organisation_names.csv",
            ("organisation", "other_name", "kind"),
            ("from_date", "note", *CITED),
        ),
        Table("documents/cluster_schemes.csv", ("scheme_id", "title"), ("source_id", "note")),
        Table("documents/clusters.csv", ("scheme_id", "cluster_id", "title"), ("note",)),
        Table(
            "documents/roles.csv",
            ("role_id", "title"),
            (
                "alternative_titles",
                "suggested_synonyms",
                "constituency",
                "constituency_basis",
                "tier",
                "tier_basis",
                "status",
                "description",
                "source_id",
                "locator",
            ),
        ),
        Table(
            "additions/role_extras.csv",
            ("role_id",),
            (
                "contact",
                "contact_evidence",
                "plain_explanation",
                "successor_role_id",
                "status_note",
                "status_from",
                "status",
                "evidence",
            ),
        ),
        Table(
            "documents/role_clusters.csv",
            ("scheme_id", "cluster_id", "role_id"),
            ("primary", "basis", "source_id", "locator"),
        ),
        Table("additions/functions.csv", ("function_id", "title", "cluster_id"), ("description", *CITED)),
        Table("additions/role_functions.csv", ("role_id", "function_id", "part"), CITED),
        Table(
            "additions/bodies.csv",
            ("subject_kind", "subject", "organisation", "part"),
            ("note", *CITED),
        ),
        Table(
            "qualifications/qualifications.csv",
            ("local_id", "title"),
            (
                "number",
                "awarding_organisation",
                "level",
                "type",
                "credit",
                "glh",
                "tqt",
                "credit_years",
                "age_focus",
                "cluster_id",
                "available_from",
                "available_to",
                "status",
                "evidence",
                "source_url",
                "field_notes",
            ),
        ),
        Table(
            "additions/qualification_kinds.csv",
            ("qualification_local_id", "kind"),
            ("stands_for", "assesses", "area", "evidence", "note"),
        ),
        Table(
            "additions/relevelled.csv",
            ("qualification_local_id", "old_level"),
            ("old_framework", "revised_level", "revised_framework", "note", *CITED),
        ),
        Table(
            "qualifications/units.csv",
            ("unit_id", "title"),
            (
                "reference",
                "code",
                "level",
                "credit",
                "glh",
                "summary",
                "owner",
                "evidence",
                "source_url",
                "from_memory",
                "outcomes",
            ),
        ),
        Table(
            "qualifications/unit_groups.csv",
            ("qualification_local_id", "group_code", "kind"),
            ("group_title", "min_units", "max_units", "min_credit", "max_credit", "notes", "list_complete"),
        ),
        Table("qualifications/qualification_units.csv", ("qualification_local_id", "group_code", "unit_id")),
        Table(
            "qualifications/barred_pairs.csv",
            ("first_unit_id", "second_unit_id"),
            ("qualification_local_id", *CITED),
        ),
        Table("qualifications/equivalences.csv", ("first_unit_id", "second_unit_id"), CITED),
        Table(
            "qualifications/role_qualifications.csv",
            ("role_id", "qualification_local_id", "strength"),
            ("role_title", "choice_group", "note", "basis", "area", *CITED),
        ),
        Table(
            "qualifications/opinions.csv",
            ("role_id", "qualification_local_id", "organisation", "stance", "reason"),
            ("on", *CITED),
        ),
        Table("qualifications/role_entry.csv", ("role_id", "entry"), ("basis", "note", *CITED)),
        Table(
            "additions/employer_entry.csv",
            ("role_id", "organisation", "asks", "kind"),
            ("post_level", "strength", "qualification_local_id", "least_level", "instead", "since", "note", *CITED),
        ),
        Table(
            "qualifications/progression.csv",
            ("from_local_id", "to_local_id"),
            ("basis", "evidence", "source_url"),
        ),
        Table(
            "additions/permissions.csv",
            ("qualification_local_id", "kind", "text"),
            ("basis", *CITED),
        ),
        Table(
            "documents/framework_statements.csv",
            ("framework_id", "framework_title", "statement_id", "kind", "title"),
            ("parent_id", "note", "source_id", "locator", "axis", "row_id"),
        ),
        Table(
            "documents/crosswalks.csv",
            ("from_framework", "from_statement", "to_framework", "to_statement", "relation"),
            ("strength", "author", "note"),
        ),
        Table(
            "additions/criteria.csv",
            ("framework_id", "statement_id", "kind", "position", "text"),
            ("verdict", *CITED),
        ),
        Table(
            "qualifications/role_statements.csv",
            ("role_id", "framework_id", "statement_id", "strength"),
            ("basis", "evidence"),
        ),
        Table(
            "qualifications/alignments.csv",
            ("unit_id", "framework_id", "statement_id", "strength"),
            ("basis", "raters_agree"),
        ),
        Table("qualifications/judged_units.csv", ("unit_id", "framework_id"), ("raters", "rater_kind")),
        Table(
            "documents/findings.csv",
            ("finding_id", "statement"),
            (
                "claim_type",
                "theme",
                "sector",
                "roles",
                "framework_area",
                "qualifications",
                "level_range",
                "geography",
                "period",
                "value",
                "evidence_kind",
                "strength",
                "source_id",
                "locator",
            ),
        ),
        Table(
            "documents/contradictions.csv",
            (
                "contradiction_id",
                "topic",
                "statement_a",
                "source_id",
                "locator",
                "statement_b",
                "source_id_b",
                "locator_b",
                "handling",
            ),
        ),
        Table(
            "documents/qualifications_named.csv",
            ("id", "title"),
            ("kind", "kind_basis", "level", "owner", "for_roles", "note", "source_id", "locator"),
        ),
        Table(
            "additions/levels.csv",
            ("level", "title", "plain", "can_do"),
            ("examples", "compare_with", "example_ids", *CITED),
        ),
        Table(
            "additions/conflicts.csv",
            ("kind", "subject", "field", "value_shown", "value_other", "reason"),
            ("source_url_shown", "source_url_other"),
        ),
    )
}
FIGURES = "documents/figures_*.csv"
FIGURE_COLUMNS = ("time_period", "area", "indicator", "value", "unit", "source_id", "locator")
IGNORED = ("README.md", "CHECKS.md", "requirements.csv")
