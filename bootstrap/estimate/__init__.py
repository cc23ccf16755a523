"""What a leaderboard costs a month, and how many shards it wants: worked out, nothing is asked."""
