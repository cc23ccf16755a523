"""The templates, against AWS's own schemas and its list of metrics."""

from __future__ import annotations

import copy
import json
import re
from itertools import pairwise
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint

from bootstrap.stacks import alarms as watched
from bootstrap.stacks import regional, worldwide
from bootstrap.stacks.design import template
from leaderboard_app import metrics
from leaderboard_app.deployment import SETTINGS_FILE, Deployment, Stage, resolve
from leaderboard_app.gateway import schema
from tests.stacks import templates
from tests.stacks.aws_metrics import ALARMED, ONLY_SHOWN
from tests.stacks.templates import ARCADE, AT_LARGE, DUBLIN, IN_DUBLIN, IN_OREGON, OREGON

GATEWAY = SETTINGS_FILE.parent / "leaderboard_app" / "gateway"
API_GATEWAY_SECONDS = 29
"""How long API Gateway waits for a function."""

LARGEST_TEMPLATE = 51_200
"""Bytes that CloudFormation takes in one request."""


def faults(made: dict[str, Any], *regions: str) -> list[str]:
    found = lint(templates.written(made), config=ManualArgs(regions=list(regions)))
    return [f"{match.rule.id} {match.message}" for match in found]


def test_cfn_lint_has_nothing_to_say() -> None:
    deployment = Deployment.read()

    for stage in deployment.stages:
        assert faults(template(deployment, stage), stage.region) == []
    assert faults(template(deployment, None), worldwide.REGION) == []


def test_cfn_lint_would_say_what_is_wrong() -> None:
    broken = copy.deepcopy(IN_OREGON)
    broken["Resources"]["PauseReplication"]["Properties"]["Action"] = {}

    assert any("'Action' was unexpected" in fault for fault in faults(broken, OREGON.region))


def test_five_regions_still_make_a_template_that_cloudformation_takes() -> None:
    others = ["eu-west-1", "ap-northeast-1", "ap-southeast-2", "sa-east-1"]

    assert len(templates.written(regional.template(others))) < LARGEST_TEMPLATE


ALARMS = [*templates.alarms(IN_OREGON), *templates.alarms(AT_LARGE)]


@pytest.mark.parametrize("alarm", ALARMS, ids=lambda alarm: templates.resolved(alarm["AlarmName"]))
def test_an_alarm_has_all_dimensions_of_its_metric_and_is_the_recommended_one(
    alarm: dict[str, Any],
) -> None:
    rows = {(row.namespace, row.name, row.dimensions): alarm for row, alarm in ALARMED.items()}
    found = rows[alarm["Namespace"], alarm["MetricName"], frozenset(templates.dimensions(alarm))]

    assert (alarm.get("Statistic") or alarm["ExtendedStatistic"]) == found.statistic
    assert alarm["ComparisonOperator"] == found.comparison
    assert alarm["EvaluationPeriods"] == alarm["DatapointsToAlarm"] == found.minutes
    assert alarm["Period"] == 60


def test_every_alarm_tells_the_topic_when_it_rings_and_when_it_is_over() -> None:
    for alarm in ALARMS:
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}]
        assert alarm["AlarmDescription"].endswith(".")


def test_every_threshold_is_a_parameter_with_a_default() -> None:
    parameters = IN_OREGON["Parameters"] | AT_LARGE["Parameters"]

    for alarm in ALARMS:
        assert float(parameters[alarm["Threshold"]["Ref"]]["Default"]) >= 0


def test_a_slow_function_rings_before_api_gateway_or_the_function_gives_up() -> None:
    content = json.loads(SETTINGS_FILE.read_text(encoding="utf-8"))
    given = [resolve(content, stage.name)["timeout_seconds"] for stage in Deployment.read().stages]
    rings = float(IN_OREGON["Parameters"]["FunctionDurationMilliseconds"]["Default"]) / 1000

    assert rings == pytest.approx(0.9 * API_GATEWAY_SECONDS)
    assert all(rings < seconds for seconds in given)


