"""The words that pages use for the closed lists of the data: plain English for somebody from outside."""

from typing import Final

from iqf.analysis.crosswalks import INVERSE
from iqf.codes import level_words
from iqf.exchange.formats.coverage_words import RELATION_WORDS, STRENGTH_WORDS

STATED: Final = {
    "available": "Open to new learners",
    "closed": "Closed to new learners",
    "historic": "Historic, no longer taught",
}
WORDS: Final[dict[str, dict[str, str]]] = {
    "constituency": {"core": "Core workforce", "wider": "Wider workforce", "unknown": ""},
    "constituency-long": {
        "core": "Core: work with children is the purpose of the job",
        "wider": "Wider: in regular contact with children",
        "unknown": "",
    },
    "tier": {"universal": "Universal service", "targeted": "Targeted service", "specialist": "Specialist service"},
    "tier-long": {
        "universal": "Universal: open to every child",
        "targeted": "Targeted: for children who need extra help",
        "specialist": "Specialist: for children with serious or complex needs",
    },
    "state": {"open": "Nobody has decided", "decided": "Decided"},
    "stated_status": STATED,
    "status": {
        "established": "Established",
        "emerging": "New or emerging",
        "proposed": "Proposed, not in use",
        "renamed": "Renamed",
        "merged": "Merged into another",
        "replaced": "Replaced",
        **STATED,
    },
    "contact": {
        "constant": "Constant: most of the working day",
        "frequent": "Frequent: many times a week",
        "occasional": "Occasional",
    },
    "entry": {
        "registration": "Professional registration",
        "mandatory qualification": "A qualification",
        "mandatory training": "Training",
        "professional status": "A professional status",
        "statutory standards": "Standards to meet after starting",
        "employer expectation": "Nothing in law, but employers expect it",
        "none": "Nothing is set",
    },
    "criterion": {
        "qualification": "A qualification",
        "registration": "Registration",
        "training": "Training",
        "experience": "Experience",
        "skills": "Skills",
        "other": "Something else",
        "nothing": "Nothing formal",
    },
    "beside": {
        "same": "The same as every employer",
        "more": "More than every employer must",
        "less": "Less than every employer must",
        "cannot say": "Cannot say",
    },
    "extent": {"whole": "the whole of", "part": "part of", "level": "something of the same level as"},
    "basis": {
        "statute": "the law",
        "regulator": "the regulator",
        "professional body": "a professional body",
        "employer practice": "employers’ own practice",
        "opinion": "opinion only",
    },
    "strength": {
        "mandatory": "Mandatory: nobody may do the job without it",
        "significant": "Significant: the usual route",
        "relevant": "Relevant: useful, not asked for",
    },
    "part": {
        "leads": "Lead body",
        "regulates": "Regulator",
        "registers": "Keeps the register",
        "accredits": "Accredits programmes",
        "approves": "Approves programmes",
        "owns standards": "Owns the standards",
        "endorses": "Endorses it",
        "places": "Placed it at its level",
    },
    "certainty": {
        "page": "The page or document of the source itself was read.",
        "document": "One of the policy documents of 2005 to 2008 states it.",
        "official": "An official list, loaded whole, states it.",
        "judged": "People judged it against stated criteria.",
        "unverified": "Nobody has checked it. It is likely, not certain.",
        "inferred": "The source does not say it in so many words; we read it so.",
        "machine": "A program judged it and no person has checked it.",
        "default": "A general rule was applied; nobody has looked at this case.",
    },
    "field": {
        "stated_status": "status",
        "glh": "taught hours",
        "tqt": "total study time",
        "subject_area": "sector subject area",
        "operational_start": "operational start",
        "operational_end": "operational end",
        "certification_end": "certification end",
    },
    "relation-out": dict(RELATION_WORDS),
    "relation-in": {relation: RELATION_WORDS[turned] for relation, turned in INVERSE.items()},
    "crosswalk-strength": dict(STRENGTH_WORDS),
    "assesses": {
        "knowledge": "What the holder knows",
        "competence": "What the holder can do",
        "both": "What the holder knows and can do",
    },
    "name": {
        "former": "Formerly called",
        "merged into": "Merged into",
        "successor": "Followed by",
        "trading": "Also called",
        "legal": "Legal name",
        "registered": "On the register as",
        "acronym": "In short",
    },
}


NAMES: Final = ("collection", "field")
MID_SENTENCE: Final = ("basis", "relation-out", "relation-in", "crosswalk-strength")


def in_words(value: object, kind: str) -> str:
    """A value of a closed list as a reader sees it; a value without words of its own is shown as it is."""
    text = "" if value is None else str(value)
    if kind == "level":
        return text if text.startswith(("Entry", "not")) else level_words(text)
    found = WORDS.get(kind, {}).get(text, text.replace("_", " ") if kind in NAMES else text)
    return found if kind in MID_SENTENCE else found[:1].upper() + found[1:]


MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def uk_date(value: object) -> str:
    """A date, or as much of one as is known, as written in the United Kingdom: `31 August 2014`, `July 2010`."""
    text = str(value or "")
    parts = text.split("-")
    if not all(p.isdigit() for p in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return text
    words = [parts[0]]
    if len(parts) > 1 and 1 <= int(parts[1]) <= 12:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)
