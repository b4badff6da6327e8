"""Reproducible regional report on the employment of graduates of secondary vocational education."""
