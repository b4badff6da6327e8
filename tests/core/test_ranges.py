from analysis.base.ranges import as_ranges


def test_neighbours_are_told_as_runs():
    assert as_ranges([2000, 2001, 2002, 2005, 2007, 2008]) == "2000–2002, 2005, 2007–2008"
    assert as_ranges([0, 1, 7], "-", ",") == "0-1,7"
    assert as_ranges([]) == ""
