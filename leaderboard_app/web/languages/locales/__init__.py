"""How each language writes numbers, dates and the names of countries, a module each."""
