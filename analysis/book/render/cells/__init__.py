"""What a cell of an executed chapter shows: closed lists of outputs, options and tags, the same for both renderers."""
