"""CloudFormation's words, and the names that the templates share."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PREFIX = "ServiceNamePrefix"
STAGE = "StageName"
API_ID = "RestApiId"
EMAIL = "AlarmEmail"
DOMAIN = "DomainName"
ZONE_ID = "HostedZoneId"
HEALTH_CHECK_ID = "HealthCheckId"
GAME_DAY = "GameDay"

HAS_EMAIL = "HasEmail"
HAS_DOMAIN = "HasDomain"

TABLE_NAME = "${ServiceNamePrefix}-leaderboard"
"""As `Deployment.table` says; for `Fn::Sub`."""


def ref(name: str) -> Json:
    """Return the value of a parameter, or what names a resource."""
    return {"Ref": name}


def attribute(resource: str, name: str) -> Json:
    """Return an attribute of a resource."""
    return {"Fn::GetAtt": [resource, name]}


def sub(text: str) -> Json:
    """Return a text with its `${names}` put in."""
    return {"Fn::Sub": text}


def parameter(description: str, default: str | None = None, **rules: str | int | list[str]) -> Json:
    """Return a parameter of text; without a default it has to be given."""
    made: Json = {"Type": "String", "Description": description, **rules}
    return made if default is None else made | {"Default": default}


def number(description: str, default: float, least: float = 0) -> Json:
    """Return a parameter that is a number."""
    written = f"{default:g}" if default < 1 else str(int(default))
    return {
        "Type": "Number",
        "Description": description,
        "Default": written,
        "MinValue": int(least),
    }


def is_given(name: str) -> Json:
    """Return the condition that a parameter of text is not empty."""
    return {"Fn::Not": [{"Fn::Equals": [ref(name), ""]}]}


def output(value: Json | str, description: str, condition: str = "") -> Json:
    """Return an output; with a condition, only where that holds."""
    made: Json = {"Description": description, "Value": value}
    return made | ({"Condition": condition} if condition else {})


def camel(name: str) -> str:
    """Return a name as CloudFormation takes it: `us-west-2` is `UsWest2`."""
    return "".join(part.capitalize() for part in name.replace("_", "-").split("-"))


COMMON_PARAMETERS: Json = {
    PREFIX: parameter(
        "What all names begin with: project_name of zappa_settings.json.",
        AllowedPattern="[a-z0-9]{1,20}",
    ),
    EMAIL: parameter("Who is told of alarms; they have to confirm. Empty for nobody.", ""),
    DOMAIN: parameter("The one name over all regions. Empty for none.", ""),
}
COMMON_CONDITIONS: Json = {HAS_EMAIL: is_given(EMAIL), HAS_DOMAIN: is_given(DOMAIN)}


def topic_resources(name: str) -> Json:
    """Return the topic that alarms are sent to, and its subscription.

    It is not encrypted with AWS's own key for SNS: CloudWatch may not use that one, so alarms
    would be dropped without a word.
    """
    return {
        "AlarmTopic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": sub(name)}},
        "AlarmSubscription": {
            "Type": "AWS::SNS::Subscription",
            "Condition": HAS_EMAIL,
            "Properties": {
                "TopicArn": ref("AlarmTopic"),
                "Protocol": "email",
                "Endpoint": ref(EMAIL),
            },
        },
    }
