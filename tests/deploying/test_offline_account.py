"""Both stages, deployed by the real zappa, used over their API Gateway addresses, and taken away.

One test: an account takes half a minute to make, and its steps follow one another.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener, urlopen

import pytest

from bootstrap.deploying.offline.account import Account
from bootstrap.deploying.offline.copy import change_settings
from bootstrap.deploying.offline.door import Door
from bootstrap.deploying.package import ARCHITECTURE, CONTENTS, MAX_BYTES
from bootstrap.deploying.stages import DeployedStage
from bootstrap.sandbox.loopback import wait_until
from leaderboard_app.deployment import SETTINGS_FILE, Deployment, Stage
from leaderboard_app.web.languages.known import LANGUAGES
from tests.deploying.conftest import well
from tests.deploying.left import held, packages, roles
from tests.deploying.runtime import SENDER, event, header, under_aws_runtime
from tests.deploying.sites import BOARD, NEW_SCORE, Site
from tests.web.html_page import Page

pytestmark = [pytest.mark.slow, pytest.mark.ministack]

STAGES = Deployment.read().stages
OREGON, DUBLIN = STAGES
ROLES = ["arcade-dublin-ZappaLambdaExecutionRole", "arcade-oregon-ZappaLambdaExecutionRole"]
BUCKETS: dict[str, list[str]] = {"arcade-packages-eu-west-1": [], "arcade-packages-us-west-2": []}
FIRED_SECONDS, SHOWN_SECONDS = 90, 10


@dataclass(frozen=True)
class Deployed:
    account: Account
    oregon: Site
    dublin: Site

    @property
    def sites(self) -> tuple[Site, Site]:
        return self.oregon, self.dublin


def test_a_deployment_from_the_first_page_to_the_last_trace(
    account: Account, subtests: pytest.Subtests
) -> None:
    deployed = Deployed(account, Site(account, OREGON), Site(account, DUBLIN))
    for step in STEPS:
        with subtests.test(step.__name__):
            step(deployed)


def each_part_is_in_its_own_region(deployed: Deployed) -> None:
    for stage in STAGES:
        name = f"arcade-{stage.name}"
        found = held(deployed.account, stage.region)
        assert found["functions"] == found["apis"] == found["stacks"] == [name]
        assert found["logs"] == [f"/aws/lambda/{name}"]
        assert len(found["rules"]) == len(DeployedStage.read(stage.name).settings["events"])
    assert roles(deployed.account) == ROLES
    assert packages(deployed.account) == BUCKETS


def a_function_is_as_the_settings_say(deployed: Deployed) -> None:
    for stage in STAGES:
        target = DeployedStage.read(stage.name)
        made = deployed.account.client("lambda", stage.region).get_function(
            FunctionName=target.function
        )
        assert made["Tags"]["application"] == "leaderboard"
        shown = made["Configuration"]
        variables = shown["Environment"]["Variables"]
        assert variables["LEADERBOARD_SECRET_PARAMETER"] == "/arcade"
        assert "SECRET_KEY" not in variables
        given = (target.settings["memory_size"], target.settings["timeout_seconds"])
        assert (shown["MemorySize"], shown["Timeout"]) == given
        (logs,) = deployed.account.client("logs", stage.region).describe_log_groups()["logGroups"]
        assert logs["retentionInDays"] == target.own("log_retention_days")


def a_stage_is_regional_and_bounded(deployed: Deployed) -> None:
    for stage in STAGES:
        target = DeployedStage.read(stage.name)
        gateway = deployed.account.client("apigateway", stage.region)
        (api,) = gateway.get_rest_apis()["items"]
        shown = deployed.account.client("cloudformation", stage.region)
        template = shown.get_template(StackName=target.function)["TemplateBody"]
        asked = template["Resources"]["Api"]["Properties"]["EndpointConfiguration"]
        assert asked == {"Types": ["REGIONAL"]}
        assert api["binaryMediaTypes"] == ["*/*"]
        made = gateway.get_stage(restApiId=api["id"], stageName=stage.name)["methodSettings"]
        assert made["*/*"]["throttlingRateLimit"] == target.own("requests_per_second")
        assert made["*/*"]["throttlingBurstLimit"] == target.own("requests_at_once")


def a_role_may_do_what_the_policy_says_and_no_more(deployed: Deployed) -> None:
    iam = deployed.account.client("iam", "us-east-1")
    for stage in STAGES:
        target = DeployedStage.read(stage.name)
        role = f"{target.function}-ZappaLambdaExecutionRole"
        (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        assert document == json.loads(target.policy("000000000000"))
        assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []


def the_board_shows_what_was_imported(deployed: Deployed) -> None:
    for site in deployed.sites:
        assert site.get("/").status == 302
        page = site.page(BOARD)
        assert len(page.rows()) == 25
        linked = [each["href"] for each in page.all("link")]
        assert [each for each in linked if not each.startswith((site.root, site.address))] == []


def the_same_board_comes_in_every_language(deployed: Deployed) -> None:
    """The catalogues are in the package, and the stage stands before the language."""
    for site in deployed.sites:
        captions = set()
        for language in LANGUAGES:
            page = site.page(f"/{language.code}{BOARD}")
            assert page.one("html")["lang"] == language.code
            assert len(page.rows()) == 25
            captions.add(page.one("caption").text)
            homes = [each["href"] for each in page.all("a") if each["class"] == "home"]
            assert homes == [f"{site.root}/{language.code}/"]
        assert len(captions) == len(LANGUAGES)


def a_score_added_in_oregon_is_read_in_dublin(deployed: Deployed) -> None:
    answer = deployed.oregon.add("Grace of Oregon", 987_654_321)
    assert answer.status == 303
    place = urlsplit(answer.header("Location"))
    assert place.path == f"{deployed.oregon.root}{BOARD}"
    assert (
        b"Grace of Oregon"
        in deployed.oregon.get(f"{BOARD}?{place.query}", Cache_Control="no-cache").body
    )

    def is_on_top() -> bool:
        return deployed.dublin.page(BOARD).rows()[0][1].startswith("Grace of Oregon")

    # A page may be as old as its Cache-Control says.
    assert wait_until(is_on_top, SHOWN_SECONDS), deployed.dublin.page(BOARD).rows()[:2]


def a_game_server_submits_with_its_key(deployed: Deployed) -> None:
    told = well(deployed.account.bootstrap("keys", "create", "--label", "it", "--scope", "submit"))
    secret = told.split()[-1]
    sent = json.dumps({"player_id": "p-1", "name": "Server Ada", "country": "FI", "score": 7})
    for key, status in (("forged", 401), (secret, 201)):
        answer = deployed.oregon.ask(
            "POST",
            f"{deployed.oregon.root}/api/v1{BOARD}/submissions",
            sent.encode(),
            **{"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        assert answer.status == status, answer
    read = deployed.dublin.get(f"/api/v1{BOARD}/players/p-1/rank")
    assert read.status == 200, read


def a_form_without_its_token_is_refused(deployed: Deployed) -> None:
    form = deployed.dublin.page(NEW_SCORE).fields("score-form")
    form |= {"name": "Mallory", "score": "1", "csrf_token": "forged"}
    answer = deployed.dublin.post(NEW_SCORE, form, Referer=deployed.dublin.address)
    assert answer.status == 400
    elsewhere = deployed.dublin.post(NEW_SCORE, form, Referer="https://elsewhere.example/")
    assert elsewhere.status == 400


def static_files_come_byte_for_byte(deployed: Deployed) -> None:
    for site in deployed.sites:
        for path in (deployed.account.checkout / "static").iterdir():
            # As every browser says: API Gateway leaves a picture in base64 for who accepts nothing.
            answer = site.get(f"/static/{path.name}", Accept="*/*")
            assert (answer.status, answer.body) == (200, path.read_bytes())


def a_page_has_the_headers_of_a_page(deployed: Deployed) -> None:
    answer = Site(deployed.account, OREGON).get(NEW_SCORE)
    assert "default-src 'none'" in answer.header("Content-Security-Policy")
    assert answer.header("Strict-Transport-Security")
    cookie = answer.header("Set-Cookie")
    assert all(flag in cookie for flag in ("HttpOnly", "SameSite=Lax"))


def a_region_is_alive_and_healthy(deployed: Deployed) -> None:
    for site in deployed.sites:
        for path in ("/livez", "/healthz"):
            answer = site.get(path)
            assert answer.status == 200, answer
            assert json.loads(answer.body)["region"] == site.stage.region


def an_unknown_address_is_a_page_of_ours(deployed: Deployed) -> None:
    answer = deployed.oregon.get("/no/such/page")
    assert answer.status == 404
    assert b"<title>" in answer.body


def a_person_adds_a_score_through_a_door_without_certificates(deployed: Deployed) -> None:
    """As a browser does it: cookies kept by its rules, the form sent as it came, and followed."""
    site = deployed.dublin
    door = Door(deployed.account.ministack, site.host.split(".")[0], DUBLIN.region, DUBLIN.name)
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor())
    try:
        with browser.open(f"{door.site}{NEW_SCORE}", timeout=60) as answer:
            fields = Page(answer.read().decode()).fields("score-form")
        filled = fields | {"name": "Browser Bo", "country": "SE", "score": "8"}
        sent = Request(  # noqa: S310 - loopback.
            f"{door.site}{NEW_SCORE}",
            urlencode(filled).encode(),
            {"Referer": f"{door.site}{NEW_SCORE}", "Origin": door.address},
        )
        with browser.open(sent, timeout=60) as answer:
            assert urlsplit(answer.url).path == f"{site.root}{BOARD}"
            assert "Browser Bo" in answer.read().decode()
    finally:
        door.close()


def the_package_holds_what_is_meant_to_be_in_it(deployed: Deployed) -> None:
    package = served_package(deployed)
    assert package.stat().st_size < MAX_BYTES
    with zipfile.ZipFile(package) as packed:
        names = packed.namelist()
        content = b"".join(packed.read(name) for name in names)
    assert {name.partition("/")[0] for name in names} == CONTENTS | {"__pycache__"}
    assert not [name for name in names if "/." in name or name.startswith(("tests", "."))]
    assert b"planted" not in content
    compiled = [name for name in names if name.endswith(".so")]
    python = deployed.account.packaging.packages.parent.name.replace("python3.", "cpython-3")
    assert all(name.endswith(f"{python}-{ARCHITECTURE}.so") for name in compiled)


def the_same_pages_come_under_the_runtime_client_of_aws(deployed: Deployed) -> None:
    """With header names as HTTP/1.1 clients write them, and as HTTP/2 does."""
    folder = deployed.account.checkout.parent / "task"
    with under_aws_runtime(deployed.account, served_package(deployed), folder) as api:
        board = api.invoke(event("GET", BOARD, {"X-Source-Ip": "6.6.6.6"}))
        assert (board["statusCode"], header(board, "X-Seen-Source")) == (200, SENDER)
        assert len(Page(board["body"]).rows()) == 25
        assert f'"{deployed.oregon.root}/static/leaderboard.css' in board["body"]
        for write in (str.title, str.lower):
            form = api.invoke(event("GET", NEW_SCORE, {write("x-source-ip"): "6.6.6.6"}))
            assert header(form, "X-Seen-Source") == SENDER
            filled = Page(form["body"]).fields("score-form") | {
                "name": "Ric",
                "country": "SE",
                "score": "7",
            }
            sent = {
                write("cookie"): header(form, "Set-Cookie").partition(";")[0],
                write("content-type"): "application/x-www-form-urlencoded",
                write("referer"): f"https://{event('GET', '/', {})['headers']['Host']}/oregon",
            }
            answer = api.invoke(event("POST", NEW_SCORE, sent, urlencode(filled)))
            assert answer["statusCode"] == 303, answer
            assert header(answer, "Location").startswith(f"{deployed.oregon.root}{BOARD}")


def the_schedule_runs_the_jobs(deployed: Deployed) -> None:
    """Nobody calls them here: the account's own clock does."""

    def is_fresh() -> bool:
        shown = json.loads(deployed.oregon.get("/status.json").body)["regions"]
        return [each["state"] for each in shown] == ["fresh", "fresh"]

    assert wait_until(is_fresh, FIRED_SECONDS)


