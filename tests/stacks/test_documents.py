"""The documents do what they say: commands are run, or held against what takes them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import click
import pytest
from botocore.model import OperationModel
from zappa.cli import ZappaCLI

from bootstrap import exits
from bootstrap.cli import cli
from bootstrap.sandbox.environment import local, within
from bootstrap.sandbox.place import FOLDER_VARIABLE
from bootstrap.stacks import alarms, worldwide
from leaderboard_app import metrics
from leaderboard_app.deployment import SETTINGS_FILE, Deployment
from tests.bootstrap.commands import Commands
from tests.bootstrap.sandboxes import RunningSandbox, started
from tests.stacks import documents, templates
from tests.stacks.documents import BOOTSTRAP, CHECKOUT

DOCUMENTS = ("game-day.md", "operations.md", "workshop.md")
PLAIN = frozenset({"curl", "dig", "kill", "rm", "touch"})
"""Commands of everybody's, which are not looked into."""


class TestWorkshop:
    @pytest.fixture
    def sandbox(self, tmp_path: Path) -> Iterator[RunningSandbox]:
        with started(tmp_path) as running:
            yield running

    @pytest.mark.slow
    @pytest.mark.ministack
    def test_its_commands_do_what_they_say_from_top_to_bottom(
        self,
        commands: Commands,
        deployed: Deployment,
        sandbox: RunningSandbox,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(CHECKOUT)
        here = {**os.environ, FOLDER_VARIABLE: str(sandbox.place.folder)}
        places = {
            "account": (dict(os.environ), lambda: deployed),
            "sandbox": (local(here, sandbox.running.endpoint), Deployment.read),
        }
        ran = 0
        for block in documents.blocks("workshop.md"):
            for words in block.commands() if block.tried else []:
                environment, read = places[block.tried]
                assert words[:3] == BOOTSTRAP
                with within(environment):
                    result = commands.run(*words[3:], read=read)
                assert result.exit_code == exits.DONE, f"{words}: {result.output}"
                ran += 1
        assert ran > 10

    def test_every_task_and_both_appendices_are_there(self) -> None:
        headings = re.findall(
            r"^## (Task \d|Appendix [AB])", documents.read("workshop.md"), re.MULTILINE
        )

        assert headings == [*(f"Task {n}" for n in range(1, 10)), "Appendix A", "Appendix B"]

    def test_every_failure_is_noticed_by_an_alarm_or_shown_by_a_test_and_has_a_runbook(
        self,
    ) -> None:
        names = {alarm.name for alarm in alarms.of_region(["eu-west-1"])}
        names |= {alarms.of_health(stage).name for stage in ("oregon", "dublin")}
        found = documents.rows("workshop.md", "what fails")

        assert len(found) > 12
        for cells in found:
            assert len(cells) == 6
            assert all(cells), cells
            noticed = re.findall(r"`([^`]+)`", cells[1])
            assert noticed, cells
            for each in noticed:
                assert each in names or (CHECKOUT / each).is_file(), each
            assert "](operations.md#" in cells[5]

    def test_it_counts_its_alarms(self) -> None:
        count = len(alarms.of_region(["eu-west-1"]))

        assert f"Alarms: {count} a region and one a region in us-east-1" in documents.read(
            "workshop.md"
        )
        operations = documents.read("operations.md")
        assert f"{count} alarms and a dashboard a region" in operations
        assert f"Two regions have {2 * count + 2} alarms" in operations


@pytest.mark.parametrize("name", DOCUMENTS)
class TestEveryDocument:
    def test_its_commands_are_ones_that_there_are(self, name: str) -> None:
        found = list(documents.commands(name))

        assert found
        for words in found:
            check(words)

    def test_its_links_lead_somewhere(self, name: str) -> None:
        for path, anchor in documents.links(name):
            assert path.exists(), path
            if anchor:
                assert anchor in documents.anchors(path.name), anchor

    def test_parameters_that_it_sets_are_those_of_the_stacks(self, name: str) -> None:
        known = {*templates.IN_OREGON["Parameters"], *templates.AT_LARGE["Parameters"]}
        named = re.findall(r"--set (\w+)=", documents.read(name))

        assert set(named) <= known


def test_queries_ask_for_what_the_log_lines_hold() -> None:
    logged = {"time", "level", "logger", "message", "region", "error"}
    logged |= {"request_id", "method", "path", "status", "ms"}
    measured = {metrics.ACCEPTED, metrics.REFUSED, metrics.RANK_AGE, "board", "reason"}
    by_lambda = {"@timestamp", "@type", "@initDuration"}
    found = [each for each in documents.blocks("operations.md") if each.kind == "insights"]

    assert len(found) > 5
    for block in found:
        fields = re.search(r"^fields (.+)$", block.text, re.MULTILINE)
        asked = set(fields[1].split(", ")) if fields else set()
        asked |= set(re.findall(r"(?:filter|and) (\w+)", block.text)) - {"ispresent"}
        asked |= set(re.findall(r"(?:ispresent|avg|sum|max|pct)\(([\w@]+)", block.text))
        assert asked <= logged | measured | by_lambda, asked


def check(words: list[str]) -> None:
    """Fail where a command is none, or takes no such argument."""
    while "=" in words[0]:
        words = words[1:]
    first = words[0].removeprefix(".venv/bin/")
    if [first, *words[1:3]] == BOOTSTRAP:
        check_bootstrap(words[3:])
    elif first == "zappa":
        check_zappa(words[1:])
    elif first == "make":
        assert f"\n{words[1]}:" in (CHECKOUT / "Makefile").read_text(), words
    elif first == "aws":
        check_aws(words[1:])
    else:
        assert first in PLAIN, words


def check_bootstrap(words: list[str]) -> None:
    """Parse a command as click does, without running it; capitals stand for any argument."""
    words = [each for each in words if each != "--sandbox"]
    command: click.Command = cli
    while isinstance(command, click.Group) and words and words[0] != "COMMAND":
        found = command.get_command(click.Context(command), words[0].rstrip(",;"))
        assert found, words
        command, words = found, words[1:]
    if words and not isinstance(command, click.Group):
        command.make_context("checked", list(words))


def check_zappa(words: list[str]) -> None:
    """Hold a command of Zappa's against what it can do, and its stage against the settings."""
    stages = {*json.loads(SETTINGS_FILE.read_text()), "sydney", "STAGE"}

    assert hasattr(ZappaCLI, words[0]), words
    assert len(words) == 1 or words[1] in stages, words


def check_aws(words: list[str]) -> None:
    """Hold a command of AWS's command line against AWS's own description of the service."""
    service, operation = words[0], words[1].replace("-", "")
    model = botocore.session.get_session().get_service_model(service)
    names = {each.lower(): each for each in model.operation_names}
    found: OperationModel = model.operation_model(names[operation])
    assert found.input_shape
    known = {name.lower() for name in found.input_shape.members} | {"region"}
    for option in (each for each in words[2:] if each.startswith("--")):
        asked = option.removeprefix("--").removeprefix("no-").replace("-", "")
        assert asked in known, (words, option)


def test_the_stack_of_health_checks_is_where_the_documents_say() -> None:
    assert f"one in {worldwide.REGION}" in documents.read("operations.md")
