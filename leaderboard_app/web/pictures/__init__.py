"""Pictures that the server draws, as values that a template writes out as SVG."""
