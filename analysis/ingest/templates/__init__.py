"""Workbooks to fill in: what they ask for, how they are made, checked and read."""
