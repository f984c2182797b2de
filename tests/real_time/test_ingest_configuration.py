"""Ingest configurations."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import Aws, Fn, PropertyInjectors, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_ivs import CfnStage
from aws_cdk.aws_secretsmanager import Secret

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.injectors import Injector
from tests.support.oracles import template_of
from tests.support.tokens import token

INGEST_ID = "Ingest4069586C"
STAGE_ARN = arn("stage/a")
INSECURE = (
    "'insecure_ingest' lets encoders send the stream key and the video unencrypted; leave it "
    "out unless an encoder cannot use RTMPS [ack: cdk-ivs:InsecureIngest]"
)


def properties_of(stack: Stack) -> dict[str, Any]:
    """The properties of the only ingest configuration."""
    resources = Template.from_stack(stack).find_resources("AWS::IVS::IngestConfiguration")
    (resource,) = resources.values()
    properties: dict[str, Any] = resource.get("Properties", {})
    return properties


class TestTemplate:
    def test_is_one_resource(self, stack: Stack) -> None:
        """
        Without arguments it is one resource with the service's defaults, and no stage yet.
        """
        ivs.IngestConfiguration(stack, "Ingest")
        Template.from_stack(stack).template_matches(
            {"Resources": {INGEST_ID: {"Type": "AWS::IVS::IngestConfiguration"}}}
        )
        assert properties_of(stack) == {}
        assert warnings_of(stack) == []

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.IngestConfiguration(
            stack,
            "Ingest",
            ingest_configuration_name="studio",
            ingest_protocol=ivs.IngestProtocol.RTMPS,
            insecure_ingest=False,
            stage=ivs.Stage(stack, "Stage"),
            tags={"team": "live"},
            user_id="camera 1",
        )
        assert properties_of(stack) == {
            "IngestProtocol": "RTMPS",
            "InsecureIngest": False,
            "Name": "studio",
            "StageArn": {"Fn::GetAtt": ["Stage0E8C2AF5", "Arn"]},
            "Tags": [{"Key": "team", "Value": "live"}],
            "UserId": "camera 1",
        }
        assert warnings_of(stack) == []

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        Values that are known at deployment are left to IVS.
        """
        protocol: Any = token("Protocol")
        ivs.IngestConfiguration(
            stack,
            "Ingest",
            ingest_configuration_name=token("Name"),
            ingest_protocol=protocol,
            insecure_ingest=Fn.condition_if("Insecure", True, False),
            stage=ivs.Stage.from_stage_arn(stack, "Stage", token("StageArn")),
            user_id=token("UserId"),
        )
        assert properties_of(stack) == {
            "IngestProtocol": {"Ref": "Protocol"},
            "InsecureIngest": {"Fn::If": ["Insecure", True, False]},
            "Name": {"Ref": "Name"},
            "StageArn": {"Ref": "StageArn"},
            "UserId": {"Ref": "UserId"},
        }
        assert warnings_of(stack) == []

    def test_takes_what_an_injector_gives(self, stack: Stack) -> None:
        """
        An injector sees what was given and may add to it, under names in either form.
        """
        injector = Injector(ivs.IngestConfiguration, lambda props: {**props, "user_id": "u"})
        PropertyInjectors.of(stack).add(injector)
        stage = ivs.Stage(stack, "Stage")
        stage.add_ingest_configuration("Ingest")
        assert injector.calls == [({"stage": stage}, "Ingest", stage)]
        assert properties_of(stack)["UserId"] == "u"


