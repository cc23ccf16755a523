"""The one stack that belongs to no region: health checks, their alarms, the hosted zone.

It stands in us-east-1, as the metrics of health checks are there and nowhere else, and an alarm
sees its own region's metrics alone. What answers and fails over while us-east-1 is away needs
none of this: Route 53's checks and its DNS run everywhere; only their settings are made there.
"""

from __future__ import annotations

from collections.abc import Sequence

from bootstrap.stacks import alarms, thresholds
from bootstrap.stacks.words import (
    COMMON_CONDITIONS,
    COMMON_PARAMETERS,
    DOMAIN,
    HAS_DOMAIN,
    HEALTH_CHECK_ID,
    Json,
    attribute,
    camel,
    is_given,
    number,
    output,
    parameter,
    ref,
    sub,
    topic_resources,
)
from leaderboard_app.deployment import Stage

REGION = "us-east-1"
OWNER = "${ServiceNamePrefix}"

EXISTING_ZONE_ID = "ExistingHostedZoneId"
ZONE_NAME = "HostedZoneName"
OUT_ZONE_ID = "HostedZoneID"
OUT_NAME_SERVERS = "NameServerNames"
INTERVAL = "HealthCheckIntervalSeconds"

_MAKES_ZONE = "MakesZone"
_FAILURES = 3


def api_parameter(region: str) -> str:
    """Return the parameter that holds the id of a region's API."""
    return f"RestApiId{camel(region)}"


def check_output(region: str) -> str:
    """Return the output that holds the id of a region's health check."""
    return f"{HEALTH_CHECK_ID}{camel(region)}"


def template(stages: Sequence[Stage]) -> Json:
    """Return the template for a deployment's stages."""
    rings = [alarms.of_health(stage.name) for stage in stages]
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The global leaderboard: health checks of its regions, and its name.",
        "Parameters": {
            **COMMON_PARAMETERS,
            **_zone_parameters(),
            INTERVAL: number("How often each checker asks: 10 or 30.", 30)
            | {"AllowedValues": _INTERVALS},
            **{api_parameter(s.region): parameter(f"The id of {s.name}'s API.") for s in stages},
            **thresholds.parameters(alarm.threshold for alarm in rings),
        },
        "Conditions": {
            **COMMON_CONDITIONS,
            _MAKES_ZONE: {
                "Fn::And": [{"Condition": HAS_DOMAIN}, {"Fn::Not": [is_given(EXISTING_ZONE_ID)]}]
            },
        },
        "Resources": {
            **topic_resources(f"{OWNER}-alarms"),
            **{f"HealthCheck{camel(stage.name)}": _health_check(stage) for stage in stages},
            **{alarm.logical_id: alarm.resource(OWNER) for alarm in rings},
            "Zone": {
                "Type": "AWS::Route53::HostedZone",
                "Condition": _MAKES_ZONE,
                "Properties": {"Name": ref(DOMAIN)},
            },
        },
        "Outputs": _outputs(stages),
    }


_INTERVALS = ["10", "30"]


def _zone_parameters() -> Json:
    return {
        EXISTING_ZONE_ID: parameter("The zone to put the name in. Empty for one of its own.", ""),
        ZONE_NAME: parameter("That zone's name. Empty where the zone is made here.", ""),
    }


def _health_check(stage: Stage) -> Json:
    """Return the check of a region's own address, so that it sees that region and no other."""
    host = f"${{{api_parameter(stage.region)}}}.execute-api.{stage.region}.${{AWS::URLSuffix}}"
    return {
        "Type": "AWS::Route53::HealthCheck",
        "Properties": {
            "HealthCheckConfig": {
                "Type": "HTTPS",
                "FullyQualifiedDomainName": sub(host),
                "Port": 443,
                "ResourcePath": f"/{stage.name}/healthz",
                "RequestInterval": ref(INTERVAL),
                "FailureThreshold": _FAILURES,
                "EnableSNI": True,
            },
            "HealthCheckTags": [{"Key": "Name", "Value": sub(f"{OWNER}-{stage.name}")}],
        },
    }


def _outputs(stages: Sequence[Stage]) -> Json:
    made = {"Fn::Join": [" ", attribute("Zone", "NameServers")]}
    return {
        **{
            check_output(stage.region): output(
                ref(f"HealthCheck{camel(stage.name)}"), f"The health check of {stage.name}."
            )
            for stage in stages
        },
        "AlarmTopicArn": output(ref("AlarmTopic"), "Where alarms are sent."),
        ZONE_NAME: output(
            {"Fn::If": [_MAKES_ZONE, ref(DOMAIN), ref(ZONE_NAME)]}, "The zone's name.", HAS_DOMAIN
        ),
        OUT_ZONE_ID: output(
            {"Fn::If": [_MAKES_ZONE, ref("Zone"), ref(EXISTING_ZONE_ID)]}, "The zone.", HAS_DOMAIN
        ),
        OUT_NAME_SERVERS: output(made, "What the domain's registrar has to be told.", _MAKES_ZONE),
        "WebsiteURL": output(sub("https://${DomainName}/"), "One name, all regions.", HAS_DOMAIN),
    }
