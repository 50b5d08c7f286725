"""What the tables of the documents' figures are about, in words: their files say it in one or two only."""

from typing import Final

DOCUMENTS_ABOUT: Final = {
    "children": "Disadvantaged, disabled and looked-after children, as the documents print them",
    "common_core_coverage": "How far qualifications covered the Common Core, as the documents print it",
    "early_years_status": "Early years status and foundation degree, as the documents print them",
    "funded_learning": "Funded learning and population by region, as the documents print them",
    "funds_gbp": "Money for the workforce, in pounds, as the documents print it",
    "leader_age": "Ages of head teachers and their deputies, as the documents print them",
    "mapping_project": "The mapping of 2005 in numbers, as the documents print them",
    "pathfinder_views": "What pathfinder areas said, as the documents print it",
    "programmes": "Programmes for children and their workforce, as the documents print them",
    "recruitment_and_entry": "Recruitment and entry to the workforce, as the documents print them",
    "surveys": "What parents, children and authorities answered, as the documents print it",
    "targets_and_dates": "Targets and their dates, as the documents print them",
    "turnover": "Turnover by sector and region, as the documents print it",
    "vacancy_rates": "Vacancy rates by sector, as the documents print them",
    "workforce_size": "The size of the workforce by sector, as the documents print it",
}
"""What a table of the documents' figures is about, by what its file is called after `figures_`."""
