"""The stack of one region: alarms, their topic, a dashboard; a name and a game day, if wanted."""

from __future__ import annotations

from collections.abc import Sequence

from bootstrap.stacks import alarms, domain, experiment, thresholds
from bootstrap.stacks.dashboard import dashboard
from bootstrap.stacks.words import (
    API_ID,
    COMMON_CONDITIONS,
    COMMON_PARAMETERS,
    HAS_DOMAIN,
    HEALTH_CHECK_ID,
    STAGE,
    TABLE_NAME,
    ZONE_ID,
    Json,
    attribute,
    output,
    parameter,
    ref,
    sub,
    topic_resources,
)
from leaderboard_app.gateway.schema import BOARD_INDEX, COUNTRY_INDEX

OWNER = "${ServiceNamePrefix}-${StageName}"
STOP_ALARM = "Api5xx"


def template(others: Sequence[str]) -> Json:
    """Return the template of a region that replicates to others."""
    rings = alarms.of_region(others)
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "A region of the global leaderboard: alarms, dashboard, custom domain.",
        "Parameters": _parameters() | thresholds.parameters(alarm.threshold for alarm in rings),
        "Conditions": COMMON_CONDITIONS | experiment.CONDITIONS,
        "Resources": {
            **topic_resources(f"{OWNER}-alarms"),
            **{alarm.logical_id: alarm.resource(OWNER) for alarm in rings},
            "Dashboard": dashboard(others, [alarm.name for alarm in rings]),
            **domain.resources(),
            **experiment.resources(STOP_ALARM),
        },
        "Outputs": _outputs(),
    }


def _parameters() -> Json:
    return {
        **COMMON_PARAMETERS,
        STAGE: parameter("The Zappa stage: the API's stage, and the end of its name."),
        API_ID: parameter("The id of the API that Zappa made."),
        ZONE_ID: parameter("The hosted zone of the name. Unused without one.", "none"),
        HEALTH_CHECK_ID: parameter("The Route 53 health check of this region.", "none"),
        **experiment.PARAMETERS,
    }


def _outputs() -> Json:
    url = "https://${RestApiId}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${StageName}"
    return {
        "ApiGatewayUrl": output(sub(url), "This region's own address."),
        "OutTableName": output(sub(TABLE_NAME), "The table, the same in every region."),
        "OutGSIName": output(COUNTRY_INDEX, "The index of a country's ranking."),
        "OutBoardGSIName": output(BOARD_INDEX, "The index of a board's ranking."),
        "AlarmTopicArn": output(ref("AlarmTopic"), "Where alarms are sent."),
        "DashboardName": output(ref("Dashboard"), "The dashboard in CloudWatch."),
        "RegionalDomainName": output(
            attribute("RegionalDomain", "RegionalDomainName"),
            "What the name leads to in this region.",
            HAS_DOMAIN,
        ),
        "ExperimentTemplateId": output(
            ref("PauseReplication"), "The game day's experiment.", experiment.IS_GAME_DAY
        ),
    }
