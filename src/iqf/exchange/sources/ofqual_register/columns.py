"""The 33 columns of the register's download, and what each is called as a fact. Only JSON records have fees."""

NUMBER = "Qualification Number"
TITLE = "Qualification Title"
OWNER = "Owner Organisation Name"
LEVEL = "Qualification Level"
SUB_LEVEL = "Qualification Sub Level"
FEES = "Fees"

TEXTS = {
    OWNER: "owner",
    "Owner Organisation Acronym": "owner_acronym",
    "EQF Level": "eqf_level",
    "Qualification Type": "type",
    "Qualification SSA": "subject_area",
    "Qualification Status": "status",
    "Overall Grading Type": "grading",
    "NI Discount Code": "ni_discount_code",
    "GCE Size Equivalence": "gce_size",
    "GCSE Size Equivalence": "gcse_size",
    "Entitlement Framework Designation": "entitlement_framework",
    "Grading Scale": "grading_scale",
    "Link To Specification": "specification_url",
    FEES: "fees",
}
DAYS = {
    "Regulation Start Date": "regulation_start",
    "Operational Start Date": "operational_start",
    "Operational End Date": "operational_end",
    "Certification End Date": "certification_end",
}
SIZES = {
    "Total Credits": "credit",
    "Minimum Guided Learning Hours": "glh_min",
    "Maximum Guided Learning Hours": "glh_max",
    "Total Qualification Time": "tqt",
    "Guided Learning Hours": "glh",
}
LISTS = {
    "Offered In": "offered_in",
    "Assessment Methods": "assessment_methods",
    "Specialisms": "specialisms",
    "Pathways": "pathways",
}
ANSWERS = {
    "Approved For DEL Funded Programme": "del_funded",
    "CCEA Regulation": "ccea_regulated",
    "Offered Internationally": "offered_internationally",
}
COLUMNS = (
    NUMBER,
    TITLE,
    LEVEL,
    SUB_LEVEL,
    *(c for c in TEXTS if c != FEES),
    *DAYS,
    *SIZES,
    *LISTS,
    *ANSWERS,
)
BY_RECORD_NAME = {c.replace(" ", ""): c for c in (*COLUMNS, FEES) if c != NUMBER}
"""The JSON records call a column by its own name without spaces; the number is the name of the record."""
