"""`secret`, for real, against MiniStack; and the app's way to read it."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from bootstrap import exits
from bootstrap.exits import Problem
from bootstrap.sandbox.environment import within
from bootstrap.secret import plan
from bootstrap.secret.parameters import Secret, Vault, digest
from bootstrap.secret.run import Keeper
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import secrets
from leaderboard_app.gateway.secrets import SecretUnavailable, with_secret
from tests.bootstrap.commands import Commands, problem
from tests.bootstrap.interruptions import CtrlC

OREGON, DUBLIN = "us-west-2", "eu-west-1"
CHANGES = ("ssm.PutParameter", "ssm.DeleteParameter")


def silent(_line: str) -> None:
    pass


def keeper(deployment: Deployment, key: str = "") -> Keeper:
    made = Keeper(Vault.of(deployment), silent)
    return replace(made, make_key=lambda: key) if key else made


class TestPlan:
    def test_a_region_without_a_key_is_given_that_of_another(self) -> None:
        steps = plan.completing({OREGON: Secret(), DUBLIN: Secret("old")}, "new")

        assert [(step.region, step.parameter, step.value) for step in steps] == [
            (OREGON, secrets.KEY, "old")
        ]

    def test_nothing_is_to_do_where_both_have_the_same(self) -> None:
        same = Secret("key", ("old",))

        assert plan.completing({OREGON: same, DUBLIN: same}, "new") == ()

    def test_a_rotation_that_was_cut_off_is_named_as_such(self) -> None:
        found = {OREGON: Secret("new", ("old",), "new"), DUBLIN: Secret("old", (), "new")}

        with pytest.raises(
            Problem, match=r"cut off\. Complete it: python -m bootstrap secret rotate"
        ):
            plan.completing(found, "newer")

    def test_regions_that_differ_are_both_followed_by_one_key(self) -> None:
        steps = plan.rotating({OREGON: Secret("a"), DUBLIN: Secret("b")}, "new")

        fallbacks = {step.value for step in steps if step.parameter == secrets.FALLBACKS}
        assert fallbacks == {"a b"}

    def test_only_the_latest_fallbacks_are_kept(self) -> None:
        held = Secret("d", ("c", "b", "a"))

        steps = plan.rotating({OREGON: held}, "e")

        assert [s.value for s in steps if s.parameter == secrets.FALLBACKS] == ["d c b"]

    def test_a_region_knows_the_old_key_as_a_fallback_before_it_signs_with_the_new_one(
        self,
    ) -> None:
        steps = plan.rotating({OREGON: Secret("a"), DUBLIN: Secret("a")}, "b")

        for region in (OREGON, DUBLIN):
            changed = [step.parameter for step in steps if step.region == region]
            assert changed == [secrets.COMING, secrets.FALLBACKS, secrets.KEY, secrets.COMING]

    def test_a_step_does_not_show_its_value(self) -> None:
        step = plan.completing({OREGON: Secret()}, "sesame")[0]

        assert "sesame" not in f"{step} {step!r} {Secret('sesame', ('sesame',), 'sesame')!r}"


@pytest.mark.ministack
@pytest.mark.usefixtures("on_ministack")
class TestOnMiniStack:
    def test_apply_gives_both_regions_the_same_key(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        result = commands.run("secret", "apply")

        assert result.exit_code == exits.DONE
        found = Vault.of(deployment).look()
        assert found[OREGON] == found[DUBLIN]
        assert len(found[OREGON].key or "") >= 43

    def test_the_key_is_stored_encrypted(self, commands: Commands, deployment: Deployment) -> None:
        commands.run("secret", "apply")

        client = Vault.of(deployment).clients[DUBLIN]
        stored = client.get_parameter(Name=f"/{deployment.prefix}/secret-key")["Parameter"]
        assert stored["Type"] == "SecureString"

    def test_a_second_run_changes_nothing(self, commands: Commands, deployment: Deployment) -> None:
        commands.run("secret", "apply")
        before = Vault.of(deployment).look()

        result = commands.run("secret", "apply")

        assert result.output == f"The secret key is in place in {OREGON}, {DUBLIN}.\n"
        assert Vault.of(deployment).look() == before

    def test_the_table_s_apply_makes_the_key_too(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        commands.run("apply", "--no-secret")
        without = Vault.of(deployment).look()
        commands.run("apply")

        assert without[OREGON].key is None
        assert Vault.of(deployment).look()[DUBLIN].key

    def test_regions_that_differ_are_refused_and_left_alone(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        vault = Vault.of(deployment)
        vault.make(OREGON, secrets.KEY, "one")
        vault.make(DUBLIN, secrets.KEY, "another")

        result = commands.run("secret", "apply")

        assert result.exit_code == exits.REFUSED
        said = problem(result)
        assert digest("one") in said
        assert "python -m bootstrap secret rotate" in said
        assert vault.look()[DUBLIN].key == "another"

    def test_rotating_keeps_the_old_key_as_a_fallback_in_both_regions(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        commands.run("secret", "apply")
        before = Vault.of(deployment).look()[OREGON].key

        result = commands.run("secret", "rotate")

        assert result.exit_code == exits.DONE
        found = Vault.of(deployment).look()
        assert found[OREGON] == found[DUBLIN]
        assert found[OREGON].fallbacks == (before,)
        assert found[OREGON].key != before
        assert found[OREGON].coming is None

    def test_a_prepared_key_is_the_one_that_is_rotated_to(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        commands.run("secret", "apply")
        commands.run("secret", "rotate", "--prepare")
        coming = Vault.of(deployment).look()[DUBLIN].coming

        commands.run("secret", "rotate")

        assert coming
        assert Vault.of(deployment).look()[OREGON].key == coming

    def test_rotating_what_is_not_there_is_refused(self, commands: Commands) -> None:
        result = commands.run("secret", "rotate")

        assert result.exit_code == exits.REFUSED
        assert "python -m bootstrap secret apply" in problem(result)

    @pytest.mark.parametrize("when", ["before-call", "after-call"])
    @pytest.mark.parametrize("at", range(1, 9))
    def test_a_rotation_that_is_interrupted_anywhere_is_completed_by_the_next(
        self, deployment: Deployment, at: int, when: str
    ) -> None:
        keeper(deployment, "first").run()
        cut = keeper(deployment, "second")
        CtrlC(cut.vault.clients.values(), CHANGES, at, when)
        with pytest.raises(KeyboardInterrupt):
            cut.run(plan.rotating)

        # What is left may be only the last note of it, and then the rotation is over.
        keeper(deployment, "third").run(plan.rotating)

        found = Vault.of(deployment).look()
        assert found[OREGON] == found[DUBLIN]
        key, fallbacks = found[OREGON].key, found[OREGON].fallbacks
        never_written = at == 1 and when == "before-call"
        all_written = at == 8 and when == "after-call"
        expected: tuple[str, tuple[str, ...]] = ("second", ("first",))
        if never_written:
            expected = ("third", ("first",))
        if all_written:
            expected = ("third", ("second", "first"))
        assert (key, fallbacks) == expected

    @pytest.mark.parametrize("at", [1, 2])
    def test_an_apply_that_is_interrupted_is_completed_by_the_next(
        self, deployment: Deployment, at: int
    ) -> None:
        cut = keeper(deployment, "first")
        CtrlC(cut.vault.clients.values(), CHANGES, at, "after-call")
        with pytest.raises(KeyboardInterrupt):
            cut.run()

        keeper(deployment, "second").run()

        found = Vault.of(deployment).look()
        assert {secret.key for secret in found.values()} == {"first"}

    def test_show_tells_digests_and_no_values(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        outputs = [
            commands.run("secret", *arguments).output
            for arguments in (["apply"], ["rotate"], ["rotate", "--prepare"], ["show"])
        ]

        found = Vault.of(deployment).look()[OREGON]
        values = [found.key, found.coming, *found.fallbacks]
        assert len(values) == 3
        for value in values:
            assert value
            assert value not in "".join(outputs)
            assert digest(value) in outputs[-1]

    def test_show_says_that_a_key_is_missing(self, commands: Commands) -> None:
        result = commands.run("secret", "show")

        assert result.exit_code == exits.UNWELL
        assert f"{OREGON}: no key" in result.output

    def test_the_app_reads_key_and_fallbacks(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        for arguments in (["apply"], ["rotate"], ["rotate", "--prepare"]):
            commands.run("secret", *arguments)
        found = Vault.of(deployment).look()[DUBLIN]

        environ = with_secret(
            {"AWS_REGION": DUBLIN, "LEADERBOARD_SECRET_PARAMETER": f"/{deployment.prefix}"}
        )

        assert environ["SECRET_KEY"] == found.key
        assert environ["SECRET_KEY_FALLBACKS"].split() == [found.coming, *found.fallbacks]

    def test_the_app_does_not_start_without_the_parameter(self, deployment: Deployment) -> None:
        asked = {"AWS_REGION": DUBLIN, "LEADERBOARD_SECRET_PARAMETER": f"/{deployment.prefix}/"}

        with pytest.raises(SecretUnavailable, match="run python -m bootstrap secret apply"):
            with_secret(asked)


def test_a_key_of_the_environment_is_taken_before_any_parameter() -> None:
    environ = {"SECRET_KEY": "given", "LEADERBOARD_SECRET_PARAMETER": "/arcade"}

    assert with_secret(environ) is environ


def test_an_environment_that_names_no_parameter_is_left_as_it_is() -> None:
    assert with_secret({"AWS_REGION": DUBLIN}) == {"AWS_REGION": DUBLIN}


@pytest.mark.slow
def test_a_parameter_store_that_is_away_is_a_loud_error() -> None:
    asked = {"AWS_REGION": DUBLIN, "LEADERBOARD_SECRET_PARAMETER": "/arcade"}

    with (
        within({**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}),
        pytest.raises(SecretUnavailable, match="Could not read /arcade/secret-key in eu-west-1"),
    ):
        with_secret(asked)
