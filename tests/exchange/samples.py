"""A small good file of every source, by the source's name. A source without one here fails the tests of bad input."""

import csv
import json

from .early_years_file import OLD, VARIOUS
from .early_years_file import text_of as early_years_text
from .lists import text_of
from .test_approved_qualifications import ONE as APPROVED
from .test_approved_qualifications import TWO as APPROVED_TOO
from .test_lars import STANDARD
from .test_ncs_roles import ONE as ROLE
from .test_ncs_roles import TWO as ROLE_TOO
from .test_ofqual_organisations import NEW, OTHER
from .test_ofqual_register import ONE as REGISTERED
from .test_skills_england import ONE as APPRENTICE
from .test_skills_england import TITLE
from .test_skills_england import TWO as APPRENTICE_TOO

SKILL = {
    "conceptType": "KnowledgeSkillCompetence",
    "conceptUri": "http://data.europa.eu/esco/skill/1a",
    "skillType": "skill/competence",
    "preferredLabel": "comfort a child",
    "altLabels": "console a child | soothe a child",
    "status": "released",
    "description": "Calm a child who is upset.",
}
KNOWLEDGE = SKILL | {
    "conceptUri": "http://data.europa.eu/esco/skill/2b",
    "skillType": "knowledge",
    "preferredLabel": "child development",
    "altLabels": "",
    "description": "How children grow and learn.",
}
UK_SKILL = {
    "skill_id": "SKILL_1",
    "skill_name": "Plan play",
    "aliases": "Play with children",
    "description": "Plan what children may play.",
    "taxonomy": "UKOS",
    "original_id": "https://example.org/skills",
}
UK_SKILL_TOO = UK_SKILL | {"skill_id": "SKILL_2", "skill_name": "Observe play", "description": "See how they play."}

TEXTS = {
    "early-years": ("list.csv", early_years_text([OLD, VARIOUS])),
    "approved-qualifications": ("approved.csv", text_of([APPROVED, APPROVED_TOO])),
    "ofqual-register": (
        "register.csv",
        text_of([REGISTERED, REGISTERED | {"Qualification Number": "603/7741/0", "Qualification Title": "Another"}]),
    ),
    "ofqual-organisations": ("organisations.csv", text_of([NEW, NEW | OTHER])),
    "ofqual-titles": ("titles.json", json.dumps([{"text": "Award in Playwork"}, {"text": "Diploma"}], indent=1)),
    "lars": ("Standard.csv", text_of([STANDARD, STANDARD | {"StandardCode": "431"}])),
    "ncs-roles": ("profiles.csv", text_of([ROLE, ROLE_TOO])),
    "skills-england": ("standards.csv", TITLE + text_of([APPRENTICE, APPRENTICE_TOO])),
    "esco": ("skills_en_v1.0.csv", text_of([SKILL, KNOWLEDGE])),
    "uk-skills": ("skills.csv", text_of([UK_SKILL, UK_SKILL_TOO])),
}
TABLES = tuple(name for name, (file, _) in TEXTS.items() if file.endswith(".csv"))
"""The sources whose file is a table."""
TITLED = ("skills-england",)
"""Tables with a title line above their header."""


def sample(name, folder, content=None):
    """The path of a good file of a source; or of one with other content under the same name."""
    file, text = TEXTS[name]
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if content is None else content)
    return path


def lines(name):
    """The header of a table and the rows under it, and what stands above."""
    above, text = (TITLE, TEXTS[name][1][len(TITLE) :]) if name in TITLED else ("", TEXTS[name][1])
    header, *rows = text.splitlines(keepends=True)
    return above, header, rows


KEYS = {
    "early-years": ("Qualification Ref", "EYQ-{}"),
    "approved-qualifications": ("QualificationNumber", "6{:07}"),
    "ofqual-register": ("Qualification Number", "6{:07}"),
    "ofqual-organisations": ("Recognition Number", "RN{:04}"),
    "lars": ("StandardCode", "{}"),
    "ncs-roles": ("url", "role-{}"),
    "skills-england": ("Reference", "ST{:04}"),
    "esco": ("conceptUri", "http://data.europa.eu/esco/skill/{}"),
    "uk-skills": ("skill_id", "SKILL_{}"),
}


def many(name, count):
    """The bytes of a good file with so many rows."""
    if name == "ofqual-titles":
        return json.dumps([{"text": f"Award in Playwork {n}"} for n in range(count)], indent=1).encode()
    above, header, rows = lines(name)
    columns, first = (next(csv.reader([line])) for line in (header, rows[0]))
    row = dict(zip(columns, first, strict=True))
    column, shape = KEYS[name]
    return (above + text_of([row | {column: shape.format(n)} for n in range(count)], columns)).encode()
