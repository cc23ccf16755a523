"""The secret key from Parameter Store, read once when the app starts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from leaderboard_app.gateway.client import PATIENCE, session

KEY = "secret-key"
FALLBACKS = "secret-key-fallbacks"
COMING = "secret-key-next"
"""The key of a rotation under way: it signs nothing yet, and what it signed elsewhere is good."""

PARAMETERS = (KEY, FALLBACKS, COMING)

VARIABLE = "LEADERBOARD_SECRET_PARAMETER"


class SecretUnavailable(RuntimeError):
    """The secret key can't be read; the message is one line with the cure."""


def with_secret(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return an environment with the secret key in it.

    One that has `SECRET_KEY` is returned as it is, and one without `LEADERBOARD_SECRET_PARAMETER`,
    too. Else that names what the parameters' names begin with (`/arcade`): the region's
    `/arcade/secret-key` becomes `SECRET_KEY`, and what else is accepted `SECRET_KEY_FALLBACKS`.

    Raises:
        SecretUnavailable: there is no such parameter, or it can't be read.
    """
    prefix = environ.get(VARIABLE, "").rstrip("/")
    if environ.get("SECRET_KEY") or not prefix:
        return environ
    region = environ.get("AWS_REGION", "")
    values = _read(prefix, region)
    if not values.get(f"{prefix}/{KEY}"):
        raise SecretUnavailable(
            f"There is no parameter {prefix}/{KEY} in {region}: run python -m bootstrap secret "
            f"apply, or correct {VARIABLE}."
        )
    accepted = (values.get(f"{prefix}/{name}", "") for name in (COMING, FALLBACKS))
    return {
        **environ,
        "SECRET_KEY": values[f"{prefix}/{KEY}"],
        "SECRET_KEY_FALLBACKS": " ".join(accepted).strip(),
    }


def _read(prefix: str, region: str) -> dict[str, str]:
    """Return the parameters that there are.

    One call each, so that the role may be allowed these names and no other.
    """
    names = [f"{prefix}/{name}" for name in PARAMETERS]
    found = {}
    try:
        # The stubs of this service are not among the requirements.
        shared: Any = session()
        client = shared.client("ssm", region_name=region or None, config=PATIENCE)
        for name in names:
            with suppress(client.exceptions.ParameterNotFound):
                answer = client.get_parameter(Name=name, WithDecryption=True)
                found[name] = str(answer["Parameter"]["Value"])
    except (BotoCoreError, ClientError) as cause:
        raise SecretUnavailable(
            f"Could not read {names[0]} in {region or 'no region'}: {cause} The app's role needs "
            "ssm:GetParameter on it."
        ) from cause
    return found
