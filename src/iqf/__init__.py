"""The Integrated Qualifications Framework for the children and young people's workforce, as software."""

__version__ = "0.1.0"
