"""The error of a RecordingDelivery that is refused, and the ARN of a certificate, by Region."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Stack

from cdk_ivs import ValidationError
from cdk_ivs.patterns import RecordingDelivery

CERTIFICATE = "arn:aws:acm:{}:123456789012:certificate/12345678"


def refused(scope: Stack, **arguments: Any) -> ValidationError:
    """The error for arguments, of which nothing is left in the tree."""
    with pytest.raises(ValidationError) as error:
        RecordingDelivery(scope, "Delivery", **arguments)
    assert scope.node.try_find_child("Delivery") is None
    assert error.value.path == f"{scope.node.path}/Delivery"
    return error.value
