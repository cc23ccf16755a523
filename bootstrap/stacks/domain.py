"""One region's share in the one name over all of them: certificate, custom domain, record."""

from __future__ import annotations

from bootstrap.stacks.words import (
    API_ID,
    DOMAIN,
    HAS_DOMAIN,
    HEALTH_CHECK_ID,
    STAGE,
    ZONE_ID,
    Json,
    attribute,
    ref,
)


def resources() -> Json:
    """Return what a region needs to answer under the name; nothing of it without a name.

    The records of all regions have the same name and are told apart by their region: a resolver
    gets the nearest one whose health check is well.
    """
    return {
        "Certificate": _conditional(
            "AWS::CertificateManager::Certificate",
            DomainName=ref(DOMAIN),
            ValidationMethod="DNS",
            DomainValidationOptions=[{"DomainName": ref(DOMAIN), "HostedZoneId": ref(ZONE_ID)}],
        ),
        "RegionalDomain": _conditional(
            "AWS::ApiGateway::DomainName",
            DomainName=ref(DOMAIN),
            RegionalCertificateArn=ref("Certificate"),
            EndpointConfiguration={"Types": ["REGIONAL"]},
            SecurityPolicy="TLS_1_2",
        ),
        "Mapping": _conditional(
            "AWS::ApiGateway::BasePathMapping",
            DomainName=ref("RegionalDomain"),
            RestApiId=ref(API_ID),
            Stage=ref(STAGE),
        ),
        "LatencyRecord": _conditional(
            "AWS::Route53::RecordSet",
            HostedZoneId=ref(ZONE_ID),
            Name=ref(DOMAIN),
            Type="A",
            SetIdentifier=ref(STAGE),
            Region=ref("AWS::Region"),
            HealthCheckId=ref(HEALTH_CHECK_ID),
            AliasTarget={
                "DNSName": attribute("RegionalDomain", "RegionalDomainName"),
                "HostedZoneId": attribute("RegionalDomain", "RegionalHostedZoneId"),
                "EvaluateTargetHealth": False,
            },
        ),
    }


def _conditional(kind: str, **properties: object) -> Json:
    return {"Type": kind, "Condition": HAS_DOMAIN, "Properties": properties}
