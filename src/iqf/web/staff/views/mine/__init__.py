"""Pages of what belongs to a person: a portfolio, what was put to them, how they and their teams rate themselves."""
