"""The standings of all rankings, walked by hand."""
