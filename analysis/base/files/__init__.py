"""Files for people: written whole, over nothing that is not ours, and with text that no spreadsheet runs.

Whoever writes a CSV or a workbook for people, or a file that must appear whole or not at all, writes it from here.
"""
