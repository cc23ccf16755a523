# For a plain `flask run` (and `flask shell`, `flask routes`) beside a sandbox that `make run`
# started: the app of one region, against that sandbox. Without one, it says what to start.
FLASK_APP=bootstrap.sandbox.local:create_app
