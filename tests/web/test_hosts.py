"""Only the hosts that are configured are answered for."""

from __future__ import annotations

import pytest

from leaderboard_app.deployment import Deployment
from leaderboard_app.settings import Settings
from tests.web.worlds import CheckedClient

ENVIRON = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "a b", "@localhost"]
)
@pytest.mark.parametrize(
    "path", ["/", "/boards/star-run", "/nowhere", "/healthz", "/static/icon.svg"]
)
def test_another_host_is_told_so_and_given_no_page(
    client: CheckedClient, host: str, path: str
) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 421
    assert response.mimetype == "text/plain"
    assert "evil" not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1:8080", "LOCALHOST"])
def test_this_machine_is_a_host_by_default(client: CheckedClient, host: str) -> None:
    assert client.get("/boards/star-run", headers={"Host": host}).status_code == 200


def test_the_gateways_and_the_sites_hosts_are_known_by_themselves() -> None:
    environ = ENVIRON | {"LEADERBOARD_SITES": "us-west-2=https://oregon.example:8443/x"}
    hosts = Settings.from_env(environ, Deployment.read()).hosts
    assert ".execute-api.eu-west-1.amazonaws.com" in hosts
    assert "oregon.example" in hosts


def test_hosts_that_are_set_are_the_only_ones() -> None:
    environ = ENVIRON | {"LEADERBOARD_HOSTS": "scores.example"}
    assert Settings.from_env(environ, Deployment.read()).hosts == ("scores.example",)
