"""Measures the board page and the import against the simplest things that do the same."""
