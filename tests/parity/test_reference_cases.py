"""References to resources made elsewhere render the same as alpha's."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import jsii
import pytest
from aws_cdk import App, Aws, CfnOutput, Environment, Fn, NestedStack, Resource, Stack, Stage
from constructs import Construct

from tests.support.arns import ACCOUNT, REGION, arn

from .assemblies import assert_same, assert_same_in_stack
from .values import TEXTS

_RECORDING_ARN = arn("recording-configuration/abcDEF123456")


def _partial_channel_arn(_: Construct) -> str:
    return f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:channel/abc"


_CHANNEL_ARNS: dict[str, Callable[[Construct], str]] = {
    "plain": lambda _: arn("channel/abcDEF123456"),
    "other partition": lambda _: arn("channel/abc").replace("arn:aws:", "arn:aws-us-gov:"),
    "partial": _partial_channel_arn,
    "partition": lambda scope: Stack.of(scope).format_arn(
        service="ivs", resource="channel", resource_name="abc"
    ),
    "token id": lambda _: arn(f"channel/{Fn.import_value('Id')}"),
    "import": lambda scope: TEXTS["import"](scope, "Arn"),
    "parameter": lambda scope: TEXTS["parameter"](scope, "Arn"),
    "ssm": lambda scope: TEXTS["ssm"](scope, "Arn"),
    "lazy": lambda scope: TEXTS["lazy of a token"](scope, "Arn"),
}


@pytest.mark.parametrize("form", _CHANNEL_ARNS)
@pytest.mark.parametrize("env", [None, Environment(account=ACCOUNT, region=REGION)])
def test_channel_by_arn(form: str, env: Environment | None) -> None:
    """
    A channel imported by an ARN of any form gives that ARN back, to outputs and to its key.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack", env=env)
        channel = ivs.Channel.from_channel_arn(stack, "Channel", _CHANNEL_ARNS[form](stack))
        channel.add_stream_key("Key")
        CfnOutput(stack, "Arn", value=channel.channel_arn)

    assert_same(build)


@pytest.mark.parametrize(
    "recording_arn", [_RECORDING_ARN, _RECORDING_ARN.replace("arn:aws:", "arn:aws-cn:")]
)
def test_recording_configuration_by_arn(recording_arn: str) -> None:
    """
    A recording configuration imported by ARN gives the ARN and the id in it.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        imported = ivs.RecordingConfiguration.from_arn(stack, "Imported", recording_arn)
        ivs.Channel(stack, "Channel", recording_configuration=imported)
        CfnOutput(stack, "Arn", value=imported.recording_configuration_arn)
        CfnOutput(stack, "Id", value=imported.recording_configuration_id)

    assert_same_in_stack(build)


@pytest.mark.parametrize("form", [form for form in TEXTS if form not in {"joined", "lazy"}])
@pytest.mark.parametrize("env", [None, Environment(account=ACCOUNT, region=REGION)])
def test_recording_configuration_by_id(form: str, env: Environment | None) -> None:
    """
    A recording configuration imported by id has an ARN in the account and Region of the stack.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack", env=env)
        for scope in (stack, NestedStack(stack, "Nested"), Construct(stack, "Group")):
            imported = ivs.RecordingConfiguration.from_recording_configuration_id(
                scope, "Imported", TEXTS[form](scope, "Id")
            )
            ivs.Channel(scope, "Channel", recording_configuration=imported)
            CfnOutput(scope, "Arn", value=imported.recording_configuration_arn)
            CfnOutput(scope, "IdOut", value=imported.recording_configuration_id)

    assert_same(build)


@pytest.mark.parametrize(
    "context",
    [{"@aws-cdk/core:enablePartitionLiterals": True}, {"@aws-cdk/core:target-partitions": ["aws"]}],
    ids=str,
)
def test_partition_literals(context: dict[str, object]) -> None:
    """
    The feature flags about partitions have the same effect on an ARN made from an id.
    """

    def build(app: App, ivs: ModuleType) -> None:
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region="cn-north-1"))
        imported = ivs.RecordingConfiguration.from_recording_configuration_id(stack, "It", "abc")
        ivs.Channel(stack, "Channel", recording_configuration=imported)

    assert_same(build, context=context)


def test_reference_used_in_another_stack() -> None:
    """
    What is imported in one stack serves the others as it is.
    """

    def build(app: App, ivs: ModuleType) -> None:
        imports = Stack(app, "Imports")
        recording = ivs.RecordingConfiguration.from_arn(imports, "Recording", _RECORDING_ARN)
        by_id = ivs.RecordingConfiguration.from_recording_configuration_id(imports, "ById", "abc")
        channel = ivs.Channel.from_channel_arn(imports, "Channel", arn("channel/abc"))
        stack = Stack(app, "Stack")
        ivs.Channel(stack, "First", recording_configuration=recording)
        ivs.Channel(stack, "Second", recording_configuration=by_id)
        ivs.StreamKey(stack, "Key", channel=channel)

    assert_same(build)


def test_reference_by_dynamic_reference() -> None:
    """
    The ARN of a recording configuration may be a dynamic reference, written out.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        imported = ivs.RecordingConfiguration.from_arn(
            stack, "Imported", "{{resolve:ssm:/ivs/recording-configuration-arn}}"
        )
        ivs.Channel(stack, "Channel", recording_configuration=imported)

    assert_same_in_stack(build)


def test_id_by_dynamic_reference() -> None:
    """
    The id of a recording configuration may be a dynamic reference, written out.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        imported = ivs.RecordingConfiguration.from_recording_configuration_id(
            stack, "Imported", "{{resolve:ssm:recording-configuration-id}}"
        )
        ivs.Channel(stack, "Channel", recording_configuration=imported)

    assert_same_in_stack(build)


def test_keys_for_the_channel_of_each_region() -> None:
    """
    One ARN with the Region as a token means another channel in each Stage, each with a key.
    """

    def build(app: App, ivs: ModuleType) -> None:
        for region in ("us-west-2", "us-east-1"):
            env = Environment(account=ACCOUNT, region=region)
            stack = Stack(Stage(app, region, env=env), "Stack")
            channel = ivs.Channel.from_channel_arn(stack, "It", _partial_channel_arn(stack))
            channel.add_stream_key("Key")

    assert_same(build)


def test_keys_for_the_exported_channel_of_each_region() -> None:
    """
    One import of an export means another channel in each Region, each with a key.
    """

    def build(app: App, ivs: ModuleType) -> None:
        exported = Fn.import_value("ChannelArn")
        for region in ("us-west-2", "us-east-1"):
            stack = Stack(app, region, env=Environment(account=ACCOUNT, region=region))
            ivs.Channel.from_channel_arn(stack, "It", exported).add_stream_key("Key")

    assert_same(build)


def test_own_implementations() -> None:
    """
    Resources of the user's that have the members of the interfaces are taken.
    """

    def build(stack: Stack, ivs: ModuleType) -> None:
        @jsii.implements(ivs.IRecordingConfiguration)
        class Recording(Resource):
            @property
            def recording_configuration_id(self) -> str:
                return "abc"

            @property
            def recording_configuration_arn(self) -> str:
                return _RECORDING_ARN

        @jsii.implements(ivs.IChannel)
        class Live(Resource):
            @property
            def channel_arn(self) -> str:
                return arn("channel/abc")

            def add_stream_key(self, id: str) -> Any:
                return ivs.StreamKey(self, id, channel=self)

        ivs.Channel(stack, "Channel", recording_configuration=Recording(stack, "Recording"))
        Live(stack, "Live").add_stream_key("Key")

    assert_same_in_stack(build)
