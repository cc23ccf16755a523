"""Scores from a CSV file: checked as a whole, then loaded many at a time."""
