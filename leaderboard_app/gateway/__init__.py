"""The DynamoDB gateway: the only package of the app that knows boto3."""
