"""The app that Zappa serves: one region's, by its environment."""

from leaderboard_app.process import process, warm_up

app = warm_up(process().app, process().root)
