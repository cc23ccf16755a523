"""The rules of the leaderboard: plain values and functions, no input or output."""
