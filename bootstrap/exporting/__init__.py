"""A ranking as a file that `import` reads: best first, one row a player."""
