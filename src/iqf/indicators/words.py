"""The closed lists of statistical tables: markers in cells, what is counted, where, and how far it is protected."""

from typing import Final

SYMBOLS: Final = {
    "c": "confidential: the number is kept back to protect people",
    "x": "not available",
    "z": "not applicable",
    "k": "rounds to zero, but is not zero",
    "low": "rounds to zero, but is not zero",
    "u": "of low reliability",
    "NA": "no number: the file prints NA",
}
"""What may stand in place of a number (GSS symbols, with the older `k`). Never 0, and never left out."""

BLANK: Final = "the file leaves the cell empty and does not say why"

COUNTING: Final = {
    "learners": "learners, each once",
    "starts": "starts; somebody who starts twice is counted twice",
    "achievements": "achievements; somebody who achieves twice is counted twice",
    "aims": "learning aims; a learner with several is counted for each",
    "enrolments": "enrolments on learning aims; a learner with several is counted for each",
    "people": "people",
    "workers": "people in work, or their full-time equivalents",
    "full-time equivalents": "full-time equivalents of people in work",
    "several": "several things, as each indicator says",
    "other": "something else: see its indicators",
    "not stated": "the file does not say what is counted",
}
LOCATIONS: Final = {
    "residence": "where the people counted live",
    "delivery": "where the learning is delivered",
    "workplace": "where the work is done, or the employer is",
    "none": "no area below the country",
    "not stated": "the file does not say whether areas are of residence or of delivery",
}
AS_PUBLISHED: Final = "as published"
PROTECTED: Final = "protected"
PROFILES: Final = {
    AS_PUBLISHED: "published by its producer, who has protected it: shown cell for cell as printed",
    PROTECTED: "made here from true counts, of which the small ones are kept back",
}
KINDS: Final = {"time": "period", "place": "place", "filter": "filter", "indicator": "indicator"}
