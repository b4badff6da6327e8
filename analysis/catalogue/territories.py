"""Which territory of the code list a printed name or code means."""
