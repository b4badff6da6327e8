"""What one edition holds: its parameters, its observations by indicator, its names, its plan."""
