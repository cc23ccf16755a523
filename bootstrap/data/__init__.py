"""Made-up scores for a first look, and the generators of data files."""
