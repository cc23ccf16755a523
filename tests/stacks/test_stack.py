"""`stack`, for real, against MiniStack's CloudFormation.

It takes templates, change sets, alarms, dashboards, domains, certificates and records; health
checks it is taught (`mends/`); it has no Fault Injection Service, which serves as what fails.
"""

from __future__ import annotations

import json
import os
from functools import cache, partial
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from click.testing import CliRunner

from bootstrap import exits
from bootstrap.cli import cli
from bootstrap.sandbox.environment import within
from bootstrap.stacks import places
from bootstrap.stacks.lookups import Clients
from bootstrap.stacks.run import Stacks
from bootstrap.stacks.wanted import Wanted
from leaderboard_app.deployment import Deployment, Stage
from tests.bootstrap.commands import Commands, problem
from tests.bootstrap.interruptions import CtrlC

OREGON, DUBLIN, AT_LARGE = "us-west-2", "eu-west-1", "us-east-1"
CHANGES = tuple(
    f"cloudformation.{name}"
    for name in ("CreateChangeSet", "DeleteChangeSet", "ExecuteChangeSet", "DeleteStack")
)

pytestmark = [pytest.mark.ministack, pytest.mark.slow]


@cache
def client(service: str, region: str) -> Any:  # noqa: ANN401 - its stubs are not required.
    session: Any = boto3.session.Session()
    return session.client(service, region_name=region)


def there(deployment: Deployment) -> dict[str, str]:
    """Return the status of every stack of a deployment, in any region, by name."""
    found = {}
    for region in (AT_LARGE, OREGON, DUBLIN):
        for stack in client("cloudformation", region).describe_stacks()["Stacks"]:
            if deployment.prefix in stack["StackName"] and "DELETE" not in stack["StackStatus"]:
                found[stack["StackName"]] = stack["StackStatus"]
    return found


def alarm(region: str, name: str) -> dict[str, Any]:
    (found,) = client("cloudwatch", region).describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return dict(found)


