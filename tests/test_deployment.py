"""Regions and prefix come from the settings file alone, and a wrong file is refused in a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leaderboard_app.deployment import Deployment, InvalidDeployment, Stage
from leaderboard_app.domain.allowances import Limits
from leaderboard_app.factory import make_store
from leaderboard_app.gateway.reaches import REACH, reach_of
from leaderboard_app.settings import InvalidSetting, MissingSetting, Settings

COMMON = {"project_name": "arcade"}
OREGON = {"extends": "common", "aws_region": "us-west-2"}
DUBLIN = {"extends": "common", "aws_region": "eu-west-1"}
GOOD: dict[str, Any] = {"common": COMMON, "oregon": OREGON, "dublin": DUBLIN}


def test_the_checkouts_own_settings_name_oregon_and_dublin() -> None:
    deployment = Deployment.read()
    assert deployment.stages == (Stage("oregon", "us-west-2"), Stage("dublin", "eu-west-1"))
    assert deployment.table == f"{deployment.prefix}-leaderboard"


def test_a_third_region_is_one_more_stage() -> None:
    sydney = {"extends": "common", "aws_region": "ap-southeast-2"}
    deployment = Deployment.parse(GOOD | {"sydney": sydney})
    assert deployment.regions == ("us-west-2", "eu-west-1", "ap-southeast-2")


def test_a_stage_that_is_only_extended_is_no_region() -> None:
    assert len(Deployment.parse(GOOD).stages) == 2


@pytest.mark.parametrize("prefix", ["", "Arcade", "my-game", "a" * 21, "été", "a b", "a\n"])
def test_a_prefix_that_aws_would_refuse_somewhere_is_refused_with_the_rule(prefix: str) -> None:
    with pytest.raises(InvalidDeployment, match="lower-case letters and digits only, at most 20"):
        Deployment.parse(GOOD | {"common": {"project_name": prefix}})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ([], "object"),
        ({"oregon": []}, "object"),
        ({}, "No stage"),
        ({"common": COMMON}, "No stage"),
        (GOOD | {"again": OREGON}, "share"),
        (GOOD | {"other": {"project_name": "x", "aws_region": "sa-east-1"}}, "differ"),
        ({"oregon": {"extends": "nothing", "aws_region": "us-west-2"}}, "extends"),
        ({"one": {"extends": "two"}, "two": {"extends": "one"}}, "loop"),
    ],
)
def test_settings_that_can_not_be_used_are_refused(content: object, says: str) -> None:
    with pytest.raises(InvalidDeployment, match=says):
        Deployment.parse(content)


@pytest.mark.parametrize(("text", "says"), [(None, "missing"), ("{", "no JSON"), ("\xff", "JSON")])
def test_a_file_that_can_not_be_read_is_refused(
    tmp_path: Path, text: str | None, says: str
) -> None:
    path = tmp_path / "zappa_settings.json"
    if text is not None:
        path.write_text(text, encoding="latin-1")
    with pytest.raises(InvalidDeployment, match=says):
        Deployment.read(path)


def test_settings_come_from_the_environment() -> None:
    environ = {
        "AWS_REGION": "eu-west-1",
        "SECRET_KEY": "s3cret",
        "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1",
        "LEADERBOARD_SITES": "us-west-2=http://a/ eu-west-1=http://b",
    }
    settings = Settings.from_env(environ, Deployment.parse(GOOD))
    assert settings.region == "eu-west-1"
    assert settings.sites == {"us-west-2": "http://a", "eu-west-1": "http://b"}
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "keys"),
    [(None, ()), ("", ()), ("k2", ("k2",)), (" k2  k1\n", ("k2", "k1"))],
)
def test_fallback_keys_come_from_the_environment_newest_first(
    text: str | None, keys: tuple[str, ...]
) -> None:
    environ = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "k3"}
    if text is not None:
        environ["SECRET_KEY_FALLBACKS"] = text
    settings = Settings.from_env(environ, Deployment.parse(GOOD))
    assert settings.secret_key_fallbacks == keys
    assert "k2" not in repr(settings)


def test_limits_come_from_the_environment_and_have_defaults() -> None:
    environ = {
        "AWS_REGION": "eu-west-1",
        "SECRET_KEY": "s3cret",
        "LEADERBOARD_FORM_PER_MINUTE": "7",
        "LEADERBOARD_KEY_PER_MINUTE": "",
    }
    settings = Settings.from_env(environ, Deployment.parse(GOOD))
    assert settings.limits == Limits(form=7)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "\u0663"])
def test_a_limit_that_is_no_number_is_refused(text: str) -> None:
    environ = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"}
    environ["LEADERBOARD_KEY_PER_MINUTE"] = text
    with pytest.raises(InvalidSetting, match="LEADERBOARD_KEY_PER_MINUTE"):
        Settings.from_env(environ, Deployment.parse(GOOD))


def test_how_far_ranks_are_counted_comes_from_the_environment() -> None:
    environ = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"}
    assert make_store(Settings.from_env(environ, Deployment.parse(GOOD))).reach == REACH
    environ["LEADERBOARD_DIRECT_READ_UNITS"] = "100"
    assert make_store(Settings.from_env(environ, Deployment.parse(GOOD))).reach == reach_of(100)


@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "1001"])
def test_a_reach_that_is_none_is_refused(text: str) -> None:
    environ = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"}
    environ["LEADERBOARD_DIRECT_READ_UNITS"] = text
    with pytest.raises(InvalidSetting, match="LEADERBOARD_DIRECT_READ_UNITS"):
        Settings.from_env(environ, Deployment.parse(GOOD))


@pytest.mark.parametrize("missing", ["AWS_REGION", "SECRET_KEY"])
def test_a_missing_setting_is_a_loud_error(missing: str) -> None:
    environ = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"} | {missing: ""}
    with pytest.raises(MissingSetting, match=missing):
        Settings.from_env(environ, Deployment.parse(GOOD))


def test_a_region_without_a_stage_is_refused() -> None:
    environ = {"AWS_REGION": "sa-east-1", "SECRET_KEY": "s3cret"}
    with pytest.raises(InvalidDeployment, match="sa-east-1"):
        Settings.from_env(environ, Deployment.parse(GOOD))
