"""Everything before and beside the app: the table, the import, the sandbox."""
