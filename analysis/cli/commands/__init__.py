"""One module a command: a function of the same name, whose docstring is its help.

Commands import what they need inside the function, so that `report --help` answers at once.
"""