class TestPlan:
    def test_it_says_what_would_be_made_and_leaves_nothing(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        result = commands.run("stack", "plan")

        assert result.exit_code == exits.DONE
        assert f"leaderboard-{deployed.prefix} in {AT_LARGE}: to be made" in result.output
        assert "  add Api5xx (AWS::CloudWatch::Alarm)" in result.output
        assert there(deployed) == {}

    def test_it_says_what_would_change_and_changes_nothing(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")

        result = commands.run("stack", "plan", "--set", "Api5xxRate=0.02")

        assert "modify Api5xx" in result.output
        assert alarm(OREGON, f"{deployed.prefix}-oregon-api-5xx")["Threshold"] == 0.05
        assert "no changes" in commands.run("stack", "plan").output


class TestApply:
    def test_it_makes_a_stack_a_region_and_one_where_health_is_measured(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        result = commands.run("stack", "apply", "--email", "ops@example.com")

        assert result.exit_code == exits.DONE
        name = f"leaderboard-{deployed.prefix}"
        assert there(deployed) == dict.fromkeys(
            (name, f"{name}-oregon", f"{name}-dublin"), "CREATE_COMPLETE"
        )
        for region, stage, other in ((OREGON, "oregon", DUBLIN), (DUBLIN, "dublin", OREGON)):
            made = alarm(region, f"{deployed.prefix}-{stage}-replication-{other}")
            assert made["Dimensions"] == [
                {"Name": "TableName", "Value": deployed.table},
                {"Name": "ReceivingRegion", "Value": other},
            ]
            alarm(AT_LARGE, f"{deployed.prefix}-health-{stage}")
            (topic,) = made["AlarmActions"]
            told = client("sns", region).list_subscriptions_by_topic(TopicArn=topic)
            assert [each["Endpoint"] for each in told["Subscriptions"]] == ["ops@example.com"]

    def test_what_a_later_run_does_not_name_stays_as_it_was_set(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply", "--set", "Api5xxRate=0.02")

        commands.run("stack", "apply", "--set", "RankAgeSeconds=60")
        result = commands.run("stack", "apply")

        assert alarm(OREGON, f"{deployed.prefix}-oregon-api-5xx")["Threshold"] == 0.02
        assert alarm(DUBLIN, f"{deployed.prefix}-dublin-rank-age")["Threshold"] == 60
        assert result.exit_code == exits.DONE
        assert result.output.endswith("Everything is in place.\n")
        assert "Changing" not in result.output

    def test_a_stack_that_can_not_be_made_is_taken_away_again_and_the_reason_said(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        result = commands.run("stack", "apply", "--set", "GameDay=yes")

        name = f"leaderboard-{deployed.prefix}"
        assert result.exit_code == exits.REFUSED
        assert f"the stack {name}-oregon in {OREGON}: PauseReplication: " in result.stderr
        assert "There is no Fault Injection Service here" in result.stderr
        assert there(deployed) == {name: "CREATE_COMPLETE"}
        assert commands.run("stack", "apply").exit_code == exits.DONE
        assert len(there(deployed)) == 3

    def test_a_change_that_fails_leaves_the_stack_as_it_was(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")

        result = commands.run("stack", "apply", "--set", "GameDay=yes", "--set", "Concurrency=5")

        assert result.exit_code == exits.REFUSED
        assert alarm(OREGON, f"{deployed.prefix}-oregon-account-concurrency")["Threshold"] == 900
        assert "Everything is in place." in commands.run("stack", "apply").output

    @pytest.mark.parametrize(
        ("at", "when"),
        [(2, "after-call"), (8, "before-call"), (11, "before-call"), (13, "after-call")],
    )
    def test_what_is_interrupted_anywhere_is_completed_by_the_next_run(
        self, commands: Commands, deployed: Deployment, at: int, when: str
    ) -> None:
        session: Any = boto3.session.Session()
        CtrlC([SimpleNamespace(meta=session)], CHANGES, at, when)
        cut = Stacks(deployed, lambda _: None, Clients(session))
        with pytest.raises(KeyboardInterrupt):
            cut.apply(Wanted())

        result = commands.run("stack", "apply")

        assert result.exit_code == exits.DONE
        assert set(there(deployed).values()) == {"CREATE_COMPLETE"}
        assert len(there(deployed)) == 3


class TestDomain:
    def test_one_name_leads_to_the_nearest_region_that_is_well(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        result = commands.run("stack", "apply", "--domain", "Play.example.com")

        assert result.exit_code == exits.DONE
        outputs = json.loads(commands.run("stack", "outputs", "--json").output)
        at_large = outputs[f"leaderboard-{deployed.prefix}"]
        assert at_large["WebsiteURL"] == "https://play.example.com/"
        assert at_large["HostedZoneName"] == "play.example.com"
        assert at_large["NameServerNames"] in result.output
        found = records(at_large["HostedZoneID"], "play.example.com.")
        assert {each["Region"]: each["HealthCheckId"] for each in found} == {
            OREGON: at_large["HealthCheckIdUsWest2"],
            DUBLIN: at_large["HealthCheckIdEuWest1"],
        }
        for each in found:
            stage = deployed.stage_in(each["Region"]).name
            led = outputs[f"leaderboard-{deployed.prefix}-{stage}"]["RegionalDomainName"]
            assert each["AliasTarget"]["DNSName"].rstrip(".") == led
            mapped = client("apigateway", each["Region"]).get_base_path_mappings(
                domainName="play.example.com"
            )
            assert mapped["items"][0]["stage"] == stage
        commands.run("stack", "remove", "--yes")
        assert there(deployed) == {}

    def test_the_name_is_kept_by_a_later_run_and_not_changed_in_passing(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        Stacks(deployed, lambda _: None, Clients.of_environment()).apply(Wanted("one.example.com"))

        again = commands.run("stack", "plan")
        another = commands.run("stack", "apply", "--domain", "two.example.com")

        assert again.output.count("no changes") == 3
        assert another.exit_code == exits.REFUSED
        assert "The domain is one.example.com." in problem(another)
        commands.run("stack", "remove", "--yes")

    def test_a_zone_that_exists_takes_the_name_and_survives_it(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        zone = make_zone("studio.example")

        commands.run("stack", "apply", "--domain", "play.studio.example", "--zone", zone)

        assert len(records(zone, "play.studio.example.")) == 2
        at_large = json.loads(commands.run("stack", "outputs", "--json").output)
        assert at_large[f"leaderboard-{deployed.prefix}"]["HostedZoneName"] == "studio.example"
        commands.run("stack", "remove", "--yes")
        assert records(zone, "play.studio.example.") == []

    @pytest.mark.usefixtures("deployed")
    def test_a_zone_that_can_not_hold_the_name_is_refused(self, commands: Commands) -> None:
        zone = make_zone("other.example")

        outside = commands.run("stack", "plan", "--domain", "play.studio.example", "--zone", zone)
        missing = commands.run("stack", "plan", "--domain", "a.b.example", "--zone", "Z0NOTHING")
        alone = commands.run("stack", "plan", "--zone", zone)

        assert f"{zone} is other.example, which play.studio.example is not in" in problem(outside)
        assert "there is no such hosted zone" in problem(missing)
        assert "name the domain as well" in problem(alone)

    def test_records_that_certificates_leave_in_our_zone_go_before_it_and_no_others(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply", "--domain", "left.example.com")
        outputs = json.loads(commands.run("stack", "outputs", "--json").output)
        zone = outputs[f"leaderboard-{deployed.prefix}"]["HostedZoneID"]
        add_alias(zone, "_ab12.left.example.com.", "_cd34.xyz.acm-validations.aws.")
        add_alias(zone, "mail.left.example.com.", "mail.example.net.")
        session: Any = boto3.session.Session()
        calls: list[str] = []
        note = partial(note_call, calls)
        session.events.register("before-call.route53.ChangeResourceRecordSets", note)
        session.events.register("before-call.cloudformation.DeleteStack", note)

        Stacks(deployed, lambda _: None, Clients(session)).remove([places.at_large(deployed)])

        assert [call.partition(" ")[0] for call in calls] == [
            "ChangeResourceRecordSets",
            "DeleteStack",
        ]
        assert "acm-validations" in calls[0]
        commands.run("stack", "remove", "--yes")


class TestRemove:
    @pytest.mark.usefixtures("deployed")
    def test_everything_goes_the_regions_first(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        commands.run("stack", "apply")

        result = commands.run("stack", "remove", "--yes")

        deleting = [line for line in result.output.splitlines() if line.startswith("Deleting")]
        assert [line.rpartition(" in ")[2] for line in deleting] == [OREGON, DUBLIN, AT_LARGE]
        assert there(deployment) == {}
        assert "no stack to delete" in commands.run("stack", "remove").output

    def test_one_stage_s_stack_goes_alone_and_comes_back(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")

        commands.run("stack", "remove", "dublin", "--yes")

        assert sorted(there(deployed)) == [
            f"leaderboard-{deployed.prefix}",
            f"leaderboard-{deployed.prefix}-oregon",
        ]
        commands.run("stack", "apply")
        assert len(there(deployed)) == 3

    def test_whoever_does_not_type_the_prefix_deletes_nothing(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")

        for typed, code in (("something else\n", exits.REFUSED), ("", exits.INTERRUPTED)):
            result = CliRunner().invoke(cli, ["stack", "remove"], obj=lambda: deployed, input=typed)
            assert result.exit_code == code
            assert "Nothing was deleted" in result.stderr
        assert len(there(deployed)) == 3

    @pytest.mark.usefixtures("deployed")
    def test_a_stage_that_is_none_is_refused(self, commands: Commands) -> None:
        result = commands.run("stack", "remove", "sydney")

        assert problem(result) == "There is no stage 'sydney': the stages are oregon, dublin."


class TestRegions:
    def test_a_third_region_is_one_more_stack_and_is_watched_by_the_others(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")
        sydney = Stage("sydney", "ap-southeast-2")
        client("apigateway", sydney.region).create_rest_api(name=f"{deployed.prefix}-sydney")
        three = Deployment(deployed.prefix, (*deployed.stages, sydney))

        result = commands.run("stack", "apply", read=lambda: three)

        assert result.exit_code == exits.DONE
        alarm(AT_LARGE, f"{deployed.prefix}-health-sydney")
        alarm(OREGON, f"{deployed.prefix}-oregon-replication-{sydney.region}")
        alarm(sydney.region, f"{deployed.prefix}-sydney-replication-{DUBLIN}")

    def test_a_region_that_is_removed_leaves_neither_stack_nor_check_nor_alarm(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        commands.run("stack", "apply")
        commands.run("stack", "remove", "dublin", "--yes")
        one = Deployment(deployed.prefix, deployed.stages[:1])

        result = commands.run("stack", "apply", read=lambda: one)

        assert result.exit_code == exits.DONE
        outputs = json.loads(commands.run("stack", "outputs", "--json").output)
        checks = [n for each in outputs.values() for n in each if n.startswith("HealthCheckId")]
        assert checks == ["HealthCheckIdUsWest2"]
        gone = [f"{deployed.prefix}-oregon-replication-{DUBLIN}"]
        found = client("cloudwatch", OREGON).describe_alarms(AlarmNames=gone)
        assert found["MetricAlarms"] == []


class TestRefusals:
    def test_a_stage_that_is_not_deployed_is_named_with_the_cure(self, commands: Commands) -> None:
        result = commands.run("stack", "apply")

        assert result.exit_code == exits.REFUSED
        assert problem(result).endswith("Deploy that stage first: zappa deploy oregon")

    def test_two_apis_of_one_name_are_not_guessed_between(
        self, commands: Commands, deployed: Deployment
    ) -> None:
        client("apigateway", OREGON).create_rest_api(name=f"{deployed.prefix}-oregon")

        result = commands.run("stack", "plan")

        assert problem(result).startswith(f"There are 2 APIs {deployed.prefix}-oregon")

    @pytest.mark.usefixtures("deployed")
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--set", "Api5xRate=1"], "--set Api5xRate: set one of these: Api4xxRate, "),
            (["--set", "RestApiId=x"], "--set RestApiId: set one of these"),
            (["--set", "Api5xxRate"], "write it like --set Api5xxRate=0.02"),
            (["--domain", "no domain"], "'no domain' is no domain name"),
            (["--domain", "localhost"], "'localhost' is no domain name"),
            (["--email", "nobody"], "--email 'nobody' is no address"),
            (["--set", "GameDay=perhaps"], "GameDay"),
        ],
    )
    def test_what_is_wrongly_asked_is_refused_before_anything_is_made(
        self, commands: Commands, deployment: Deployment, arguments: list[str], said: str
    ) -> None:
        result = commands.run("stack", "apply", *arguments)

        assert result.exit_code == exits.REFUSED
        assert said in problem(result)
        assert there(deployment) == {}

    def test_a_sandbox_which_has_no_cloudformation_is_said_to_have_none(
        self, commands: Commands, ministack: str
    ) -> None:
        with within({**os.environ, "AWS_ENDPOINT_URL": ministack}):
            result = commands.run("stack", "plan")

        assert "the sandbox has none" in problem(result)

    def test_outputs_that_are_not_there_yet_are_said_to_be_missing(
        self, commands: Commands
    ) -> None:
        assert problem(commands.run("stack", "outputs")).startswith("There is no stack yet")


def make_zone(name: str) -> str:
    made = client("route53", AT_LARGE).create_hosted_zone(
        Name=name, CallerReference=os.urandom(8).hex()
    )
    return str(made["HostedZone"]["Id"]).rpartition("/")[2]


def add_alias(zone: str, name: str, value: str) -> None:
    record = {"Name": name, "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Value": value}]}
    change = {"Action": "CREATE", "ResourceRecordSet": record}
    client("route53", AT_LARGE).change_resource_record_sets(
        HostedZoneId=zone, ChangeBatch={"Changes": [change]}
    )


def note_call(calls: list[str], model: Any, params: Any, **_: object) -> None:  # noqa: ANN401
    calls.append(f"{model.name} {params['body']!r}")


def records(zone: str, name: str) -> list[dict[str, Any]]:
    """Return the records of a name in a zone, without those that every zone has."""
    found = client("route53", AT_LARGE).list_resource_record_sets(HostedZoneId=zone)
    every = found["ResourceRecordSets"]
    return [each for each in every if each["Name"] == name and each["Type"] == "A"]
