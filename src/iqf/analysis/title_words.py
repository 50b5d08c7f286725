"""The words that titles of qualifications and units are made of: awards, marks, countries, spellings, opposites."""

from typing import Final

HEADS: Final = (
    "award", "certificate", "diploma", "nvq", "svq", "gnvq", "gcse", "gce", "vce", "epa", "degree", "hnc", "hnd",
    "foundation degree", "honours degree", "masters degree",
    "licentiate", "associate", "fellowship", "doctorate", "key skills", "functional skills",
    "essential digital skills", "essential skills wales", "graded examination", "principal learning", "t level",
    "a level", "as level", "extended project", "entry level certificate", "baccalaureate", "qualification",
    "certificate of higher education", "diploma of higher education",
)  # fmt: skip
"""The nouns that say what is awarded. Two titles with different ones name different things."""

SIZES: Final = (
    "extended", "subsidiary", "foundation", "introductory", "first", "higher", "advanced",
    "intermediate", "progression", "preliminary", "principal", "double", "single", "short", "graduate", "post",
    "90 credit",
)  # fmt: skip
"""Words before an award noun that make it another award, larger or smaller, higher or lower."""

STYLES: Final = (
    "btec", "national", "technical", "professional", "vocational", "applied", "specialist", "executive",
    "international", "apprenticeship", "ivq", "tech", "cambridge", "combined", "general", "occupational", "digital",
    "arts", "science",
)  # fmt: skip
"""Words before an award noun that say in what manner; one title may leave them out."""

AWARD_SPELLINGS: Final = (
    (r"end[ -]*point[ -]*assessments?(?: \(epa\)| epa)?", "epa"),
    (
        r"advanced subsidiary gce|gce advanced subsidiary|gce as level|as[ -]level gce|as[ -]level",
        "advanced subsidiary gce",
    ),
    (r"advanced gce|gce advanced level|gce a[ -]level|a[ -]level gce|\ba[ -]level", "advanced gce"),
    (r"\bt[ -]level", "t level"),
    (r"higher national certificate|\bhnc\b(?: diploma)?", "higher national certificate"),
    (r"higher national diploma|\bhnd\b(?: diploma)?", "higher national diploma"),
    (r"international vocational qualification(?: \(ivq\))?", "ivq"),
    (r"national vocational qualification", "nvq"),
    (r"cert ?he\b|certificate of higher education", "certificate of higher education"),
    (r"dip ?he\b|diploma of higher education", "diploma of higher education"),
    (r"\b(?:fda|fdsc|fded)\b|foundation (?:degree|fda)", "foundation degree"),
    (r"\bba\b(?: ?\(?hons?\)?)?|bachelor of arts", "arts honours degree"),
    (r"\bbsc\b(?: ?\(?hons?\)?)?|bachelor of science", "science honours degree"),
    (r"\b(?:bed|llb)\b(?: ?\(?hons?\)?)?|honours degrees", "honours degree"),
    (r"\bma\b|master of arts", "arts masters degree"),
    (r"\bmsc\b|master of science", "science masters degree"),
    (r"pg ?cert\b|postgraduate certificate", "post graduate certificate"),
    (r"post[ -]?graduate", "post graduate"),
    (r"functional skills qualification", "functional skills"),
    (r"90[ -]credit", "90 credit"),
    (r"graded exam\b", "graded examination"),
)  # fmt: skip

MARKS: Final = ("qcf", "rqf", "nqf", "vrq", "scqf", "cqfw", "fheq", "htq", "vtct vrq")
"""Framework marks. They say under which rules an award was made, not which award it is."""

BRANDS: Final = r"btec|(?:extended )?technical occupational entry"
"""Families of awards, named anywhere in a title."""

VERSIONS: Final = ("9-1", "revised", "new", "pilot", "legacy", "not in use", "2nd edition")
COUNTRIES: Final = ("england", "wales", "scotland", "northern ireland", "uk", "ireland")

SMALL: Final = frozenset(
    ["in", "of", "for", "the", "and", "a", "an", "to", "on", "at", "by", "or", "with", "within", "from", "as", "ni"]
)

