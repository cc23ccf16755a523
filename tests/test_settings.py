"""What the environment says of caching and of embedding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.deployment import Deployment
from leaderboard_app.settings import InvalidSetting, Settings

ENVIRON = {"AWS_REGION": "eu-west-1", "SECRET_KEY": "s3cret"}
KEPT, EMBEDDERS = "LEADERBOARD_TOPS_KEPT_SECONDS", "LEADERBOARD_EMBED_ANCESTORS"


def settings(**said: str) -> Settings:
    return Settings.from_env(ENVIRON | said, Deployment.read())


def test_tops_are_kept_for_a_second_unless_it_is_said() -> None:
    assert settings().tops_kept == timedelta(seconds=1)
    assert settings(**{KEPT: "5"}).tops_kept == timedelta(seconds=5)
    assert settings(**{KEPT: "0"}).tops_kept == timedelta()


@pytest.mark.parametrize("text", ["6", "-1", "1.5", "one", "٣", "10"])
def test_a_time_that_readers_would_notice_is_refused(text: str) -> None:
    with pytest.raises(InvalidSetting, match=rf"{KEPT} is .*from 0 to 5"):
        settings(**{KEPT: text})


def test_nobody_may_frame_a_board_unless_it_is_said() -> None:
    assert settings().embedders == ("'none'",)
    assert settings(**{EMBEDDERS: "*"}).embedders == ("*",)
    named = "https://game.example https://*.studio.example"
    assert settings(**{EMBEDDERS: named}).embedders == tuple(named.split())


@pytest.mark.parametrize("text", ["game.example", "https://a.example;", "https://a.example/x"])
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(InvalidSetting, match=rf"{EMBEDDERS}: .* is no origin"):
        settings(**{EMBEDDERS: text})
