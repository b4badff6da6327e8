"""Next year's edition from this year's: years shift, words come along to be checked, numbers are asked for anew."""
