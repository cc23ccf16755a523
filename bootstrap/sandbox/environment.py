"""Environments in which nothing can reach AWS, however the machine is set up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from leaderboard_app.settings import OPEN, PUBLIC_FORM

_DUMMY = "sandbox"
_HELD_BACK = ("aws_", "boto_")
_PROXY = "_proxy"
_FORM_LIMIT = "LEADERBOARD_FORM_PER_MINUTE"


def offline(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what leads to AWS: its variables, and any proxy.

    The credentials in it are made up, and no file or metadata service can give others.
    """
    kept = {name: value for name, value in environ.items() if not _leads_out(name)}
    return kept | {
        "AWS_ACCESS_KEY_ID": _DUMMY,
        "AWS_SECRET_ACCESS_KEY": _DUMMY,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def sandbox(environ: Mapping[str, str], endpoint: str) -> dict[str, str]:
    """Return the local environment of a sandbox, for what it does not say itself.

    The form is open to all, and takes more a minute: all of them have one address.
    """
    return {PUBLIC_FORM: OPEN, _FORM_LIMIT: "600"} | local(environ, endpoint)


def local(environ: Mapping[str, str], endpoint: str) -> dict[str, str]:
    """Return an offline environment in which all of AWS is at a local endpoint."""
    return offline(environ) | {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
    }


def enter(environment: Mapping[str, str]) -> None:
    """Make an environment this process's own."""
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


@contextmanager
def within(environment: Mapping[str, str]) -> Iterator[None]:
    """Make an environment this process's own for a while."""
    before = dict(os.environ)
    enter(environment)
    try:
        yield
    finally:
        enter(before)


def _leads_out(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(_HELD_BACK) or lowered.endswith(_PROXY)