def a_region_variable_is_refused_before_anything_is_uploaded(deployed: Deployed) -> None:
    before = versions(deployed)
    ran = deployed.account.zappa("update", "oregon", AWS_DEFAULT_REGION="us-east-1")
    assert ran.returncode == 1
    (line,) = (line for line in ran.stdout.splitlines() if line.startswith("Error: "))
    assert "AWS_DEFAULT_REGION is set to us-east-1" in line
    assert "unset AWS_DEFAULT_REGION" in line
    assert versions(deployed) == before
    assert packages(deployed.account) == BUCKETS


def an_update_is_seen_and_a_rollback_undoes_it(deployed: Deployed) -> None:
    static = deployed.account.checkout / "static" / "leaderboard.css"
    before = static.read_bytes()
    static.write_bytes(before + b"/* new */\n")
    well(deployed.account.zappa("update", "oregon"))
    assert deployed.oregon.get("/static/leaderboard.css").body == before + b"/* new */\n"
    assert deployed.dublin.get("/static/leaderboard.css").body == before
    well(deployed.account.zappa("rollback", "oregon", "-n", "1"))
    assert deployed.oregon.get("/static/leaderboard.css").body == before
    assert versions(deployed) == ["$LATEST", "1", "2", "3"]


def a_third_region_is_one_more_stage_and_apply(deployed: Deployed) -> None:
    account, sydney = deployed.account, Stage("sydney", "ap-southeast-2")
    bucket = f"arcade-packages-{sydney.region}"
    change_settings(
        account.checkout, "sydney", extends="common", aws_region=sydney.region, s3_bucket=bucket
    )
    well(account.bootstrap("apply"))
    well(account.zappa("deploy", "sydney"))
    assert Site(account, sydney).page(BOARD).rows() == deployed.oregon.page(BOARD).rows()
    assert held(account, sydney.region)["functions"] == ["arcade-sydney"]


