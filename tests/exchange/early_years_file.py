"""Small files of the early years list, written by hand."""

from iqf.exchange.sources.early_years.rows import COLUMNS

from . import lists

RATIO = "5flybYVibSWDwCdo9LB90b:3wCNFzxJGexsSqPyXTqUtq"
QUESTION = "7eot0lrAmhr5ELmUWhzn1P"

OLD = {
    "Qualification Ref": "EYQ-001",
    "Qualification Level": "2",
    "From which date": "null",
    "To which date": "Aug-14",
    "Qualification Name": "BTEC First Diploma in Early Years",
    "Awarding Organisation Title": "Edexcel (now Pearson Education Ltd)",
    "Qualification Number": "",
    "Notes/Additional Requirements": "None",
    "AdditionalRequirementQuestions": "",
    "RatioRequirements": RATIO,
}
VARIOUS = OLD | {
    "Qualification Ref": "EYQ-018",
    "Qualification Name": "NVQ in Children's Care, Learning and Development",
    "Awarding Organisation Title": "Various Awarding Organisations",
}
DEGREE = OLD | {
    "Qualification Ref": "EYQ-267",
    "Qualification Level": "5",
    "From which date": "Sep-20",
    "To which date": "",
    "Qualification Name": "Foundation Degree in Early Years",
    "Awarding Organisation Title": "Kingston University",
    "Qualification Number": "Not required ",
    "AdditionalRequirementQuestions": f"{QUESTION}:23NmTS0KsPkJfXuiKqE97Q",
}
NUMBERED = OLD | {
    "Qualification Ref": "EYQ-224",
    "Qualification Level": "3",
    "From which date": "Sep-14",
    "To which date": "Aug-24",
    "Qualification Name": "NCFE CACHE Level 3 Diploma for the Early Years Workforce ((Early Years Educator)",
    "Awarding Organisation Title": "NCFE",
    "Qualification Number": "601/2629/2/",
    "Notes/Additional Requirements": "Certificate may say CACHE.\nOr  QCF.",
}
FOUR = (OLD, VARIOUS, NUMBERED, DEGREE)


def text_of(rows, columns=COLUMNS, line="\n"):
    """The file's text."""
    return lists.text_of(rows, columns, line)


def write(path, *rows):
    """A file of these rows."""
    return lists.write(path, *rows, columns=COLUMNS, line="\n")
