"""Limits: who asks, whether it is too much, and how the answer says so."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from leaderboard_app.domain.allowances import Allowance, Client
from leaderboard_app.usecases.allowances import Permit
from leaderboard_app.web.context import services


def source_address() -> str:
    """Return the address that the request came from, which its sender cannot make up.

    On Lambda it is what API Gateway noted, read from the event itself: what Zappa makes of
    `X-Forwarded-For` is the sender's to forge, and so is a header of ours where another one of
    nearly the same name comes beside it. Elsewhere it is the connection's own.
    """
    event = request.environ.get("lambda.event")
    if not isinstance(event, Mapping):
        return request.remote_addr or ""
    context = event.get("requestContext") or {}
    return str((context.get("identity") or {}).get("sourceIp") or "")


def form_permit() -> Permit:
    """Begin to count a score sent by the form."""
    client = Client.at(source_address(), "form")
    return services().allowances.take(client, services().limits.form)


def sign_in_permit() -> Permit:
    """Begin to count a try to sign in."""
    client = Client.at(source_address(), "sign-in")
    return services().allowances.take(client, services().limits.sign_in)


def headers_of(allowance: Allowance) -> dict[str, str]:
    """Return the headers that tell a client what is left, and when there is more.

    See the IETF's draft-ietf-httpapi-ratelimit-headers for the names, as widely used.
    """
    seconds = str(allowance.resets_in(services().clock()))
    headers = {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": seconds,
    }
    return headers | ({"Retry-After": seconds} if allowance.is_exceeded else {})
