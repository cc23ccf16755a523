"""The corner's pages together, and who may see them.

Every page but the one to sign in is for those alone who did, with a key of scope `moderate`.
"""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from leaderboard_app.web.context import services
from leaderboard_app.web.operators import acts, deciding, home, lists, player, sessions, signing
from leaderboard_app.web.operators.forms import SignOutForm

blueprint = Blueprint("operators", __name__, url_prefix="/operators")

_OPEN_TO_ALL = frozenset({"operators.sign_in"})

for part in (signing, home, lists, player, deciding, acts):
    part.register(blueprint)


def register(app: Flask) -> None:
    """Let templates know whether the form is everybody's: the same for all who read a page."""
    app.add_template_global(lambda: services().form_is_open, "form_is_open")


@blueprint.before_request
def _admit() -> Response | None:
    """Lead whoever did not sign in to where they can."""
    if request.endpoint in _OPEN_TO_ALL or sessions.current():
        return None
    ended = "1" if session.pop("operator", None) else None
    current_app.logger.info("not signed in", extra={"path": request.path})
    return redirect(url_for("operators.sign_in", ended=ended), 303)


@blueprint.context_processor
def _around() -> dict[str, object]:
    """Give every page who is signed in, and the button to sign out."""
    operator = sessions.current()
    return {"operator": operator, "sign_out": SignOutForm() if operator else None}
