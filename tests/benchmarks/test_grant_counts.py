"""How many messages to JavaScript permissions by tags take: each costs about 0.2 ms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from aws_cdk import Stack
from aws_cdk.aws_iam import IGrantable, Role, ServicePrincipal, User
from aws_cdk.aws_lambda import Code, Function, Runtime

import cdk_ivs as ivs
from tests.support.messages import count

# The statements that each method adds, by the keywords that it is given.
TAGGED_STATEMENTS = {
    "actions": 1,
    "create_channel": 2,
    "create_chat_token": 1,
    "create_participant_token": 1,
    "create_room": 2,
    "create_stage": 2,
    "create_stream_key": 2,
    "delete_channel": 2,
    "delete_playback_key_pair": 1,
    "delete_public_key": 1,
    "delete_room": 1,
    "delete_stage": 1,
    "delete_stream_key": 1,
    "disconnect_participant": 1,
    "import_playback_key_pair": 2,
    "import_public_key": 2,
    "insert_ad_break": 1,
    "manage_channels": 4,
    "manage_compositions": 3,
    "manage_playback_key_pairs": 3,
    "manage_public_keys": 3,
    "manage_rooms": 3,
    "manage_stages": 3,
    "manage_stream_keys": 6,
    "moderate": 1,
    "put_metadata": 1,
    "read_channel": 1,
    "read_composition": 1,
    "read_playback_key_pair": 1,
    "read_public_key": 1,
    "read_room": 1,
    "read_stage": 1,
    "read_stream_key": 1,
    "replicate_participants": 1,
    "reset_stream_key": 5,
    "revoke_viewer_sessions": 1,
    "send_event": 1,
    "start_composition": 2,
    "stop_composition": 1,
    "stop_stream": 1,
    "update_channel": 1,
    "update_room": 1,
    "update_stage": 1,
}


class TestTaggedGrants:
    def test_are_made_with_one(self, stack: Stack) -> None:
        """
        The first in a stack asks for the form of its ARNs, and others for nothing.
        """
        tags = {"app": "ugc", "team": "live"}
        assert [count(lambda: ivs.TaggedGrants(stack, tags=tags)) for _ in range(2)] == [1, 0]

    def test_have_all_methods(self) -> None:
        """
        Each method is counted.
        """
        names = {name for name in dir(ivs.TaggedGrants) if not name.startswith("_")}
        assert names == set(TAGGED_STATEMENTS)

    @pytest.mark.parametrize(
        ("grantee", "more"),
        [
            (
                lambda stack: Role(
                    stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com")
                ),
                0,
            ),
            (lambda stack: User(stack, "User"), 0),
            (
                lambda stack: Function(
                    stack,
                    "Function",
                    code=Code.from_inline("handle = None"),
                    handler="index.handle",
                    runtime=Runtime.PYTHON_3_13,
                ),
                1,
            ),
            (lambda stack: Role.from_role_name(stack, "Role", "backend"), 5),
        ],
        ids=["role", "user", "function", "imported role"],
    )
    def test_take_one_for_each_statement(
        self, stack: Stack, grantee: Callable[[Stack], IGrantable], more: int
    ) -> None:
        """
        One for each statement, and one for the role of a function.

        An imported role takes five: whether it got the policy is looked at, and warned about.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        given = grantee(stack)
        arguments = {"actions": ["GetStage"]}
        counts = {
            name: count(lambda name=name: getattr(grants, name)(given, *arguments.get(name, [])))
            for name in TAGGED_STATEMENTS
        }
        assert counts == {name: number + more for name, number in TAGGED_STATEMENTS.items()}

    def test_with_the_arn_of_a_resource(self, stack: Stack) -> None:
        """
        The ARN of an encoder configuration takes one, once.
        """
        grants = ivs.TaggedGrants(stack, tags={"app": "ugc"})
        role = Role(stack, "Role", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
        encoder = ivs.EncoderConfiguration(stack, "Encoder")
        counts = [
            count(lambda: grants.start_composition(role, encoder_configuration=encoder))
            for _ in range(2)
        ]
        assert counts == [3 + 1, 3]
