"""Which indicator, territory, category, unit and source the blocks of a file state."""
