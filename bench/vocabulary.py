"""Words that made-up titles are composed of: the field's subjects and everybody else's, awards, owners, marks.

Written for the measurements. Common words come first in each list, and are drawn more often.
"""

OWNERS = (
    ("City & Guilds", "City and Guilds of London Institute", 60), ("Pearson", "Pearson Education Ltd", 58),
    ("Pearson BTEC", "Pearson Education Ltd", 40), ("OCR", "Oxford Cambridge and RSA Examinations", 36),
    ("NCFE", "NCFE", 30), ("VTCT", "VTCT", 22), ("NOCN", "NOCN", 20), ("Ascentis", "Ascentis", 20),
    ("AQA", "AQA", 20), ("WJEC", "WJEC-CBAC", 18), ("Open Awards", "Open Awards", 15),
    ("Highfield", "Highfield Qualifications", 15),
    ("Gateway Qualifications", "Gateway Qualifications Limited", 13), ("Agored Cymru", "Agored Cymru", 11),
    ("SFJ Awards", "SFJ Awards", 11), ("ProQual", "ProQual Awarding Body", 11), ("ATHE", "ATHE Ltd", 8),
    ("NCFE CACHE", "NCFE", 14), ("FAQ", "Future Awards and Qualifications", 8),
    ("TQUK", "Training Qualifications UK Ltd", 12), ("SQA", "Scottish Qualifications Authority", 8),
    ("BIIAB", "BIIAB Qualifications Limited", 7), ("ICQ", "iCan Qualifications Limited", 5),
    ("Active IQ", "Active IQ", 6), ("1st4sport", "1st4sport Qualifications", 6),
    ("UAL", "University of the Arts London", 4), ("CMI", "Chartered Management Institute", 6),
    ("ILM", "City and Guilds of London Institute", 9), ("Lantra", "Lantra Awards", 4),
    ("IMI", "Institute of the Motor Industry", 6), ("FDQ", "FDQ Limited", 3),
    ("Trinity", "Trinity College London", 7), ("ABRSM", "ABRSM", 4),
)  # fmt: skip
"""How a title begins, the owner as registers print it, and how often it comes."""

REGION_WORDS = (
    "Northern", "Southern", "Eastern", "Western", "Midland", "Thames", "Severn", "Pennine", "Mercian", "Wessex",
    "Humber", "Tyne", "Solent", "Cotswold", "Fenland", "Kentish",
)  # fmt: skip
BODY_WORDS = (
    "Awards", "Qualifications", "Learning Network", "Examinations Board", "Institute", "Skills Awards",
    "Training",
)  # fmt: skip

AWARDS = (
    ("Award", 30), ("Certificate", 24), ("Diploma", 17), ("NVQ Diploma", 6), ("NVQ", 5), ("NVQ Certificate", 3),
    ("Extended Certificate", 3), ("Extended Diploma", 3), ("National Diploma", 2), ("Subsidiary Diploma", 2),
    ("Foundation Diploma", 1), ("Technical Certificate", 1), ("Extended Award", 2),
    ("Introductory Certificate", 1),
)  # fmt: skip
TYPES = {
    "Award": "Vocationally-Related Qualification", "NVQ Diploma": "Occupational Qualification",
    "NVQ": "National Vocational Qualification", "NVQ Certificate": "Occupational Qualification",
}  # fmt: skip
OTHER_TYPE = "Other Vocational Qualification"
LEVELS = (("3", 28), ("2", 28), ("1", 15), ("E", 13), ("4", 7), ("5", 5), ("6", 2), ("7", 2))
JOINTS = (("in", 78), ("for", 12), ("in the", 4), ("In", 4), ("of", 2))
SUFFIXES = (
    ("", 60), (" (QCF)", 22), (" (RQF)", 6), (" (England)", 2), (" (Wales)", 1), (" (Northern Ireland)", 1),
    (" (9-1)", 1), (" (VRQ)", 2), (" (Construction)", 2), (" (Competence)", 2), (" (Knowledge)", 1),
)  # fmt: skip

