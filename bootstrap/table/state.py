"""What the table is, in one region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bootstrap.table.shape import Keys

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        GlobalSecondaryIndexDescriptionTypeDef,
        KeySchemaElementTypeDef,
        TableDescriptionTypeDef,
    )

ACTIVE = "ACTIVE"
CREATING = "CREATING"
IN_THE_MAKING = frozenset({CREATING, "UPDATING"})


@dataclass(frozen=True, slots=True)
class IndexState:
    """An index as it is: its status, its keys' names, what it projects."""

    keys: Keys
    projection: str
    attributes: frozenset[str] = frozenset()
    status: str = ACTIVE


@dataclass(frozen=True, slots=True)
class TableState:
    """The table as it is in one region.

    Attributes:
        keys: the names of its partition and sort key.
        types: `S`, `N` or `B` by the name of each key attribute.
        billing: `PAY_PER_REQUEST` or `PROVISIONED`.
        stream: what its stream shows; None where it has none.
        indexes: by name.
        replicas: the status of each other region's replica.
        ttl: the attribute by which items expire; None where they don't.
        protected: whether deletion protection is on.
        recoverable: whether point-in-time recovery is on.
        status: `ACTIVE`, or what DynamoDB is at.
    """

    keys: Keys
    types: Mapping[str, str]
    billing: str
    stream: str | None
    indexes: Mapping[str, IndexState]
    replicas: Mapping[str, str] = field(default_factory=dict)
    ttl: str | None = None
    protected: bool = False
    recoverable: bool = False
    status: str = ACTIVE

    @property
    def settled(self) -> bool:
        """Whether DynamoDB is done with the table, its indexes and replicas."""
        statuses = [self.status, *(index.status for index in self.indexes.values())]
        return IN_THE_MAKING.isdisjoint([*statuses, *self.replicas.values()])


def look(client: DynamoDBClient, name: str) -> TableState | None:
    """Return the table of a client's region; None where it is not there.

    Raises:
        botocore's errors, except for the one that says that there is no table.
    """
    try:
        table = client.describe_table(TableName=name)["Table"]
    except client.exceptions.ResourceNotFoundException:
        return None
    if table["TableStatus"] == CREATING:
        return _state(table, ttl=None, recoverable=False)
    ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    recovery = backups.get("PointInTimeRecoveryDescription", {})
    return _state(
        table,
        # Enabling takes AWS up to an hour; it needs no more of us then.
        ttl=ttl.get("AttributeName") if ttl["TimeToLiveStatus"].startswith("ENABL") else None,
        recoverable=recovery.get("PointInTimeRecoveryStatus") == "ENABLED",
    )


def _state(table: TableDescriptionTypeDef, *, ttl: str | None, recoverable: bool) -> TableState:
    stream = table.get("StreamSpecification", {})
    own_region = table["TableArn"].split(":")[3]
    return TableState(
        keys=_keys(table["KeySchema"]),
        types={d["AttributeName"]: d["AttributeType"] for d in table["AttributeDefinitions"]},
        billing=table.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED"),
        stream=stream.get("StreamViewType") if stream.get("StreamEnabled") else None,
        indexes={i["IndexName"]: _index(i) for i in table.get("GlobalSecondaryIndexes", [])},
        replicas={
            replica["RegionName"]: replica.get("ReplicaStatus", ACTIVE)
            for replica in table.get("Replicas", [])
            if replica["RegionName"] != own_region
        },
        ttl=ttl,
        protected=table.get("DeletionProtectionEnabled", False),
        recoverable=recoverable,
        status=table["TableStatus"],
    )


def _index(index: GlobalSecondaryIndexDescriptionTypeDef) -> IndexState:
    projection = index.get("Projection", {})
    return IndexState(
        keys=_keys(index["KeySchema"]),
        projection=projection.get("ProjectionType", "ALL"),
        attributes=frozenset(projection.get("NonKeyAttributes", [])),
        status=index.get("IndexStatus", ACTIVE),
    )


def _keys(elements: list[KeySchemaElementTypeDef]) -> Keys:
    """Return the keys' names, the partition key first."""
    in_order = sorted(elements, key=lambda element: element["KeyType"])
    return tuple(element["AttributeName"] for element in in_order)