def status_tells_of_versions_and_schedule(deployed: Deployed) -> None:
    told = json.loads(well(deployed.account.zappa("status", "oregon", "--json")).splitlines()[-1])
    assert told["Lambda Name"] == "arcade-oregon"
    assert told["Lambda Versions"] == 4
    assert "leaderboard_app.jobs.heartbeat" in str(told)


def tail_shows_what_was_asked_for(deployed: Deployed) -> None:
    told = well(deployed.account.zappa("tail", "dublin", "--disable-keep-open", "--since", "20m"))
    assert BOARD in told
    assert "csrf_token" not in told
    assert deployed.dublin.cookies
    assert not [value for value in deployed.dublin.cookies.values() if value in told]


def what_is_removed_leaves_what_is_documented(deployed: Deployed) -> None:
    account = deployed.account
    stages = Deployment.read(account.checkout / SETTINGS_FILE.name).stages
    with ThreadPoolExecutor(len(stages)) as pool:
        for ran in pool.map(
            lambda stage: account.zappa("undeploy", stage.name, "--yes", "--remove-logs"), stages
        ):
            well(ran)
    for stage in stages:
        assert set(held(account, stage.region)) == {"tables", "parameters"}
    well(account.bootstrap("destroy", "--unprotect", "--yes"))
    assert [held(account, stage.region) for stage in stages] == [{}, {}, {}]
    assert roles(account) == sorted([*ROLES, "arcade-sydney-ZappaLambdaExecutionRole"])
    assert packages(account) == BUCKETS | {"arcade-packages-ap-southeast-2": []}


