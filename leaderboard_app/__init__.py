"""The leaderboard: domain, use cases, DynamoDB gateway and pages."""
