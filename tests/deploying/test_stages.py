"""A stage as the settings file has it; a third region is one more stage, and `apply`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bootstrap.deploying.offline.copy import change_settings, copy_checkout
from bootstrap.deploying.stages import DeployedStage
from bootstrap.exits import Problem
from leaderboard_app.deployment import SETTINGS_FILE, Deployment

SYDNEY = {
    "extends": "common",
    "aws_region": "ap-southeast-2",
    "s3_bucket": "arcade-packages-ap-southeast-2",
}


def test_every_stage_has_all_that_a_deployment_needs() -> None:
    """`extends` merges key by key: a stage that names a dictionary loses the common one."""
    buckets = set()
    for stage in Deployment.read().stages:
        settings = DeployedStage.read(stage.name).settings
        buckets.add(settings["s3_bucket"])
        assert settings["endpoint_configuration"] == ["REGIONAL"]
        assert (settings["debug"], settings["log_level"]) == (False, "INFO")
        assert settings["num_retained_versions"] == 3
        assert settings["runtime"] == "python3.13"
        assert settings["context_header_mappings"] == {"X-Source-Ip": "identity.sourceIp"}
        assert settings["callbacks"].keys() == {"settings", "zip", "post"}
    assert len(buckets) == len(Deployment.read().stages)


def test_a_third_region_is_one_more_stage(tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout", "python3.13")
    change_settings(checkout, "sydney", **SYDNEY)
    sydney = DeployedStage.read("sydney", checkout / SETTINGS_FILE.name)
    assert sydney.deployment.regions[-1] == sydney.region == "ap-southeast-2"
    assert (sydney.function, sydney.log_group) == ("arcade-sydney", "/aws/lambda/arcade-sydney")
    policy = sydney.policy("123456789012")
    assert "ap-southeast-2" in policy
    assert "us-west-2" not in policy
    oregon = DeployedStage.read("oregon", checkout / SETTINGS_FILE.name).settings
    own = {"extends", "aws_region", "s3_bucket"}
    assert {k: v for k, v in sydney.settings.items() if k not in own} == {
        k: v for k, v in oregon.items() if k not in own
    }


def test_the_checkouts_own_settings_are_not_touched(tmp_path: Path) -> None:
    before = SETTINGS_FILE.read_bytes()
    checkout = copy_checkout(tmp_path / "checkout", "python3.11")
    assert SETTINGS_FILE.read_bytes() == before
    assert json.loads((checkout / SETTINGS_FILE.name).read_text())["common"]["runtime"] == (
        "python3.11"
    )


@pytest.mark.parametrize("value", [None, 0, -1, "30", True, 2.5])
def test_a_number_of_ours_that_is_none_is_refused(tmp_path: Path, value: object) -> None:
    checkout = copy_checkout(tmp_path / "checkout", "python3.13")
    change_settings(checkout, "oregon", leaderboard={"log_retention_days": value})
    oregon = DeployedStage.read("oregon", checkout / SETTINGS_FILE.name)
    with pytest.raises(Problem, match=r"leaderboard\.log_retention_days of stage oregon is"):
        oregon.own("log_retention_days")
