"""What the table should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaderboard_app.gateway import schema

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import (
        AttributeDefinitionTypeDef,
        CreateTableInputTypeDef,
        GlobalSecondaryIndexTypeDef,
        StreamSpecificationTypeDef,
    )

BILLING = "PAY_PER_REQUEST"
STREAM = "NEW_AND_OLD_IMAGES"
STREAMING: StreamSpecificationTypeDef = {
    "StreamEnabled": True,
    "StreamViewType": "NEW_AND_OLD_IMAGES",
}
PROJECTION = "INCLUDE"

Keys = tuple[str, ...]
"""The names of a partition key and a sort key."""

TABLE_KEYS: Keys = (schema.PARTITION_KEY, schema.SORT_KEY)
INDEX_KEYS: dict[str, Keys] = {
    schema.BOARD_INDEX: (schema.BOARD_KEY, schema.STANDING),
    schema.COUNTRY_INDEX: (schema.COUNTRY_KEY, schema.STANDING),
}
TYPES = {
    schema.PARTITION_KEY: "S",
    schema.SORT_KEY: "S",
    schema.BOARD_KEY: "S",
    schema.COUNTRY_KEY: "S",
    schema.STANDING: "N",
}


def table(name: str) -> CreateTableInputTypeDef:
    """Return the request that creates the table, protected from the start."""
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [
            {"AttributeName": TABLE_KEYS[0], "KeyType": "HASH"},
            {"AttributeName": TABLE_KEYS[1], "KeyType": "RANGE"},
        ],
        "AttributeDefinitions": attributes(*TYPES),
        "GlobalSecondaryIndexes": [index(name) for name in INDEX_KEYS],
        "StreamSpecification": STREAMING,
        "DeletionProtectionEnabled": True,
    }


def index(name: str) -> GlobalSecondaryIndexTypeDef:
    """Return the definition of an index."""
    partition, sort = INDEX_KEYS[name]
    return {
        "IndexName": name,
        "KeySchema": [
            {"AttributeName": partition, "KeyType": "HASH"},
            {"AttributeName": sort, "KeyType": "RANGE"},
        ],
        "Projection": {
            "ProjectionType": "INCLUDE",
            "NonKeyAttributes": list(schema.SHOWN_ATTRIBUTES),
        },
    }


def attributes(*names: str) -> list[AttributeDefinitionTypeDef]:
    """Return the definitions of key attributes."""
    return [
        {"AttributeName": name, "AttributeType": "N" if TYPES[name] == "N" else "S"}
        for name in names
    ]
