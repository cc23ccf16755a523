"""What an account holds, by kind: to see what a command made, and what it left."""

from __future__ import annotations

from bootstrap.deploying.offline.account import Account

Held = dict[str, list[str]]


def held(account: Account, region: str) -> Held:
    """Return the names of all that lies in a region, kinds of which there is nothing left out."""
    found = {
        "functions": [
            each["FunctionName"]
            for each in account.client("lambda", region).list_functions()["Functions"]
        ],
        "apis": [
            each["name"] for each in account.client("apigateway", region).get_rest_apis()["items"]
        ],
        "stacks": [
            each["StackName"]
            for each in account.client("cloudformation", region).list_stacks()["StackSummaries"]
            if each["StackStatus"] != "DELETE_COMPLETE"
        ],
        "logs": [
            each["logGroupName"]
            for each in account.client("logs", region).describe_log_groups()["logGroups"]
        ],
        "rules": [each["Name"] for each in account.client("events", region).list_rules()["Rules"]],
        "tables": account.client("dynamodb", region).list_tables()["TableNames"],
        "parameters": [
            each["Name"]
            for each in account.client("ssm", region).describe_parameters()["Parameters"]
        ],
    }
    return {kind: sorted(names) for kind, names in found.items() if names}


def packages(account: Account) -> dict[str, list[str]]:
    """Return what lies in each bucket."""
    s3 = account.client("s3", "us-east-1")
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    return {
        name: [each["Key"] for each in s3.list_objects_v2(Bucket=name).get("Contents", [])]
        for name in sorted(names)
    }


def roles(account: Account) -> list[str]:
    """Return the names of the roles."""
    iam = account.client("iam", "us-east-1")
    return sorted(role["RoleName"] for role in iam.list_roles()["Roles"])
