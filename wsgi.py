"""The app that Zappa serves: one region's, by its environment."""

from leaderboard_app.process import process

app = process().app
