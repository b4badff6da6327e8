"""The ground: errors, folders, files in and out, text formats. Knows nothing of data, numbers or books."""
