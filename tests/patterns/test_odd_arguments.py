"""Odd arguments of patterns: refused before anything is created, or rendered as they are."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import jsii
import pytest
from aws_cdk import Aws, CfnParameter, Duration, IStableNumberProducer, Lazy, Stack, Token
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs.patterns import (
    CompositionLayout,
    EventWebhook,
    LayoutKind,
    PipBehavior,
    RecordingDelivery,
    StageBroadcast,
    VideoAspectRatio,
)
from tests.support.tokens import token

INFREQUENT, INSTANT = s3.StorageClass.INFREQUENT_ACCESS, s3.StorageClass.GLACIER_INSTANT_RETRIEVAL
INTELLIGENT = s3.StorageClass.INTELLIGENT_TIERING
ONE_ZONE = s3.StorageClass.ONE_ZONE_INFREQUENT_ACCESS
NEW_YEAR = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class TestDelivery:
    def test_is_not_open_by_an_empty_list(self, stack: Stack) -> None:
        """
        Who names no group of keys by mistake does not let everybody watch.
        """
        with pytest.raises(ValidationError, match="'trusted_key_groups' must have at least one"):
            RecordingDelivery(stack, "Delivery", trusted_key_groups=[])
        assert stack.node.try_find_child("Delivery") is None

    @pytest.mark.parametrize(
        ("expiration", "transitions", "message"),
        [
            (
                365,
                [(INFREQUENT, NEW_YEAR)],
                "must not have both 'transition_date' and days, got a date for STANDARD_IA; S3",
            ),
            (
                None,
                [(INFREQUENT, 30), (INSTANT, NEW_YEAR)],
                "must not have both 'transition_date' and days, got a date for GLACIER_IR",
            ),
            (
                None,
                [(INFREQUENT, 30), (INFREQUENT, 60)],
                "'transitions' must not have a value twice, got 'STANDARD_IA' again",
            ),
            (
                None,
                [(INSTANT, 30), (INFREQUENT, 60)],
                "must be to STANDARD_IA before they are to GLACIER_IR, got 60 days and 30 days",
            ),
            (None, [(INFREQUENT, 60), (INTELLIGENT, 50)], "got 60 days and 50 days"),
            (None, [(INTELLIGENT, 60), (ONE_ZONE, 50)], "got 60 days and 50 days"),
            (None, [(ONE_ZONE, 60), (INSTANT, 50)], "got 60 days and 50 days"),
            (None, [(INSTANT, 60), (INFREQUENT, 60)], "got 60 days and 60 days"),
            (None, [(ONE_ZONE, 40), (INFREQUENT, 60)], "got 60 days and 40 days"),
        ],
    )
    def test_rules_are_ones_that_s3_takes(
        self,
        stack: Stack,
        expiration: int | None,
        transitions: list[tuple[s3.StorageClass, Any]],
        message: str,
    ) -> None:
        """
        S3 takes days or dates in a rule, each class once, and the colder ones last.
        """
        with pytest.raises(ValidationError, match=message):
            self._create(stack, expiration, transitions)

    @pytest.mark.parametrize(
        ("expiration", "transitions"),
        [
            (None, [(INFREQUENT, NEW_YEAR), (INSTANT, NEW_YEAR)]),
            (365, [(INSTANT, 61), (INFREQUENT, 60)]),
        ],
    )
    def test_rules_may_be_all_dates_or_all_days(
        self, stack: Stack, expiration: int | None, transitions: list[tuple[s3.StorageClass, Any]]
    ) -> None:
        """
        In whatever order they are written.
        """
        self._create(stack, expiration, transitions)
        (bucket,) = Template.from_stack(stack).find_resources("AWS::S3::Bucket").values()
        (rule,) = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
        assert [each["StorageClass"] for each in rule["Transitions"]] == [
            kind.value for kind, _ in transitions
        ]

    def _create(
        self, stack: Stack, expiration: int | None, transitions: list[tuple[s3.StorageClass, Any]]
    ) -> None:
        RecordingDelivery(
            stack,
            "Delivery",
            expiration=None if expiration is None else Duration.days(expiration),
            transitions=[
                s3.Transition(storage_class=kind, transition_date=when)
                if isinstance(when, dt.datetime)
                else s3.Transition(storage_class=kind, transition_after=Duration.days(when))
                for kind, when in transitions
            ],
        )


class TestWebhook:
    @pytest.mark.parametrize(
        "url",
        [
            "https://-a.example",
            "https://.example",
            "https://a.1/",
            "https://1.2.3/",
            "https://a..example/",
            "https://a.example:99999/",
            "https://a.example:port/",
            "https://a.internal./",
            "https://a.local",
            "https://a.1b",
            "https://127.1",
            "http://a.example/TOKEN",
            # Whatever the token becomes, 2,049 characters are too many.
            f"https://a.example/{'x' * 2031}TOKEN",
        ],
    )
    def test_host_is_one(self, stack: Stack, url: str) -> None:
        """
        What is no host of the internet is refused: empty labels, short addresses, no ports.
        """
        with pytest.raises(ValidationError, match="'url' must be an HTTPS URL of a public host"):
            self._create(stack, url=url.replace("TOKEN", token()))

    @pytest.mark.parametrize(
        "url",
        [
            "https://a.example./x",
            "https://a_b.example:8443",
            "https://1.example",
            "https://a.1b.example",
            "https://a.internal.example",
            "https://8.8.8.8/",
        ],
    )
    def test_host_may_be_unusual(self, stack: Stack, url: str) -> None:
        """
        The nearest that are hosts pass.
        """
        self._create(stack, url=url)
        Template.from_stack(stack).has_resource_properties(
            "AWS::Events::ApiDestination", {"InvocationEndpoint": url}
        )

    @pytest.mark.parametrize("rest", ["", "/hook"])
    def test_url_may_end_with_a_token(self, stack: Stack, rest: str) -> None:
        """
        A URL passes whose beginning is written out, also with as many characters as there can be.
        """
        beginning = f"https://a.example/{'x' * (2030 - len(rest))}"
        self._create(stack, url=f"{beginning}{Token.as_string({'Ref': 'Path'})}{rest}")
        (found,) = Template.from_stack(stack).find_resources("AWS::Events::ApiDestination").values()
        assert found["Properties"]["InvocationEndpoint"] == {
            "Fn::Join": ["", [beginning, {"Ref": "Path"}, *([rest] if rest else [])]]
        }

    @pytest.mark.parametrize("field", ["", "a:b", "a}}b", "{a", "a\nb", " a", "TOKEN:a"])
    def test_field_is_one(self, stack: Stack, field: str) -> None:
        """
        A colon would begin the name of a version, and an empty name would be the whole secret.
        """
        with pytest.raises(ValidationError) as error:
            self._create(stack, secret_field=field.replace("TOKEN", token()))
        got = repr(field).replace("TOKEN", "<token>")
        assert error.value.message == (
            "'secret_field' must be the name of a field, without ':', '{' and '}', got "
            f"{got}; leave it out to send the whole secret"
        )

    @pytest.mark.parametrize("field", ["token", "my token", "a.b-c_d", None])
    def test_field_may_be_any_name(self, stack: Stack, field: str | None) -> None:
        """
        A name that CloudFormation reads as one passes. So does one that is known at deployment.
        """
        self._create(stack, secret_field=field or Token.as_string({"Ref": "Field"}))
        found = Template.from_stack(stack).find_resources("AWS::Events::Connection").values()
        (text,) = (json.dumps(each["Properties"]["AuthParameters"]) for each in found)
        assert (f":SecretString:{field}::" if field else '{"Ref": "Field"}') in text

    @pytest.mark.parametrize("name", ["", f"{'x' * 513}TOKEN", "TOKEN:"])
    def test_name_of_a_header_is_one(self, stack: Stack, name: str) -> None:
        """
        An empty name is not taken for none, and what is beside a token must be right.
        """
        with pytest.raises(ValidationError, match="'header_name' must be the name of an HTTP head"):
            self._create(stack, header_name=name.replace("TOKEN", token()))

    @pytest.mark.parametrize("text", ["", "X-", "x" * 512])
    def test_name_of_a_header_may_be_a_token(self, stack: Stack, text: str) -> None:
        """
        A name passes that is known at deployment only, or whose beginning is written out.
        """
        self._create(stack, header_name=f"{text}{Token.as_string({'Ref': 'Name'})}")
        (found,) = Template.from_stack(stack).find_resources("AWS::Events::Connection").values()
        name = found["Properties"]["AuthParameters"]["ApiKeyAuthParameters"]["ApiKeyName"]
        assert name == ({"Fn::Join": ["", [text, {"Ref": "Name"}]]} if text else {"Ref": "Name"})

    def _create(self, stack: Stack, **arguments: Any) -> None:
        secret = secretsmanager.Secret(stack, "Secret")
        EventWebhook(
            stack,
            "Webhook",
            **{"all": True, "secret": secret, "url": "https://example.com", **arguments},
        )


class TestLayouts:
    @pytest.mark.parametrize(
        ("kind", "keyword", "value"),
        [
            (LayoutKind.GRID, "pip_behavior", PipBehavior.STATIC),
            (LayoutKind.GRID, "pip_width", 5),
            (LayoutKind.PIP, "video_aspect_ratio", VideoAspectRatio.AUTO),
        ],
    )
    def test_of_another_kind_are_refused(self, kind: LayoutKind, keyword: str, value: Any) -> None:
        """
        IVS refuses the composition when a participant publishes.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must be left out of a layout"):
            CompositionLayout(kind=kind, **{keyword: value})

    def test_of_a_kind_that_is_a_token_are_refused(self) -> None:
        """
        The kind is a name in the definition of the state machine, so it must be known.
        """
        kind: Any = Aws.REGION
        with pytest.raises(ValidationError, match="'kind' must be known at synthesis") as error:
            CompositionLayout(kind=kind)
        assert error.value.code == "LayoutKind"


@jsii.implements(IStableNumberProducer)
class Five:
    """A number that is known when the template is rendered."""

    @jsii.member(jsii_name="produce")
    def produce(self) -> float:
        """The number."""
        return 5


def test_a_number_that_is_lazy_is_rendered_as_text(stack: Stack) -> None:
    """
    The substitutions of a definition are texts, and a number that is known by then is one too.
    """
    StageBroadcast(
        stack,
        "Broadcast",
        stage=ivs.Stage(stack, "Stage"),
        channel=ivs.Channel(stack, "Channel"),
        layout=CompositionLayout.grid(grid_gap=Lazy.number(Five())),  # type: ignore[arg-type] # a token
        stop_after=Duration.seconds(CfnParameter(stack, "Stop", type="Number").value_as_number),
    )
    machines = Template.from_stack(stack).find_resources("AWS::StepFunctions::StateMachine")
    (machine,) = machines.values()
    substitutions = machine["Properties"]["DefinitionSubstitutions"]
    assert substitutions["GridGap"] == "5"
    assert substitutions["StopAfter"] == {"Ref": "Stop"}