class TestProtocol:
    @pytest.mark.parametrize("protocol", [ivs.IngestProtocol.RTMP, "RTMP"], ids=["member", "text"])
    @pytest.mark.parametrize(("insecure", "got"), [(None, "none"), (False, "False")])
    def test_rtmp_needs_insecure_ingest(
        self, stack: Stack, protocol: Any, insecure: bool | None, got: str
    ) -> None:
        """
        RTMP without the permission to be insecure is refused, with what would be secure.
        """
        with pytest.raises(ValidationError) as error:
            ivs.IngestConfiguration(
                stack, "Ingest", ingest_protocol=protocol, insecure_ingest=insecure
            )
        assert error.value.code == "RtmpNeedsInsecureIngest"
        assert error.value.message == (
            "'insecure_ingest' must be True for the 'ingest_protocol' RTMP, "
            f"got {got}; use RTMPS, which is encrypted, or set it to True"
        )
        assert stack.node.children == []

    def test_rtmp_is_warned_about(self, stack: Stack) -> None:
        """
        RTMP with the permission is rendered, and a warning says what can be read on the way.
        """
        ivs.IngestConfiguration(
            stack, "Ingest", ingest_protocol=ivs.IngestProtocol.RTMP, insecure_ingest=True
        )
        assert properties_of(stack) == {"IngestProtocol": "RTMP", "InsecureIngest": True}
        assert warnings_of(stack) == [("/Stack/Ingest", INSECURE)]

    def test_rtmp_may_be_permitted_at_deployment(self, stack: Stack) -> None:
        """
        A permission that is known at deployment is left to IVS.
        """
        ivs.IngestConfiguration(
            stack,
            "Ingest",
            ingest_protocol=ivs.IngestProtocol.RTMP,
            insecure_ingest=Fn.condition_if("Insecure", True, False),
        )
        assert properties_of(stack) == {
            "IngestProtocol": "RTMP",
            "InsecureIngest": {"Fn::If": ["Insecure", True, False]},
        }
        assert warnings_of(stack) == []

    @pytest.mark.parametrize("protocol", [None, ivs.IngestProtocol.RTMPS])
    def test_the_permission_alone_is_warned_about(
        self, stack: Stack, protocol: ivs.IngestProtocol | None
    ) -> None:
        """
        What may be sent unencrypted is warned about also if the protocol is RTMPS.
        """
        ivs.IngestConfiguration(stack, "Ingest", ingest_protocol=protocol, insecure_ingest=True)
        assert warnings_of(stack) == [("/Stack/Ingest", INSECURE)]


