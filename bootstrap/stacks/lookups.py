"""What the stacks have to be told and AWS knows: the APIs that Zappa made, a zone that exists."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import boto3

from bootstrap import aws
from bootstrap.exits import Problem
from bootstrap.stacks import worldwide
from bootstrap.stacks.places import zappa_name
from leaderboard_app.deployment import Deployment, Stage


@dataclass(frozen=True, slots=True)
class Clients:
    """Makes clients of AWS's services, each once, where the environment says they are."""

    # The stubs of these services are not among the requirements.
    session: Any
    _made: dict[tuple[str, str], Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of_environment(cls) -> Clients:
        """Return them. Raises Problem where the environment can't be used."""
        with aws.connecting():
            return cls(boto3.session.Session())

    def get(self, service: str, region: str) -> Any:  # noqa: ANN401 - as above.
        """Return a client. Raises Problem where the environment can't be used."""
        if (service, region) not in self._made:
            with aws.connecting():
                made = self.session.client(service, region_name=region, config=aws.PATIENCE)
            self._made[service, region] = made
        return self._made[service, region]


def api_id(clients: Clients, deployment: Deployment, stage: Stage) -> str:
    """Return the id of a stage's API.

    Raises:
        Problem: there is none, or more than one.
    """
    name = zappa_name(deployment, stage)
    with aws.explaining(f"Could not look for the API {name} in {stage.region}"):
        pages = clients.get("apigateway", stage.region).get_paginator("get_rest_apis").paginate()
        found = [api["id"] for page in pages for api in page["items"] if api["name"] == name]
    if not found:
        raise Problem(
            f"There is no API {name} in {stage.region}. Deploy that stage first: "
            f"zappa deploy {stage.name}"
        )
    if len(found) > 1:
        raise Problem(
            f"There are {len(found)} APIs {name} in {stage.region} ({', '.join(found)}): delete "
            "those that Zappa does not know (zappa status names its own)."
        )
    return str(found[0])


def zone_name(clients: Clients, zone_id: str, domain: str) -> str:
    """Return the name of an existing hosted zone that can hold a domain.

    Raises:
        Problem: there is no such zone, or the domain is not in it.
    """
    with aws.explaining(f"Could not look at the hosted zone {zone_id}"):
        client = clients.get("route53", worldwide.REGION)
        try:
            zone = client.get_hosted_zone(Id=zone_id)["HostedZone"]
        except client.exceptions.NoSuchHostedZone as cause:
            raise Problem(f"--zone {zone_id}: there is no such hosted zone.") from cause
    name = str(zone["Name"]).rstrip(".")
    if domain != name and not domain.endswith(f".{name}"):
        raise Problem(f"--zone {zone_id} is {name}, which {domain} is not in.")
    return name


def forget_validation(clients: Clients, zone_id: str) -> None:
    """Delete the records by which certificates were validated: CloudFormation leaves them behind.

    With them in it, the zone could not be deleted. Only for a zone that the stacks made.

    Raises:
        Problem: Route 53 refuses it or can't be asked.
    """
    client = clients.get("route53", worldwide.REGION)
    with aws.explaining(f"Could not empty the hosted zone {zone_id}"):
        pages = client.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone_id)
        records = [each for page in pages for each in page["ResourceRecordSets"]]
        for record in filter(_validates, records):
            change = {"Action": "DELETE", "ResourceRecordSet": record}
            client.change_resource_record_sets(
                HostedZoneId=zone_id, ChangeBatch={"Changes": [change]}
            )


def _validates(record: Any) -> bool:  # noqa: ANN401 - as above.
    values = [each["Value"] for each in record.get("ResourceRecords", [])]
    return record["Type"] == "CNAME" and all(
        value.rstrip(".").endswith(".acm-validations.aws") for value in values
    )
