"""The plan of an edition on a day, as tables and files for people: who has to do what by when.

How a measure stands is reckoned by `analysis.editions.plan_status`; here it is told.
"""
