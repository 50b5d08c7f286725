"""Judgements as a mapping set in SSSOM (Simple Standard for Sharing Ontological Mappings, 1.0), TSV with its header.

One row for each rater, unit, statement and verb. Predicates are our own, because a unit that teaches a statement is
not like it: `teachesFully`, `teachesPartly`, `assessesFully`, `assessesPartly`; with the modifier `Not`, `teaches`
and `assesses` say *none*. Nothing is lost on the way out and in again.
"""

import csv
import io

from iqf.exchange.formats.sheets import neutral
from iqf.reports.judgements import JudgementsAnswer, Said

NOT = "Not"
PREDICATES: dict[tuple[str, bool], tuple[str, int | None]] = {
    ("iqf:teachesFully", False): ("teaches", 2),
    ("iqf:teachesPartly", False): ("teaches", 1),
    ("iqf:teaches", True): ("teaches", 0),
    ("iqf:assessesFully", False): ("assesses", 2),
    ("iqf:assessesPartly", False): ("assesses", 1),
    ("iqf:assesses", True): ("assesses", 0),
}
"""Predicate and whether it is denied, to verb and verdict."""
SAID = {said: written for written, said in PREDICATES.items()}
PEOPLE = "semapv:ManualMappingCuration"
MACHINES = "semapv:UnspecifiedMatching"
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "confidence",
    "match_string",
    "subject_match_field",
    "comment",
    "iqf_quoted_at",
    "iqf_doubt",
    "iqf_unit_comment",
    "iqf_unit_doubt",
    "iqf_batch",
)


def sssom(answer: JudgementsAnswer, prefix: str) -> str:
    """The judgements as text. `prefix`: the address under which this framework's things stand."""
    out = io.StringIO()
    for line in _header(answer, prefix):
        out.write(f"#{line}\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for said in answer.judgements:
        writer.writerow(_row(answer.key, said))
    return out.getvalue()


def _header(answer: JudgementsAnswer, prefix: str) -> list[str]:
    return [
        "sssom_version: '1.0'",
        f"mapping_set_id: {prefix}/frameworks/{answer.key}/judgements",
        f"mapping_set_title: Judgements of units against {answer.framework.title}",
        f"mapping_set_version: '{answer.data_version}'",
        "license: https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "curie_map:",
        f"  iqf: {prefix}/terms/",
        f"  iqf.unit: {prefix}/units/",
        f"  iqf.{answer.key}: {prefix}/frameworks/{answer.key}/",
        "  semapv: https://w3id.org/semapv/vocab/",
        "extension_definitions:",
        *(f"  - slot_name: {name}" for name in COLUMNS if name.startswith("iqf_")),
    ]


def _row(key: str, said: Said) -> list[str]:
    predicate, denied = SAID[said.verb, said.verdict]
    return [
        f"iqf.unit:{said.unit.code}",
        neutral(said.unit.title),
        predicate,
        NOT if denied else "",
        f"iqf.{key}:{said.statement}",
        neutral(said.statement_title),
        PEOPLE if said.rater_kind == "person" else MACHINES,
        neutral(said.rater),
        "" if said.confidence is None else repr(said.confidence),
        neutral(said.quotation),
        said.quoted_from,
        neutral(said.rationale),
        "" if said.quoted_at is None else str(said.quoted_at),
        "1" if said.doubt else "",
        neutral(said.unit_rationale),
        "1" if said.unit_doubt else "",
        said.batch,
    ]
