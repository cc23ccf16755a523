"""Game day on AWS: an experiment that cuts one region's replica off, and its role.

AWS's Fault Injection Service puts a policy on the replica and its stream that denies replication,
both ways, until a time that stands in it. It ends by itself.
"""

from __future__ import annotations

from bootstrap.stacks.words import GAME_DAY, TABLE_NAME, Json, attribute, parameter, ref, sub

IS_GAME_DAY = "IsGameDay"
DURATION = "GameDayDuration"
ACTION = "aws:dynamodb:global-table-pause-replication"

PARAMETERS: Json = {
    GAME_DAY: parameter(
        "Whether there is an experiment that pauses replication.",
        "no",
        AllowedValues=["no", "yes"],
    ),
    # A replica that may not replicate for 20 hours is cut off for good: 59 minutes is the most.
    DURATION: parameter(
        "How long replication is paused: 1 to 59 minutes, as PT10M.",
        "PT10M",
        AllowedPattern="PT([1-9]|[1-5][0-9])M",
    ),
}
CONDITIONS: Json = {IS_GAME_DAY: {"Fn::Equals": [ref(GAME_DAY), "yes"]}}

_TABLE = f"arn:${{AWS::Partition}}:dynamodb:${{AWS::Region}}:${{AWS::AccountId}}:table/{TABLE_NAME}"


def resources(stop_alarm: str) -> Json:
    """Return the experiment and its role; it stops where an alarm of the same stack rings."""
    return {
        "ExperimentRole": _role(),
        "PauseReplication": {
            "Type": "AWS::FIS::ExperimentTemplate",
            "Condition": IS_GAME_DAY,
            "Properties": {
                "Description": "Cut this region's replica off from the others for a while.",
                "RoleArn": attribute("ExperimentRole", "Arn"),
                "Targets": {
                    "Table": {
                        "ResourceType": "aws:dynamodb:global-table",
                        "ResourceArns": [sub(_TABLE)],
                        "SelectionMode": "ALL",
                    }
                },
                "Actions": {
                    "PauseReplication": {
                        "ActionId": ACTION,
                        "Parameters": {"duration": ref(DURATION)},
                        "Targets": {"Tables": "Table"},
                    }
                },
                "StopConditions": [
                    {"Source": "aws:cloudwatch:alarm", "Value": attribute(stop_alarm, "Arn")}
                ],
                "Tags": {"Name": sub("${ServiceNamePrefix}-${StageName}-pause-replication")},
            },
        },
    }


def _role() -> Json:
    """Return the role: what AWS's reference of the action asks for, on this table alone."""
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "fis.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}},
    }
    on_table = {
        "Effect": "Allow",
        "Action": [
            "dynamodb:DeleteResourcePolicy",
            "dynamodb:DescribeTable",
            "dynamodb:GetResourcePolicy",
            "dynamodb:PutResourcePolicy",
        ],
        "Resource": [sub(_TABLE), sub(f"{_TABLE}/stream/*")],
    }
    # Looking resources up by their tags knows no narrower resource.
    lookup = {"Effect": "Allow", "Action": "tag:GetResources", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [on_table, lookup]}
    return {
        "Type": "AWS::IAM::Role",
        "Condition": IS_GAME_DAY,
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
            "Policies": [{"PolicyName": "pause-replication", "PolicyDocument": policy}],
        },
    }
