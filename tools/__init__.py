"""What the project itself is kept with: its packages, its notebooks, its commits. The report needs nothing of it."""
