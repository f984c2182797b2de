"""A secret attribute that leaves its stack is found at synthesis."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import App, CfnOutput, CfnParameter, Environment, NestedStack, Stack, Stage
from aws_cdk import aws_ssm as ssm

import cdk_ivs as ivs
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION

Secret = Callable[[Stack], str]


def key_value(stack: Stack) -> str:
    """The value of a stream key."""
    return ivs.StreamKey(stack, "Secret", channel=ivs.Channel(stack, "Channel")).stream_key_value


def ingest_key(stack: Stack) -> str:
    """The key of an ingest configuration."""
    return ivs.IngestConfiguration(stack, "Secret").stream_key


def use(stack: Stack, value: str) -> None:
    """Use a value in a resource."""
    ssm.StringParameter(stack, "Parameter", string_value=f"key={value}")


secrets = pytest.mark.parametrize("secret", [key_value, ingest_key])


class TestOtherStacks:
    @pytest.mark.parametrize(
        ("secret", "message"),
        [
            (
                key_value,
                (
                    "'stream_key_value' must not be used in another stack, got it in plain text in "
                    '\'Stack/Exports/Output{"Fn::GetAtt":["SecretA720EF05","Value"]}\', which '
                    "CloudFormation would need to pass it on; keep it in a secret with to_secret() "
                    "and use that secret there, or let the reader call the API with the permission "
                    "of 'grants.read(...)' "
                    "[cdk-ivs:SecretInOtherStack at 'Stack/Secret']"
                ),
            ),
            (
                ingest_key,
                (
                    "'stream_key' must not be used in another stack, got it in plain text in "
                    '\'Stack/Exports/Output{"Fn::GetAtt":["SecretA720EF05","StreamKey"]}\', '
                    "which CloudFormation would need to pass it on; keep it in a secret with "
                    "stream_key_secret() and use that secret there, or let the reader call the API "
                    "with the permission of 'grants.read(...)' "
                    "[cdk-ivs:SecretInOtherStack at 'Stack/Secret']"
                ),
            ),
        ],
    )
    def test_are_refused(self, app: App, stack: Stack, secret: Secret, message: str) -> None:
        """
        A use in another stack would be an output and an export in plain text.
        """
        use(Stack(app, "Other"), secret(stack))
        with pytest.raises(RuntimeError) as raised:
            app.synth()
        assert message in str(raised.value)

    @secrets
    def test_are_refused_in_a_stage(self, app: App, secret: Secret) -> None:
        """
        In a Stage as well, when it is synthesized by itself.
        """
        stage = Stage(app, "Stage")
        use(Stack(stage, "Other"), secret(Stack(stage, "Stack")))
        with pytest.raises(RuntimeError, match="SecretInOtherStack at 'Stage/Stack/Secret'"):
            stage.synth()

    @secrets
    def test_are_refused_in_another_region(self, app: App, secret: Secret) -> None:
        """
        The CDK passes it by a parameter of Systems Manager then, in plain text too.
        """
        stack, other = (
            Stack(
                app,
                id,
                cross_region_references=True,
                env=Environment(account=ACCOUNT, region=region),
            )
            for id, region in (("Stack", REGION), ("Other", "eu-west-1"))
        )
        use(other, secret(stack))
        with pytest.raises(RuntimeError, match="in plain text in 'Stack/ExportsWriter"):
            app.synth()

    @secrets
    def test_are_refused_in_a_nested_stack(self, app: App, stack: Stack, secret: Secret) -> None:
        """
        It would be a parameter of the nested stack.
        """
        use(NestedStack(stack, "Nested"), secret(stack))
        with pytest.raises(RuntimeError, match=r"in plain text in 'Stack/Nested\.NestedStack/"):
            app.synth()

    @secrets
    def test_are_refused_around_a_nested_stack(
        self, app: App, stack: Stack, secret: Secret
    ) -> None:
        """
        It would be an output of the nested stack.
        """
        use(stack, secret(NestedStack(stack, "Nested")))
        with pytest.raises(RuntimeError, match="in plain text in 'Stack/Nested/StackNested"):
            app.synth()

    @secrets
    def test_are_refused_by_an_export(self, app: App, stack: Stack, secret: Secret) -> None:
        """
        An output with a name for other stacks, which nothing of the app may use yet.
        """
        CfnOutput(stack, "Output", value=secret(stack), export_name="key")
        with pytest.raises(RuntimeError, match="in plain text in 'Stack/Output'"):
            app.synth()

    def test_may_have_a_secret(self, app: App, stack: Stack) -> None:
        """
        The ARN of the secret that holds the key is no secret, and nor is the ARN of the key.
        """
        key = ivs.Channel(stack, "Channel").add_stream_key("Key")
        ingest = ivs.IngestConfiguration(stack, "Ingest")
        kept = (key.to_secret("Secret"), ingest.stream_key_secret("Secret"))
        other = Stack(app, "Other")
        for number, secret in enumerate(kept):
            ssm.StringParameter(other, f"Parameter{number}", string_value=secret.secret_arn)
        ssm.StringParameter(other, "Key", string_value=key.stream_key_arn)
        CfnOutput(stack, "Output", value=ingest.ingest_configuration_arn)
        app.synth()
        assert warnings_of(stack) == []


class TestSameStack:
    @secrets
    def test_may_use_it(self, app: App, stack: Stack, secret: Secret) -> None:
        """
        A resource of the stack may, as CloudFormation passes it on itself.
        """
        parameter = CfnParameter(stack, "Given")
        use(stack, secret(stack))
        CfnOutput(stack, "Output", value=parameter.value_as_string)
        NestedStack(stack, "Nested", parameters={"Given": parameter.value_as_string})
        app.synth()
        assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        ("secret", "attribute", "method"),
        [
            (key_value, "stream_key_value", "to_secret()"),
            (ingest_key, "stream_key", "stream_key_secret()"),
        ],
    )
    def test_output_is_warned_about(
        self, stack: Stack, secret: Secret, attribute: str, method: str
    ) -> None:
        """
        An output shows it, also as a part of a longer text.
        """
        CfnOutput(stack, "Output", value=f"key={secret(stack)}")
        assert warnings_of(stack) == [
            (
                "/Stack/Output",
                (
                    f"the output shows '{attribute}' of 'Stack/Secret' in plain text to every "
                    f"user who can describe the stack; keep it with {method}, and output the ARN "
                    "of the secret [ack: cdk-ivs:SecretOutput]"
                ),
            )
        ]