STEPS: tuple[Callable[[Deployed], None], ...] = (
    each_part_is_in_its_own_region,
    a_function_is_as_the_settings_say,
    a_stage_is_regional_and_bounded,
    a_role_may_do_what_the_policy_says_and_no_more,
    the_board_shows_what_was_imported,
    the_same_board_comes_in_every_language,
    a_score_added_in_oregon_is_read_in_dublin,
    a_game_server_submits_with_its_key,
    a_form_without_its_token_is_refused,
    static_files_come_byte_for_byte,
    a_page_has_the_headers_of_a_page,
    a_region_is_alive_and_healthy,
    an_unknown_address_is_a_page_of_ours,
    a_person_adds_a_score_through_a_door_without_certificates,
    the_package_holds_what_is_meant_to_be_in_it,
    the_same_pages_come_under_the_runtime_client_of_aws,
    a_region_variable_is_refused_before_anything_is_uploaded,
    an_update_is_seen_and_a_rollback_undoes_it,
    status_tells_of_versions_and_schedule,
    tail_shows_what_was_asked_for,
    the_schedule_runs_the_jobs,
    a_third_region_is_one_more_stage_and_apply,
    what_is_removed_leaves_what_is_documented,
)


def versions(deployed: Deployed) -> list[str]:
    found = deployed.account.client("lambda", OREGON.region).list_versions_by_function(
        FunctionName="arcade-oregon"
    )["Versions"]
    return sorted(each["Version"] for each in found)


def served_package(deployed: Deployed) -> Path:
    """Return the package that Oregon's function runs."""
    described = deployed.account.client("lambda", OREGON.region).get_function(
        FunctionName="arcade-oregon"
    )
    package = deployed.account.checkout.parent / "served.zip"
    with urlopen(described["Code"]["Location"], timeout=60) as answer:  # noqa: S310 - loopback.
        package.write_bytes(answer.read())
    return package