def test_no_two_alarms_of_an_account_share_a_name_and_region() -> None:
    names = [templates.resolved(alarm["AlarmName"]) for alarm in ALARMS]

    assert len(set(names)) == len(names)


def test_no_recommended_alarm_is_left_out() -> None:
    found = {(a["Namespace"], a["MetricName"], frozenset(templates.dimensions(a))) for a in ALARMS}

    assert found == {(row.namespace, row.name, row.dimensions) for row in ALARMED}


def test_dimensions_hold_the_names_that_zappa_and_the_table_have() -> None:
    found = [templates.dimensions(alarm) for alarm in templates.alarms(IN_OREGON)]
    values = {(name, value) for each in found for name, value in each.items()}

    assert {value for name, value in values if name == "ApiName"} == {"arcade-oregon"}
    assert {value for name, value in values if name == "Stage"} == {"oregon"}
    assert {value for name, value in values if name == "FunctionName"} == {"arcade-oregon"}
    assert {value for name, value in values if name == "TableName"} == {ARCADE.table}
    assert {value for name, value in values if name == "GlobalSecondaryIndexName"} == {
        schema.BOARD_INDEX,
        schema.COUNTRY_INDEX,
    }


def test_replication_is_watched_each_way() -> None:
    def receiving(made: dict[str, Any]) -> list[str]:
        found = [templates.dimensions(alarm) for alarm in templates.alarms(made)]
        return [each["ReceivingRegion"] for each in found if "ReceivingRegion" in each]

    sydney = Stage("sydney", "ap-southeast-2")
    three = Deployment("arcade", (OREGON, DUBLIN, sydney))

    assert receiving(IN_OREGON) == [DUBLIN.region]
    assert receiving(IN_DUBLIN) == [OREGON.region]
    assert receiving(template(three, DUBLIN)) == [OREGON.region, sydney.region]


def test_what_stops_rings_though_it_makes_no_data_and_no_errors_are_none() -> None:
    ring = {a["MetricName"] for a in ALARMS if a["TreatMissingData"] == "breaching"}

    assert ring == {"ReplicationLatency", "RankAge", "HealthCheckStatus", "Count"}
    assert {alarm["TreatMissingData"] for alarm in ALARMS} == {"breaching", "notBreaching"}


def test_every_operation_of_the_app_has_its_alarm() -> None:
    calls = re.compile(
        r"\.((?:batch_|transact_)?(?:get|put|update|delete|write)_items?|query|scan)\("
    )
    source = "".join(file.read_text(encoding="utf-8") for file in GATEWAY.glob("*.py"))
    asked = {"".join(map(str.capitalize, name.split("_"))) for name in calls.findall(source)}

    assert asked <= set(watched.OPERATIONS)


def test_alarms_on_health_checks_are_where_their_metrics_are_and_nowhere_else() -> None:
    def checks(made: dict[str, Any]) -> int:
        return sum(alarm["Namespace"] == "AWS/Route53" for alarm in templates.alarms(made))

    assert worldwide.REGION == "us-east-1"
    assert (checks(AT_LARGE), checks(IN_OREGON)) == (2, 0)


def test_health_checks_ask_each_region_at_its_own_address() -> None:
    found = templates.resources(AT_LARGE, "AWS::Route53::HealthCheck")
    apis = templates.AWS | {"RestApiIdUsWest2": "one", "RestApiIdEuWest1": "two"}
    asked = {
        templates.resolved(each["HealthCheckConfig"]["FullyQualifiedDomainName"], apis)
        + each["HealthCheckConfig"]["ResourcePath"]
        for each in found.values()
    }

    assert asked == {
        "one.execute-api.us-west-2.amazonaws.com/oregon/healthz",
        "two.execute-api.eu-west-1.amazonaws.com/dublin/healthz",
    }


