"""What watches the leaderboard and gives it one name: CloudFormation, a stack a region."""
