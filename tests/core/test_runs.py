from analysis.runs import runs


def test_neighbours_are_told_as_runs():
    assert runs([2000, 2001, 2002, 2005, 2007, 2008]) == "2000–2002, 2005, 2007–2008"
    assert runs([0, 1, 7], "-", ",") == "0-1,7"
    assert runs([]) == ""