class TestDashboard:
    def test_it_shows_metrics_that_there_are_with_all_of_their_dimensions(self) -> None:
        known = {(row.namespace, row.name, row.dimensions) for row in (*ALARMED, *ONLY_SHOWN)}

        for namespace, name, dimensions in templates.shown(IN_OREGON):
            assert (namespace, name, frozenset(dimensions)) in known

    def test_it_has_a_row_for_the_game_s_own_metrics(self) -> None:
        own = {(n, name): d for n, name, d in templates.shown(IN_OREGON) if n == "Leaderboard"}

        assert {name for _, name in own} == {metrics.ACCEPTED, metrics.REFUSED, metrics.RANK_AGE}
        for (namespace, _), dimensions in own.items():
            assert namespace == metrics.NAMESPACE
            assert tuple(dimensions) == metrics.DIMENSIONS
            assert dimensions == {"Service": ARCADE.prefix, "Region": OREGON.region}

    def test_it_shows_every_alarm_of_its_region(self) -> None:
        arns = templates.widgets(IN_OREGON)[0]["properties"]["alarms"]
        names = {templates.resolved(a["AlarmName"]) for a in templates.alarms(IN_OREGON)}

        assert {arn.rpartition(":")[2] for arn in arns} == names

    def test_its_rows_neither_overlap_nor_leave_the_page(self) -> None:
        taken = set()
        for widget in templates.widgets(IN_OREGON):
            assert widget["x"] + widget["width"] <= 24
            place = (widget["y"], widget["x"])
            assert place not in taken
            taken.add(place)
        tops = sorted({(w["y"], w["height"]) for w in templates.widgets(IN_OREGON)})
        assert all(top + height <= below for (top, height), (below, _) in pairwise(tops))

    def test_one_region_alone_has_no_graph_of_nothing(self) -> None:
        alone = template(Deployment("arcade", (OREGON,)), OREGON)

        for widget in templates.widgets(alone):
            assert widget["properties"].get("metrics") != []
        assert faults(alone, OREGON.region) == []


class TestGameDay:
    def test_it_pauses_the_replication_of_this_region_s_table_alone(self) -> None:
        made = IN_OREGON["Resources"]["PauseReplication"]["Properties"]
        target = made["Targets"]["Table"]

        assert made["Actions"]["PauseReplication"]["ActionId"] == (
            "aws:dynamodb:global-table-pause-replication"
        )
        assert target["ResourceType"] == "aws:dynamodb:global-table"
        assert [templates.resolved(arn) for arn in target["ResourceArns"]] == [
            "arn:aws:dynamodb:us-west-2:123456789012:table/arcade-leaderboard"
        ]

    def test_it_stops_where_players_see_errors(self) -> None:
        made = IN_OREGON["Resources"]["PauseReplication"]["Properties"]
        (stop,) = made["StopConditions"]
        alarm = IN_OREGON["Resources"][stop["Value"]["Fn::GetAtt"][0]]["Properties"]

        assert stop["Source"] == "aws:cloudwatch:alarm"
        assert alarm["MetricName"] == "5XXError"

    def test_it_ends_long_before_a_replica_is_cut_off_for_good(self) -> None:
        pattern = re.compile(IN_OREGON["Parameters"]["GameDayDuration"]["AllowedPattern"])

        assert all(pattern.fullmatch(taken) for taken in ("PT1M", "PT10M", "PT59M"))
        assert not any(pattern.fullmatch(not_taken) for not_taken in ("PT0M", "PT60M", "PT20H"))

    def test_there_is_none_unless_asked_for(self) -> None:
        assert IN_OREGON["Parameters"]["GameDay"]["Default"] == "no"
        for name in ("ExperimentRole", "PauseReplication"):
            assert IN_OREGON["Resources"][name]["Condition"] == "IsGameDay"


def test_the_outputs_are_named_as_the_workshop_names_them() -> None:
    named = {*IN_OREGON["Outputs"], *AT_LARGE["Outputs"]}

    assert named >= {
        *("ApiGatewayUrl", "OutTableName", "OutGSIName"),
        *("HostedZoneName", "HostedZoneID", "NameServerNames", "WebsiteURL"),
    }
    assert "ServiceNamePrefix" in IN_OREGON["Parameters"]