CHILDREN = (
    "Early Years", "Childcare", "Playwork", "Youth Work", "Working with Children",
    "Children's Care, Learning and Development", "Supporting Teaching and Learning in Schools",
    "Residential Childcare", "Fostering", "Family Support", "Youth Justice", "Speech and Language Development",
    "Special Educational Needs", "Safeguarding Children", "Children's Mental Health", "Health Visiting",
    "Learning Mentoring", "Parenting Support", "Young People's Substance Misuse", "School Nursing",
    "Work with Parents", "Participation and Advocacy", "Children's Homes Management", "Education Welfare",
    "Attachment", "Childminding", "Autism", "Adoption", "Careers Guidance for Young People", "Infant Feeding",
    "Early Language", "Portage",
)  # fmt: skip
FIELDS = (
    "Construction", "Health and Social Care", "Business", "Hairdressing", "Engineering", "Customer Service",
    "Hospitality", "Management", "Information Technology", "Beauty Therapy", "Sport", "Performing Arts",
    "Retail", "Catering", "Carpentry and Joinery", "Plumbing", "Electrical Installation",
    "Motor Vehicle Maintenance", "Horticulture", "Animal Care", "Food Safety", "Accounting",
    "Travel and Tourism", "Public Services", "Media", "Music Technology", "Fashion and Textiles", "Photography",
    "Floristry", "Welding", "Bricklaying", "Painting and Decorating", "Plant Operations",
    "Warehousing and Storage", "Logistics", "Housing", "Security Operations", "First Aid", "Fire Safety",
    "Dental Nursing", "Pharmacy", "Laboratory Science", "Veterinary Nursing", "Agriculture", "Forestry",
    "Fisheries", "Baking", "Butchery", "Brewing", "Wine and Spirits", "Cleaning", "Facilities Management",
    "Payroll", "Bookkeeping", "Banking", "Insurance", "Law", "Procurement", "Human Resources", "Marketing",
    "Event Management", "Project Management", "Team Leading", "Coaching", "Mentoring", "Counselling",
    "Art and Design", "Graphic Design", "Ceramics", "Jewellery", "Glass", "Furniture Making", "Upholstery",
    "Stonemasonry", "Roofing", "Scaffolding", "Plastering", "Glazing", "Gas Engineering", "Rail Engineering",
    "Aviation", "Maritime Studies", "Nuclear Operations", "Process Technology", "Printing",
    "Telecommunications", "Cyber Security", "Software Development", "Web Design", "Data Analysis",
    "Digital Skills", "Gaming", "Mathematics", "English", "French", "Spanish", "Arabic", "Geography", "History",
    "Religious Studies", "Biology", "Chemistry", "Physics", "Economics", "Psychology", "Sociology", "Drama",
    "Dance", "Film Studies", "Classical Civilisation", "Latin", "Employability",
    "Personal and Social Development", "Independent Living", "Functional Skills", "Volunteering", "Enterprise",
)  # fmt: skip
FOCI = (
    "Principles", "Practice", "Skills", "Operations", "Services", "Techniques", "Management", "Supervision",
    "Leadership", "Theory", "Production", "Maintenance", "Installation", "Design", "Planning", "Assessment",
    "Communication", "Safety", "Quality", "Inspection", "Delivery", "Awareness", "Competence", "Fundamentals",
    "Systems", "Processes", "Support", "Development", "Preparation", "Administration", "Sales", "Repair",
    "Testing", "Control", "Technology", "Science", "Studies", "Performance", "Coordination", "Consultancy",
)  # fmt: skip
OPENINGS = (
    "Introduction to", "Understanding", "Preparing to Work in", "Working in", "Supporting", "Managing",
    "Leading", "Principles of", "Professional Practice in", "Advanced", "Practical", "Essential", "Applied",
    "Promoting", "Developing", "Assisting with", "Planning and Delivering", "Safe Use of", "Monitoring",
    "Using",
)  # fmt: skip
SETTINGS = (
    "the Workplace", "Schools", "Nurseries", "the Community", "the Home", "Hospitals", "Custody", "Clubs",
    "Rural Areas", "Small Firms", "the Public Sector", "Residential Settings", "Outdoor Centres", "Theatres",
    "Museums", "Kitchens", "Transport", "Energy", "Ports", "Care Homes", "Colleges", "Prisons",
    "Children's Centres", "Football", "the Creative Industries", "the Armed Forces",
)  # fmt: skip
SYLLABLES = (
    "bar", "cor", "den", "fel", "gan", "hol", "ith", "kes", "lor", "mar", "nor", "pel", "quin", "ros", "sel",
    "tor", "ul", "ven", "wal", "zen",
)  # fmt: skip
"""Many words of a register come once: names of products, places and machines. Those are made of these."""

DEEDS = (
    "Understand", "Support", "Promote", "Plan", "Assess", "Lead", "Communicate", "Reflect on", "Contribute to",
    "Manage", "Review", "Recognise", "Develop", "Provide", "Work together on", "Record", "Evaluate", "Maintain",
)  # fmt: skip
MATTERS = (
    "the safety of children and young people", "positive behaviour", "effective communication with families",
    "child development", "transitions", "play and leisure", "information sharing",
    "the roles of other agencies", "inclusion and diversity", "health and safety", "personal care routines",
    "speech, language and communication", "early reading", "risk and challenge",
    "the emotional wellbeing of a group", "team meetings", "care plans", "records kept in confidence",
    "nutrition", "medicines", "tools and equipment", "customers' needs", "materials on site", "budgets",
    "contracts", "machines before use", "stock", "quality standards", "waste", "network faults",
    "a performance", "a garden", "hair cutting", "pastry", "vehicles", "test results",
)  # fmt: skip
CONDITIONS = (
    "in an early years setting", "under supervision", "in line with policy", "for a named child",
    "across a whole service", "with colleagues of other professions", "at work", "in a small team",
    "for learners with additional needs", "within agreed limits", "in a changing environment",
    "over a full day",
)  # fmt: skip
AREAS = (
    "Childhood and Youth", "Preparation for Life and Work", "Health and Social Care", "Construction",
    "Engineering", "Retailing and Wholesaling", "Hospitality and Catering", "Business Management",
    "Performing Arts", "Sport, Leisure and Recreation", "Languages, Literature and Culture", "Science",
    "Horticulture and Forestry", "Manufacturing Technologies", "ICT for Users", "Teaching and Lecturing",
    "Law and Legal Services",
)  # fmt: skip
METHODS = (
    "Portfolio of Evidence", "Coursework", "Written Examination", "Multiple Choice Examination",
    "Practical Demonstration/Assignment",
)  # fmt: skip
ROLES = (
    "Worker", "Assistant", "Officer", "Manager", "Practitioner", "Adviser", "Leader", "Supervisor",
    "Coordinator", "Therapist", "Mentor", "Teacher", "Technician", "Nurse", "Inspector", "Tutor", "Counsellor",
    "Support Worker", "Deputy", "Specialist",
)  # fmt: skip