SPELLINGS: Final = (
    (r"\bchild ?minding\b", "childminding"),
    (r"\bchild(?:ren)? ?care\b", "childcare"),
    (r"\bhealth ?care\b", "healthcare"),
    (r"\bplay ?work(?=er|\b)", "playwork"),
    (r"\bpre ?school", "preschool"),
    (r"\bafter ?school", "afterschool"),
    (r"\bout of school", "outofschool"),
    (r"\bwell ?being\b", "wellbeing"),
    (r"\bon ?line\b", "online"),
    (r"\be ?learning\b", "elearning"),
    (r"\bmulti ?media\b", "multimedia"),
    (r"\bmulti ?agency\b", "multiagency"),
    (r"\bperson ?cent(?:re|er)d\b", "personcentred"),
    (r"\binformation and communications? technology(?: ict\b)?", "ict"),
    (r"\binformation technology\b", "it"),
    (r"\bspecial educational needs(?: and disabilit(?:y|ies))?\b", "sen"),
    (r"\bfirst ?aid\b", "firstaid"),
    (r"\bprogrammes?\b", "program"),
    (r"\bmaths\b", "mathematics"),
    (r"\bbehavior", "behaviour"),
    (r"\bpractis", "practic"),
)
"""Known spellings of one word."""

ENDINGS: Final = tuple(
    (f"is{ending}", f"iz{ending}") for ending in ("ations", "ational", "ation", "ing", "es", "ed", "e")
)
"""-ise and -ize are made one, in words that have both and in those that do not."""

SINGULAR: Final = {"child": "children", "person": "people"}

GENERIC: Final = frozenset(
    [
        "skill", "practice", "practic", "principle", "introduction", "understand", "understanding", "working", "work",
        "how", "provide", "conducting", "knowledge", "using", "use", "setting", "environment", "workplace", "related",
        "general", "service", "examination", "grade", "stage", "part", "unit", "level", "qualification",
    ]
)  # fmt: skip
"""Words that many titles share whatever they are about: they count half, as single letters do."""

POLES: Final = (
    frozenset(["children", "adult"]),
    frozenset(["theory", "practical"]),
    frozenset(["knowledge", "competence"]),
    frozenset(["primary", "secondary"]),
    frozenset(["reading", "writing", "speaking", "listening"]),
    frozenset(["basic", "introductory", "intermediate", "advanced", "higher", "foundation"]),
    frozenset(["male", "female"]),
    frozenset(["men", "women"]),
    frozenset(["indoor", "outdoor"]),
    frozenset(["internal", "external"]),
    frozenset(["oral", "written"]),
    frozenset(["solo", "duet", "group", "pair"]),
    frozenset(["supervisor", "operative", "manager", "assistant"]),
)
"""Words of which one shuts the others out: two titles that differ in them are two things."""

DEEDS: Final = frozenset(
    f"{verb}{ending}"
    for verb, *endings in (
        ("support", "", "ing"), ("promot", "e", "ing"), ("lead", "", "ing"), ("manag", "e", "ing"),
        ("contribut", "e", "ing"), ("plan", "", "ning"), ("supervis", "e", "ing"), ("superviz", "e", "ing"),
        ("deliver", "", "ing"), ("assist", "", "ing"), ("monitor", "", "ing"), ("teach", "", "ing"),
    )
    for ending in endings
)  # fmt: skip
"""What is done with a subject: to support it is not to lead it, nor only to know of it."""

IMPLIED_LEVELS: Final = {
    "gce": "3", "vce": "3", "gcse": "1/2", "foundation degree": "5", "honours degree": "6", "masters degree": "7",
}  # fmt: skip
"""Awards that are of one level only, so that a title need not name it."""

COMMON_IN_NAMES: Final = frozenset(
    [
        "open", "national", "active", "focus", "gateway", "international", "professional", "first", "smart",
        "advanced", "awards", "award", "awarding", "qualifications", "training", "education", "college", "institute",
        "university", "council", "body", "uk", "england", "wales", "and", "of", "for", "in", "the", "iq",
    ]
)  # fmt: skip
"""Words that names of owners share: a name of these alone is compared as it stands."""

LABELS: Final = frozenset(
    [
        "part", "unit", "stage", "grade", "phase", "module", "paper", "step", "year", "book", "tier", "group",
        "category", "class", "type", "option", "section", "route",
    ]
)  # fmt: skip
"""Words behind which a number or letter tells one of several."""

NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBER_WORDS: Final = {word: str(n) for n, word in enumerate(NUMBERS, 1)}
ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
