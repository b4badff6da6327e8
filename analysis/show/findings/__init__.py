"""«Главное»: the findings of the first page, chosen and put in order by the data, told in sentences made of numbers.

candidates    the rows of findings.csv and the closed lists they are written by
facts         what happened: the words of a row's sentence, and how remarkable it is
choosing      the rule of choice and order, and the author's word on it
sparks        the small pictures
page          what a notebook shows
"""

from analysis.show.findings.choosing import Choice, main_points
from analysis.show.findings.page import Findings, findings

__all__ = ["Choice", "Findings", "findings", "main_points"]
