"""Two states of the report side by side: numbers, tables of words, verdicts, forecasts, prose."""
