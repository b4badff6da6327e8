"""The panel of outcome indicators: of the conditions, the system, the measures, the results and the groups at risk.

rows        the table of indicators, and the words of their formulas
items       what is known of one, and what is wanted of it
measured    how that is found: value, year before, neighbours, line, what is missing, target
proposed    the range that is proposed where no target is set
standing    how each stands, in a word and a sign
panel       all of them, counted
"""
