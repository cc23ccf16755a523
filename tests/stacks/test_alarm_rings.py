"""An alarm of the stack is driven to ALARM and back, and somebody is told.

MiniStack looks at an alarm's metric and threshold, and at no dimension: those are held against
AWS's list in `test_templates.py`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from leaderboard_app.deployment import Deployment
from tests.bootstrap.commands import Commands

OREGON = "us-west-2"
WAIT_SECONDS = 20

pytestmark = [pytest.mark.ministack, pytest.mark.slow]


def client(service: str) -> Any:  # noqa: ANN401 - its stubs are not required.
    session: Any = boto3.session.Session()
    return session.client(service, region_name=OREGON)


def test_errors_that_players_see_ring_and_their_end_is_told(
    commands: Commands, deployed: Deployment
) -> None:
    commands.run("stack", "apply")
    cloudwatch, name = client("cloudwatch"), f"{deployed.prefix}-oregon-api-5xx"
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
    told = listening_to(alarm["AlarmActions"][0])

    def answered(*statuses: int) -> None:
        """Report requests as API Gateway does: 1 for a server's error, 0 for any other answer."""
        cloudwatch.put_metric_data(
            Namespace=alarm["Namespace"],
            MetricData=[
                {
                    "MetricName": alarm["MetricName"],
                    "Dimensions": alarm["Dimensions"],
                    "Value": float(status >= 500),
                }
                for status in statuses
            ],
        )

    def is_in(state: str) -> Callable[[], bool]:
        def looked() -> bool:
            found = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
            return bool(found[0]["StateValue"] == state)

        return looked

    answered(*[200] * 18, 500, 503)
    wait_until(is_in("ALARM"))
    answered(*[200] * 60)
    wait_until(is_in("OK"))

    heard: list[str] = []

    def heard_of_both() -> bool:
        heard.extend(told())
        return len(heard) > 1

    wait_until(heard_of_both)
    assert heard == ["ALARM", "OK"]


def listening_to(topic: str) -> Callable[[], list[str]]:
    """Subscribe to a topic; what is returned gives the states that were told since it was asked."""
    sqs = client("sqs")
    queue = sqs.create_queue(QueueName=f"heard-{topic.rpartition(':')[2]}")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    arn = attributes["Attributes"]["QueueArn"]
    client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def told() -> list[str]:
        answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        heard = answer.get("Messages", [])
        for each in heard:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        bodies = [json.loads(json.loads(each["Body"])["Message"]) for each in heard]
        return [str(body["NewStateValue"]) for body in bodies]

    return told


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)
