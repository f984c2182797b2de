"""The lifecycle rules that a RecordingDelivery refuses and takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Duration, Stack, Token
from aws_cdk import aws_s3 as s3

from cdk_ivs.patterns import RecordingDelivery
from tests.patterns.deliveries import refused
from tests.patterns.templates import only


def some_number() -> int:
    """A number that is known at deployment."""
    return int(Token.as_number({"Ref": "Days"}))


def transition(name: str, after: Duration | None) -> s3.Transition:
    """A transition to a class."""
    return s3.Transition(storage_class=getattr(s3.StorageClass, name), transition_after=after)


class TestLifecycle:
    @pytest.mark.parametrize(
        ("arguments", "text"),
        [
            (
                lambda: {"expiration": Duration.days(2)},
                (
                    "'expiration' must be at least 3 days, got 2 days: a recording can last 48 "
                    "hours, and S3 counts from the time when each file was written"
                ),
            ),
            (
                lambda: {"expiration": Duration.hours(100)},
                (
                    "'expiration' must be a whole number of days, got 360000 seconds; use "
                    "Duration.days()"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.hours(1000))]},
                (
                    "'transitions' must be a whole number of days, got 3600000 seconds; use "
                    "Duration.days()"
                ),
            ),
            (
                lambda: {"transitions": [transition("GLACIER", Duration.days(90))]},
                (
                    "'transitions' must be to a class that S3 reads immediately, got 'GLACIER' "
                    "(allowed: GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA); "
                    "recordings in other classes cannot be watched"
                ),
            ),
            (
                lambda: {"transitions": [transition("DEEP_ARCHIVE", Duration.days(90))]},
                (
                    "'transitions' must be to a class that S3 reads immediately, got "
                    "'DEEP_ARCHIVE' "
                    "(allowed: GLACIER_IR, INTELLIGENT_TIERING, ONEZONE_IA, STANDARD_IA); "
                    "recordings in other classes cannot be watched"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.days(29))]},
                (
                    "'transitions' must be after at least 30 days to STANDARD_IA, got 29 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {"transitions": [transition("INFREQUENT_ACCESS", Duration.days(0))]},
                (
                    "'transitions' must be after at least 30 days to STANDARD_IA, got 0 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {
                    "transitions": [
                        transition("INTELLIGENT_TIERING", Duration.days(some_number())),
                        transition("ONE_ZONE_INFREQUENT_ACCESS", Duration.days(29)),
                    ]
                },
                (
                    "'transitions' must be after at least 30 days to ONEZONE_IA, got 29 days; S3 "
                    "rejects fewer (GLACIER_IR and INTELLIGENT_TIERING can be earlier)"
                ),
            ),
            (
                lambda: {
                    "expiration": Duration.days(30),
                    "transitions": [transition("GLACIER_INSTANT_RETRIEVAL", Duration.days(30))],
                },
                "'transitions' must be before 'expiration', got 30 days and 30 days",
            ),
            (
                lambda: {"transitions": [transition("INTELLIGENT_TIERING", None)]},
                (
                    "each of 'transitions' must have either 'transition_after' or "
                    "'transition_date', "
                    "got one to INTELLIGENT_TIERING with neither or both"
                ),
            ),
        ],
        ids=[
            "short",
            "part",
            "hours",
            "glacier",
            "deep",
            "infrequent",
            "now",
            "second",
            "late",
            "never",
        ],
    )
    def test_breaks_no_recording(
        self, located_stack: Stack, arguments: Callable[[], dict[str, Any]], text: str
    ) -> None:
        """
        Rules that take files away from a recording that goes on, or from viewers, are refused, and
        those that S3 refuses.
        """
        error = refused(located_stack, **arguments())
        assert error.code == "RecordingLifecycle"
        assert error.message == text

    @pytest.mark.parametrize(
        ("arguments", "rule"),
        [
            (lambda: {"expiration": Duration.days(3)}, {"ExpirationInDays": 3}),
            (
                lambda: {"transitions": [transition("INTELLIGENT_TIERING", Duration.days(0))]},
                {"Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 0}]},
            ),
            (
                lambda: {
                    "expiration": Duration.days(31),
                    "transitions": [transition("ONE_ZONE_INFREQUENT_ACCESS", Duration.days(30))],
                },
                {
                    "ExpirationInDays": 31,
                    "Transitions": [{"StorageClass": "ONEZONE_IA", "TransitionInDays": 30}],
                },
            ),
            (
                lambda: {"expiration": Duration.days(Token.as_number({"Ref": "Days"}))},
                {"ExpirationInDays": {"Ref": "Days"}},
            ),
            (
                lambda: {
                    "transitions": [
                        s3.Transition(
                            storage_class=s3.StorageClass.INTELLIGENT_TIERING,
                            transition_date=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
                        )
                    ],
                },
                {
                    "Transitions": [
                        {
                            "StorageClass": "INTELLIGENT_TIERING",
                            "TransitionDate": "2027-01-01T00:00:00Z",
                        }
                    ]
                },
            ),
        ],
        ids=["shortest", "at once", "infrequent", "token", "date"],
    )
    def test_takes_what_is_near(
        self, located_stack: Stack, arguments: Callable[[], dict[str, Any]], rule: dict[str, Any]
    ) -> None:
        """
        The nearest right values, and tokens, are in the rule.
        """
        RecordingDelivery(located_stack, "Delivery", **arguments())
        (found,) = only(located_stack, "AWS::S3::Bucket")["LifecycleConfiguration"]["Rules"]
        assert {name: found.get(name) for name in rule} == rule