class TestStage:
    def test_may_be_an_l1(self, stack: Stack) -> None:
        """
        An L1 is a stage too.
        """
        ivs.IngestConfiguration(stack, "Ingest", stage=CfnStage(stack, "Stage"))
        assert properties_of(stack) == {"StageArn": {"Ref": "Stage"}}

    def test_may_be_of_elsewhere(self, located_stack: Stack) -> None:
        """
        A stage of the same account and Region is taken by its ARN.
        """
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", STAGE_ARN)
        ivs.IngestConfiguration(located_stack, "Ingest", stage=stage)
        assert properties_of(located_stack) == {"StageArn": STAGE_ARN}

    @pytest.mark.parametrize(
        ("stage_arn", "problem"),
        [
            (
                arn("stage/a", region="eu-west-1"),
                "Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                "arn:aws:ivs:us-west-2:210987654321:stage/a",
                "account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["region", "account"],
    )
    def test_must_not_be_of_another_place(
        self, located_stack: Stack, stage_arn: str, problem: str
    ) -> None:
        """
        A stage that is known to be in another Region or account is refused.
        """
        stage = ivs.Stage.from_stage_arn(located_stack, "Stage", stage_arn)
        with pytest.raises(ValidationError) as error:
            ivs.IngestConfiguration(located_stack, "Ingest", stage=stage)
        assert error.value.message == f"'stage' must be in the {problem}"
        assert error.value.path == "Stack/Ingest"


class TestUserId:
    @pytest.mark.parametrize(
        "user_id",
        ["", "a b/ä@example.com", "x" * 128, "{{resolve:ssm:user}}" + "x" * 128],
        ids=["empty", "any-character", "128", "dynamic-reference"],
    )
    def test_is_rendered_as_it_was_given(self, stack: Stack, user_id: str) -> None:
        """
        Up to 128 characters of any kind are a user id.
        """
        ivs.IngestConfiguration(stack, "Ingest", user_id=user_id)
        assert properties_of(stack) == {"UserId": user_id}

    def test_may_have_a_token_in_it(self, stack: Stack) -> None:
        """
        The length of what has a token in it is not known.
        """
        ivs.IngestConfiguration(stack, "Ingest", user_id="x" * 128 + Aws.REGION)
        assert properties_of(stack) == {
            "UserId": {"Fn::Join": ["", ["x" * 128, {"Ref": "AWS::Region"}]]}
        }

    def test_must_not_be_longer(self, stack: Stack) -> None:
        """
        129 characters are refused, with their number and without the id.
        """
        with pytest.raises(ValidationError) as error:
            ivs.IngestConfiguration(stack, "Ingest", user_id="x" * 129)
        assert error.value.code == "UserId"
        assert error.value.message == (
            "'user_id' must have at most 128 characters, got 129 characters"
        )


class TestStreamKeySecret:
    def test_has_the_stream_key(self, stack: Stack) -> None:
        """
        The secret refers to the stream key, which CloudFormation resolves.
        """
        secret = ivs.IngestConfiguration(stack, "Ingest").stream_key_secret("Secret")
        assert isinstance(secret, Secret)
        assert secret.node.path == "Stack/Ingest/Secret"
        (resource,) = (
            Template.from_stack(stack).find_resources("AWS::SecretsManager::Secret").values()
        )
        assert resource["Properties"] == {
            "Description": "Stream key of an Amazon IVS stage",
            "SecretString": {"Fn::GetAtt": [INGEST_ID, "StreamKey"]},
        }

    def test_puts_the_stream_key_nowhere_else(self, stack: Stack) -> None:
        """
        One reference to the stream key is in the template, and there is no output.
        """
        ivs.IngestConfiguration(stack, "Ingest").stream_key_secret("Secret")
        template = template_of(stack)
        assert json.dumps(template).count('"StreamKey"') == 1
        assert "Outputs" not in template

    def test_is_named_if_asked_to(self, stack: Stack) -> None:
        """
        The name is rendered as it was given.
        """
        ingest = ivs.IngestConfiguration(stack, "Ingest")
        ingest.stream_key_secret("Secret", secret_name="live/stage")
        Template.from_stack(stack).has_resource_properties(
            "AWS::SecretsManager::Secret", {"Name": "live/stage"}
        )

    def test_can_be_granted(self, stack: Stack) -> None:
        """
        A role that may read the secret has two actions on it and none on IVS.
        """
        role = Role(stack, "Role", assumed_by=ServicePrincipal("ecs-tasks.amazonaws.com"))
        ivs.IngestConfiguration(stack, "Ingest").stream_key_secret("Secret").grant_read(role)
        (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                "Effect": "Allow",
                "Resource": {"Ref": "IngestSecret235EB8E7"},
            }
        ]

    def test_can_be_had_twice(self, stack: Stack) -> None:
        """
        A stream key can be in several secrets, each with an id.
        """
        ingest = ivs.IngestConfiguration(stack, "Ingest")
        for id in ("A", "B"):
            ingest.stream_key_secret(id)
        Template.from_stack(stack).resource_count_is("AWS::SecretsManager::Secret", 2)


class TestFailures:
    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            (
                {"ingest_protocol": "SRT"},
                "must be IngestProtocol (RTMPS, RTMP), got 'SRT' of type 'str'",
            ),
            ({"insecure_ingest": "yes"}, "must be bool or IResolvable, got 'yes' of type 'str'"),
            (
                {"stage": STAGE_ARN},
                (
                    f"must be IStageRef, got '{STAGE_ARN}' of type 'str'; "
                    f"""use Stage.from_stage_arn(self, "…", '{STAGE_ARN}')"""
                ),
            ),
            ({"user_id": 5}, "must be str, got 5 of type 'int'"),
        ],
        ids=[
            "protocol",
            "insecure",
            "stage",
            "user-id",
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, arguments: dict[str, Any], problem: str
    ) -> None:
        """
        What is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError) as error:
            ivs.IngestConfiguration(stack, "Ingest", **arguments)
        assert error.value.message == f"'{keyword}' {problem}"
        assert error.value.path == "Stack/Ingest"
        assert stack.node.children == []

    def test_are_there_for_another_resource(self, stack: Stack) -> None:
        """
        A channel is no stage.
        """
        channel: Any = ivs.Channel(stack, "Channel")
        with pytest.raises(TypeError, match=r"'stage' must be IStageRef, got .* of type 'Channel'"):
            ivs.IngestConfiguration(stack, "Ingest", stage=channel)
