"""The settings of the secrets with the stream keys of channels and stages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, Aws, Environment, RemovalPolicy, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_kms import Key
from aws_cdk.aws_secretsmanager import ReplicaRegion, Secret

import cdk_ivs as ivs
from tests.support.arns import ACCOUNT, REGION

# The Region of the stack is us-west-2.
ELSEWHERE = ReplicaRegion(region="eu-west-1")
Store = Callable[..., Secret]


def of_channel(stack: Stack) -> Store:
    """The method of a stream key."""
    return ivs.Channel(stack, "Channel").add_stream_key("Key").to_secret


def of_stage(stack: Stack) -> Store:
    """The method of an ingest configuration."""
    return ivs.IngestConfiguration(stack, "Ingest").stream_key_secret


@pytest.fixture
def stack(app: App) -> Stack:
    """A stack whose Region is known."""
    return Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))


@pytest.fixture(params=[of_channel, of_stage], ids=["channel", "stage"])
def store(request: pytest.FixtureRequest, stack: Stack) -> Store:
    """The method that stores the stream key."""
    method: Store = request.param(stack)
    return method


def rendered(stack: Stack) -> dict[str, Any]:
    """The one secret in the template."""
    (found,) = Template.from_stack(stack).find_resources("AWS::SecretsManager::Secret").values()
    return dict(found)


class TestSettings:
    def test_have_the_defaults_of_the_cdk(self, stack: Stack, store: Store) -> None:
        """
        Without settings, the secret has no key, no name and no replicas, and goes with the stack.
        """
        store("Secret")
        found = rendered(stack)
        assert sorted(found["Properties"]) == ["Description", "SecretString"]
        assert (found["DeletionPolicy"], found["UpdateReplacePolicy"]) == ("Delete", "Delete")

    def test_are_rendered(self, stack: Stack, store: Store) -> None:
        """
        The secret has the key, the replicas, the removal policy and the name.
        """
        key = Key(stack, "SecretsKey")
        store(
            "Secret",
            encryption_key=key,
            removal_policy=RemovalPolicy.RETAIN,
            replica_regions=(ELSEWHERE,),
            secret_name="live/key",
        )
        found = rendered(stack)
        assert found["DeletionPolicy"] == "Retain"
        assert found["UpdateReplacePolicy"] == "Retain"
        assert found["Properties"]["KmsKeyId"] == stack.resolve(key.key_arn)
        assert found["Properties"]["Name"] == "live/key"
        assert found["Properties"]["ReplicaRegions"] == [{"Region": "eu-west-1"}]

    def test_let_readers_decrypt(self, stack: Stack, store: Store) -> None:
        """
        The policy of the key lets a reader of the secret decrypt, through Secrets Manager only.
        """
        key = Key(stack, "SecretsKey")
        role = Role(stack, "Role", assumed_by=ServicePrincipal("ecs-tasks.amazonaws.com"))
        store("Secret", encryption_key=key).grant_read(role)
        (policy,) = Template.from_stack(stack).find_resources("AWS::KMS::Key").values()
        (decrypt,) = (
            statement
            for statement in policy["Properties"]["KeyPolicy"]["Statement"]
            if statement["Action"] == "kms:Decrypt"
        )
        assert decrypt["Principal"] == {"AWS": stack.resolve(role.role_arn)}
        assert decrypt["Condition"] == {
            "StringEquals": {"kms:ViaService": f"secretsmanager.{REGION}.amazonaws.com"}
        }

    def test_can_be_tokens(self, stack: Stack, store: Store) -> None:
        """
        Tokens pass, for a name and for a Region.
        """
        region = ReplicaRegion(region=Aws.REGION)
        store("Secret", replica_regions=[region, region], secret_name=Aws.STACK_NAME)
        properties = rendered(stack)["Properties"]
        assert properties["Name"] == {"Ref": "AWS::StackName"}
        assert properties["ReplicaRegions"] == [{"Region": {"Ref": "AWS::Region"}}] * 2

    def test_do_not_need_a_known_region(self, app: App) -> None:
        """
        In a stack without a Region, every Region can have a replica.
        """
        stack = Stack(app, "Anywhere")
        of_channel(stack)("Secret", replica_regions=[ReplicaRegion(region=REGION)])
        assert rendered(stack)["Properties"]["ReplicaRegions"] == [{"Region": REGION}]


class TestRefusals:
    @pytest.mark.parametrize(
        ("settings", "message", "code"),
        [
            (
                {"encryption_key": "alias/keys"},
                "'encryption_key' must be IKey, got 'alias/keys' of type 'str'",
                "ArgumentType",
            ),
            (
                {"removal_policy": "retain"},
                "'removal_policy' must be RemovalPolicy, got 'retain' of type 'str'",
                "ArgumentType",
            ),
            (
                {"removal_policy": RemovalPolicy.SNAPSHOT},
                (
                    "'removal_policy' must be RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE, got "
                    "SNAPSHOT; CloudFormation has no snapshots of secrets"
                ),
                "RemovalPolicy",
            ),
            (
                {"replica_regions": ELSEWHERE},
                (
                    "'replica_regions' must be Sequence[ReplicaRegion], got "
                    "ReplicaRegion(region='eu-west-1') of type 'ReplicaRegion'; put it into a list"
                ),
                "ArgumentType",
            ),
            (
                {"replica_regions": [ReplicaRegion(region=REGION)]},
                (
                    "'replica_regions' must be other Regions than that of the secret, got "
                    "'us-west-2', which is the Region of the stack; leave it out"
                ),
                "ReplicaRegion",
            ),
            (
                {"replica_regions": [ELSEWHERE, ELSEWHERE]},
                (
                    "'replica_regions' must have each Region once, got 'eu-west-1' again; "
                    "leave one out"
                ),
                "ReplicaRegion",
            ),
            ({"secret_name": 3}, "'secret_name' must be str, got 3 of type 'int'", "ArgumentType"),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, store: Store, settings: dict[str, Any], message: str, code: str
    ) -> None:
        """
        A wrong setting is refused with its keyword and a code, and no secret is created.
        """
        with pytest.raises(ivs.ValidationError) as caught:
            store("Secret", **settings)
        assert message in str(caught.value)
        assert f"[cdk-ivs:{code} at " in str(caught.value)
        assert str(caught.value).endswith("/Secret']")
        Template.from_stack(stack).resource_count_is("AWS::SecretsManager::Secret", 0)
