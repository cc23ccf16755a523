"""The pre-flight: what makes a deployment go wrong, looked for before anything is uploaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from bootstrap import aws
from bootstrap.deploying.stages import TAG, TAGGED, DeployedStage
from bootstrap.exits import Problem
from bootstrap.secret.parameters import Vault
from bootstrap.steering.doctor import Machine, of_region_variables, of_runtime
from bootstrap.steering.findings import APPLY, Finding
from bootstrap.steering.survey import foreign, is_foreign
from bootstrap.table.state import look
from leaderboard_app.gateway.errors import code_of

_ABSENT = frozenset({"404", "NoSuchBucket", "ResourceNotFoundException"})

Client = Callable[[str, str], Any]
"""Returns a client of a service in a region. Its stubs are not among the requirements."""


def make_client(service: str, region: str) -> Any:  # noqa: ANN401 - see Client.
    """Return a client with an operator's patience, where the environment says AWS is."""
    session: Any = boto3.session.Session()
    return session.client(service, region_name=region, config=aws.PATIENCE)


@dataclass(frozen=True, slots=True)
class Preflight:
    """Looks for what is wrong with deploying a stage from a machine."""

    target: DeployedStage
    machine: Machine
    client: Client = make_client

    def check(self) -> None:
        """Do nothing where all is well.

        Raises:
            Problem: it is not; one line, with the cure of what is found first.
        """
        for finding in self.findings():
            raise Problem(f"{finding.what}. {finding.cure}")

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, as it is found; nothing where all is well.

        Raises:
            Problem: AWS can't be asked.
        """
        yield from of_region_variables(self.machine)
        yield from of_runtime(self.machine, self.target.runtime)
        yield from self._of_settings()
        with aws.connecting():
            yield from self._of_table()
            yield from self._of_secret()
            yield from self._of_bucket()
            yield from self._of_function()

    def _of_settings(self) -> Iterator[Finding]:
        name, prefix = self.target.stage.name, self.target.deployment.prefix
        if not self.target.settings.get("attach_policy"):
            yield Finding(
                f"Stage {name} has no attach_policy, and Zappa's own grants all of S3 and DynamoDB",
                'Set it to "bootstrap/deploying/policy.json" in zappa_settings.json.',
            )
        if not self.target.bucket:
            yield Finding(
                f"Stage {name} has no s3_bucket, and Zappa would make one up at every deployment",
                "Name one for this region alone in zappa_settings.json.",
            )
        if self.target.secret_parameter != f"/{prefix}":
            yield Finding(
                f"Stage {name} reads its secret key below {self.target.secret_parameter!r}, and "
                f"python -m bootstrap keeps it below '/{prefix}'",
                "Correct LEADERBOARD_SECRET_PARAMETER among its aws_environment_variables.",
            )

    def _of_table(self) -> Iterator[Finding]:
        deployment, region = self.target.deployment, self.target.region
        with aws.explaining(f"Could not look at table {deployment.table} in {region}"):
            table = look(self.client("dynamodb", region), deployment.table)
        if table is None:
            yield Finding(f"{region}: the table {deployment.table} is missing", APPLY)
        elif is_foreign(table):
            what, _, cure = foreign(deployment, region).partition(". ")
            yield Finding(what, cure)

    def _of_secret(self) -> Iterator[Finding]:
        if not Vault.of(self.target.deployment).look_in(self.target.region).key:
            yield Finding(
                f"{self.target.region}: the secret key is missing, and the app would not start",
                "Run python -m bootstrap secret apply.",
            )

    def _of_bucket(self) -> Iterator[Finding]:
        bucket, region = self.target.bucket, self.target.region
        where = _bucket_region(self.client("s3", region), bucket, region) if bucket else region
        if where != region:
            yield Finding(
                f"The bucket {bucket} is in {where}, and stage {self.target.stage.name} in "
                f"{region}, where Lambda can't read it",
                "Name another as s3_bucket in zappa_settings.json; Zappa makes it.",
            )

    def _of_function(self) -> Iterator[Finding]:
        name = self.target.function
        for region in self.target.deployment.regions:
            tags = _tags(self.client("lambda", region), name, region)
            if tags is None:
                continue
            if tags.get(TAG) != TAGGED:
                yield Finding(
                    f"A function {name} in {region} belongs to something else: it has no tag "
                    f"{TAG}={TAGGED}",
                    "Choose another project_name in zappa_settings.json, or the right account.",
                )
            elif region != self.target.region:
                yield Finding(
                    f"The function {name} of stage {self.target.stage.name} is in {region}, too: "
                    "left by a deployment that was split",
                    f"Delete it: aws lambda delete-function --region {region} --function-name "
                    f"{name}.",
                )


def _bucket_region(s3: Any, bucket: str, region: str) -> str:  # noqa: ANN401 - see Client.
    """Return where a bucket is; the region itself where there is none yet.

    Raises:
        Problem: it is somebody else's, or S3 can't be asked.
    """
    with aws.explaining(f"Could not look at bucket {bucket}"):
        try:
            answer = s3.head_bucket(Bucket=bucket)
        except ClientError as cause:
            if code_of(cause) in _ABSENT:
                return region
            if code_of(cause) == "403":
                raise Problem(
                    f"The bucket {bucket} is not open to you, and may be somebody else's. Name "
                    "another as s3_bucket in zappa_settings.json."
                ) from cause
            raise
    return str(answer.get("BucketRegion") or region)


def _tags(functions: Any, name: str, region: str) -> dict[str, str] | None:  # noqa: ANN401 - ditto.
    """Return the tags of a function; None where there is none."""
    with aws.explaining(f"Could not look at function {name} in {region}"):
        try:
            tags: dict[str, str] = functions.get_function(FunctionName=name).get("Tags", {})
        except ClientError as cause:
            if code_of(cause) in _ABSENT:
                return None
            raise
    return tags
