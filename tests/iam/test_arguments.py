"""Arguments of grants that are of another kind."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import App, CfnOutput, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import CfnGroup, CfnRole, CfnUser, Role, ServicePrincipal
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from tests.iam import resources
from tests.iam.grant_classes import CLASSES
from tests.resources.records import RECORDS
from tests.support.annotations import warnings_of
from tests.support.attachments import with_ads

IMMUTABLE = "arn:aws:iam::123456789012:role/immutable"
SUCH_AS = "a construct that has permissions, such as an aws_iam.Role or an aws_lambda.Function"

# What gives a grants object, by its class.
GRANTS: dict[type, Callable[[Stack], Any]] = {
    ivs.TaggedGrants: resources.tagged,
    **{
        record.grants: lambda stack, record=record: record.refer(stack).grants for record in RECORDS
    },
}
# Good arguments, by the name of the parameter.
GOOD: dict[str, Callable[[Stack], Any]] = {
    "actions": lambda _: "TagResource",
    "channel": lambda stack: ivs.Channel.from_channel_arn(stack, "GoodChannel", resources.CHANNEL),
    "destination": lambda stack: ivs.Stage.from_stage_arn(stack, "Good", resources.OTHER_STAGE),
    "encoder_configuration": lambda stack: ivs.EncoderConfiguration.from_encoder_configuration_arn(
        stack, "GoodEncoder", resources.ENCODER
    ),
    "include_untagged": lambda _: True,
    "grantee": lambda stack: Role(
        stack, "GoodRole", assumed_by=ServicePrincipal("lambda.amazonaws.com")
    ),
    "scope": lambda stack: stack,
    "storage_configuration": lambda stack: ivs.StorageConfiguration.from_storage_configuration_arn(
        stack, "GoodStorage", resources.STORAGE
    ),
    "tags": lambda _: {"app": "ugc"},
}
BAD: dict[str, Callable[[Stack], object]] = {
    "number": lambda _: 5,
    "text": lambda _: "x",
    "None": lambda _: None,
    "list": lambda _: [],
    "dictionary": lambda _: {},
    "construct": lambda stack: CfnOutput(stack, "Bad", value="bad"),
    "grants": lambda stack: ivs.TaggedGrants(stack, tags={"app": "ugc"}),
}


def parameters() -> list[Any]:
    """Every parameter of every public method, and of the constructor that users call."""
    found = []
    for kind in CLASSES:
        marks = [with_ads] if kind is ivs.AdConfigurationGrants else []
        names = [name for name, _ in inspect.getmembers(kind, callable) if name[0] != "_"]
        if kind is ivs.TaggedGrants:
            names.append("__init__")
        for name in names:
            found += [
                pytest.param(kind, name, key, id=f"{kind.__name__}.{name} {key}", marks=marks)
                for key in inspect.signature(getattr(kind, name)).parameters
                if key != "self"
            ]
    return found


def method_of(kind: type, name: str, stack: Stack) -> Callable[..., Any]:
    """A method of a class of grants, or of an object of it, or the class for its constructor."""
    if name == "__init__":
        return kind
    method: Callable[..., Any] = getattr(kind, name)
    if not inspect.ismethod(method):
        method = getattr(GRANTS[kind](stack), name)
    return method


def paths(stack: Stack) -> list[str]:
    """All constructs of the app."""
    return [construct.node.path for construct in stack.node.root.node.find_all()]


class TestKinds:
    def test_are_all_known(self) -> None:
        """
        There is an object of each public class of grants.
        """
        assert set(GRANTS) == set(CLASSES)

    @pytest.mark.parametrize(("kind", "name", "parameter"), parameters())
    def test_that_are_wrong_are_refused(
        self, stack: Stack, kind: type, name: str, parameter: str
    ) -> None:
        """
        Whatever is given for a parameter works or is refused by its name, and nothing is made.
        """
        method = method_of(kind, name, stack)
        known = inspect.signature(method).parameters
        # A composition has one of two destinations.
        other = "channel" if parameter == "storage_configuration" else "storage_configuration"
        good = {
            key: GOOD[key](stack)
            for key in known
            if key != parameter and (key != "channel" or other == "channel")
        }
        if kind is ivs.TaggedGrants and "actions" in good:
            good["actions"] = "SendEvent"
        for id, make in BAD.items():
            value = make(stack)
            optional = id == "None" and known[parameter].default is None
            arguments = {**good, parameter: value}
            positional = [
                arguments.pop(key) for key in ("scope", "grantee", "actions") if key in arguments
            ]
            before = paths(stack)
            if optional or (id, parameter) == ("construct", "scope"):
                method(*positional, **arguments)
                continue
            with pytest.raises(ValidationError) as caught:
                method(*positional, **arguments)
            assert caught.value.message.startswith(f"'{parameter}' ")
            assert paths(stack) == before


class TestGrantees:
    @pytest.mark.parametrize(
        ("grantee", "hint"),
        [
            (
                "arn:aws:iam::123456789012:role/path/backend",
                'aws_iam.Role.from_role_arn(self, "…", {!r})',
            ),
            (
                "arn:aws:iam::123456789012:user/somebody",
                'aws_iam.User.from_user_arn(self, "…", {!r})',
            ),
            (
                "arn:aws-cn:iam::123456789012:group/all",
                'aws_iam.Group.from_group_arn(self, "…", {!r})',
            ),
            ("arn:aws:lambda:us-west-2:123456789012:function:backend", SUCH_AS),
            (None, SUCH_AS),
        ],
        ids=["role", "user", "group", "function", "None"],
    )
    def test_that_are_none_name_what_to_use(self, stack: Stack, grantee: object, hint: str) -> None:
        """
        An ARN is answered with the reference to what it is of, anything else with constructs.
        """
        with pytest.raises(TypeError) as caught:
            ivs.Channel(stack, "Channel").grants.read(grantee)  # type: ignore[arg-type] - the mistake
        assert str(caught.value) == (
            f"'grantee' must be IGrantable, got {grantee!r} of type '{type(grantee).__name__}'; "
            f"use {hint.format(grantee)} [cdk-ivs:ArgumentType at 'Stack/Channel']"
        )

    @pytest.mark.parametrize("kind", [CfnRole, CfnUser, CfnGroup])
    def test_that_are_l1s_name_the_reference(self, stack: Stack, kind: Any) -> None:
        """
        The L1s of IAM have no grants, but references to them do.
        """
        document = {"assume_role_policy_document": {}} if kind is CfnRole else {}
        name = kind.__name__.removeprefix("Cfn")
        with pytest.raises(ArgumentTypeError) as caught:
            ivs.Channel(stack, "Channel").grants.read(kind(stack, "Level1", **document))
        assert caught.value.message.endswith(
            f'; use aws_iam.{name}.from_{name.lower()}_arn(self, "…", "…")'
        )

    def test_by_those_references_get_permissions(self, stack: Stack) -> None:
        """
        What the messages say works.
        """
        level_1 = CfnRole(stack, "Level1", assume_role_policy_document={})
        role = Role.from_role_arn(stack, "Role", level_1.attr_arn)
        ivs.Channel(stack, "Channel").grants.read(role)
        Template.from_stack(stack).resource_count_is("AWS::IAM::Policy", 1)
        assert warnings_of(stack) == []


class TestActions:
    @pytest.mark.parametrize("kind", [list, tuple, set])
    def test_in_a_list_are_to_be_one_by_one(self, stack: Stack, kind: Any) -> None:
        """
        Names in a list are refused with how to give them.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(TypeError) as caught:
            channel.grants.actions(GOOD["grantee"](stack), kind(["PutMetadata"]))
        assert str(caught.value) == (
            f"'actions' must be str, got {kind(['PutMetadata'])} of type '{kind.__name__}'; give "
            "the names one by one, as in actions(role, 'GetChannel', 'StopStream') "
            "[cdk-ivs:ArgumentType at 'Stack/Channel']"
        )

    def test_of_another_kind_are_only_refused(self, stack: Stack) -> None:
        """
        A number is no list.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(TypeError, match=r"must be str, got 5 of type 'int' \[cdk-ivs:"):
            channel.grants.actions(GOOD["grantee"](stack), 5)  # type: ignore[arg-type] - the mistake

    def test_one_by_one_are_taken(self, stack: Stack) -> None:
        """
        The call that the message shows is right.
        """
        role = GOOD["grantee"](stack)
        grant = ivs.Channel(stack, "Channel").grants.actions(role, "GetChannel", "StopStream")
        assert grant.principal_statement is not None
        assert grant.principal_statement.actions == ["ivs:GetChannel", "ivs:StopStream"]


class TestScopes:
    @pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not ivs.TaggedGrants])
    def test_of_list_all_are_in_a_stack(self, app: App, kind: Any) -> None:
        """
        An app has no account and Region.
        """
        role = Role(Stack(app, "Stack"), "Role", assumed_by=ServicePrincipal("ec2.amazonaws.com"))
        for scope in (app, Construct(app, "Group")):
            with pytest.raises(ValidationError) as caught:
                kind.list_all(scope, role)
            assert str(caught.value) == (
                "'scope' must be a stack or a construct in one, got an object of type "
                f"'{type(scope).__name__}' outside of stacks; "
                "create a Stack in the app and use that "
                "[cdk-ivs:NoStack]"
            )
        assert [child.node.id for child in role.node.children] == ["Resource"]

    def test_of_connection_tokens_are_in_a_stack(self, app: App) -> None:
        """
        An app has no connection tokens.
        """
        role = Role(Stack(app, "Stack"), "Role", assumed_by=ServicePrincipal("ec2.amazonaws.com"))
        with pytest.raises(ValidationError) as caught:
            ivs.StageGrants.revoke_connection_token(app, role)
        assert caught.value.code == "NoStack"
        assert [child.node.id for child in role.node.children] == ["Resource"]

    def test_of_tagged_grants_are_in_a_stack(self, app: App) -> None:
        """
        Nor is there one for resources that an application makes.
        """
        with pytest.raises(ValidationError) as caught:
            ivs.TaggedGrants(app, tags={"app": "ugc"})
        assert caught.value.code == "NoStack"


class TestSecrets:
    """What looks like a key is not shown: a message may end in a log."""

    KEY = "-----BEGIN PRIVATE KEY-----\nMIG2\n-----END PRIVATE KEY-----"
    HIDDEN = r"got a string of \d+ characters that may contain a key"

    @pytest.mark.parametrize("prefix", ["", "ivs:List", "ivs:*"])
    def test_as_an_action_are_not_shown(self, stack: Stack, prefix: str) -> None:
        """
        A key in place of the name of an action is left out of the error.
        """
        channel = ivs.Channel(stack, "Channel")
        with pytest.raises(ValidationError, match=self.HIDDEN) as caught:
            channel.grants.actions(GOOD["grantee"](stack), prefix + self.KEY)
        assert "MIG2" not in str(caught.value)

    def test_as_a_grantee_are_not_shown(self, stack: Stack) -> None:
        """
        So it is with a grantee.
        """
        with pytest.raises(ValidationError, match=self.HIDDEN) as caught:
            ivs.Channel(stack, "Channel").grants.read(self.KEY)  # type: ignore[arg-type] - the mistake
        assert "MIG2" not in str(caught.value)

    def test_as_tags_are_not_shown(self, stack: Stack) -> None:
        """
        The statement that a role must have by other means is shown without a tag that may be a key.
        """
        role = Role.from_role_arn(stack, "Role", IMMUTABLE, mutable=False)
        ivs.TaggedGrants(stack, tags={"app": "ugc", "key": "0a1b2c3d" * 12}).manage_rooms(role)
        text = " ".join(text for _, text in warnings_of(stack))
        assert '"aws:ResourceTag/app": "ugc"' in text
        assert "<hidden, as it may be a key>" in text
        assert "0a1b2c3d" not in text

    def test_as_keys_of_tags_are_not_shown(self, stack: Stack) -> None:
        """
        And with the keys of tags that policies do not tell apart.
        """
        with pytest.raises(ValidationError, match=self.HIDDEN) as caught:
            ivs.TaggedGrants(stack, tags={self.KEY: "a", self.KEY.swapcase(): "b"})
        assert "MIG2" not in str(caught.value)
