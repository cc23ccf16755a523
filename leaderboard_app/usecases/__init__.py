"""What the leaderboard does for its users, written against the ports in `ports.py`."""
