"""The leaderboard: domain, use cases, DynamoDB gateway and pages."""

__version__ = "0.1.0"
"""This release; the same as setup.cfg's, which does not travel with the app."""
