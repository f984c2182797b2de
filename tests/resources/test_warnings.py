"""Warnings about Regions and quotas, of every resource."""

from __future__ import annotations

import pytest
from aws_cdk import App, Environment, Stack

from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT

from .records import RECORDS, Record, each, every_resource

RAISE = "request a higher quota in Service Quotas, or share one"
SHARE = "the quota cannot be raised, so share one, or use another account or Region"


@every_resource
def test_of_a_region_without_the_service(app: App, record: Record) -> None:
    """
    Every resource says that the service is not there, and where it is.
    """
    stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region="eu-north-1"))
    record.make(stack)
    assert warnings_of(stack)[0] == (
        "/Stack/It",
        (
            "Amazon IVS is not available in eu-north-1, as far as this version of cdk-ivs "
            "knows; deploy to one of ap-northeast-1, ap-northeast-2, ap-south-1, eu-central-1, "
            "eu-west-1, us-east-1, us-west-2 [ack: cdk-ivs:Region]"
        ),
    )


@every_resource
def test_of_nothing(located_stack: Stack, record: Record) -> None:
    """
    There is nothing to say to one with all arguments in a Region that has the service.
    """
    given = record.given(located_stack, everything=True)
    record.construct(located_stack, "It", tags={"team": "live"}, **given)
    assert warnings_of(located_stack) == []


@each([record for record in RECORDS if record.quota is not None])
def test_of_more_than_the_quota(located_stack: Stack, record: Record) -> None:
    """
    The first that is too many warns with the number, the place and the quota; neither references
    nor what was refused count.
    """
    assert record.quota is not None
    plural, most, adjustable = record.quota
    for number in range(most + 1):
        record.refer(located_stack, f"Reference{number}")
        with pytest.raises(ValidationError):
            record.make(located_stack, f"Refused{number}", tags={"aws:a": "b"})
    for number in range(most):
        record.make(located_stack, f"Number{number}")
    assert warnings_of(located_stack) == []
    record.make(located_stack, f"Number{most}")
    quota = f"default quota of {most}; {RAISE}" if adjustable else f"quota of {most}; {SHARE}"
    assert warnings_of(located_stack) == [
        (
            f"/Stack/Number{most}",
            (
                f"the app has {most + 1} {plural} in account 123456789012 and Region "
                f"us-west-2, more than the {quota} "
                f"[ack: cdk-ivs:Quota{plural.title().replace(' ', '')}]"
            ),
        )
    ]


@each([record for record in RECORDS if record.quota is None])
def test_of_no_quota(located_stack: Stack, record: Record) -> None:
    """
    What there may be thousands of is not counted: so many are in no app.
    """
    for number in range(101):
        record.make(located_stack, f"Number{number}")
    assert warnings_of(located_stack) == []
