"""An alarm as a value, and as CloudFormation's resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bootstrap.stacks.thresholds import Threshold
from bootstrap.stacks.words import Json, camel, ref, sub

MORE, NOT_LESS, LESS = (
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
)
NO_EVENT, SILENCE = "notBreaching", "breaching"
"""What a minute without data means: that nothing happened, or that something stopped."""

PERIOD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm on one metric.

    Attributes:
        name: the end of its name: `api-5xx` rings as `arcade-oregon-api-5xx`.
        means: for whom it wakes: what players notice, and where to look first.
        namespace: the metric's.
        metric: its name.
        dimensions: all that the metric has, as texts for `Fn::Sub`.
        statistic: `Sum`, or a percentile like `p90`.
        threshold: the parameter that holds it.
        minutes: how long in a row it must be so.
        comparison: rings where the statistic is so to the threshold.
        missing: what a minute without data means.
    """

    name: str
    means: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    statistic: str
    threshold: Threshold
    minutes: int
    comparison: str = MORE
    missing: str = NO_EVENT

    @property
    def logical_id(self) -> str:
        """Return what the template calls it."""
        return camel(self.name)

    def resource(self, owner: str) -> Json:
        """Return it for a template; `owner` is what the names of its alarms begin with."""
        percentile = self.statistic.startswith("p")
        return {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                "AlarmName": sub(f"{owner}-{self.name}"),
                "AlarmDescription": self.means,
                "Namespace": self.namespace,
                "MetricName": self.metric,
                "Dimensions": [
                    {"Name": name, "Value": sub(value) if "${" in value else value}
                    for name, value in self.dimensions.items()
                ],
                "ExtendedStatistic" if percentile else "Statistic": self.statistic,
                "Period": PERIOD_SECONDS,
                "EvaluationPeriods": self.minutes,
                "DatapointsToAlarm": self.minutes,
                "Threshold": ref(self.threshold.value),
                "ComparisonOperator": self.comparison,
                "TreatMissingData": self.missing,
                "AlarmActions": [ref("AlarmTopic")],
                "OKActions": [ref("AlarmTopic")],
            },
        }
