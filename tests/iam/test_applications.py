"""
What applications need that create resources while they run, and that they get no more.

Each policy is evaluated by a simulator of IAM: see tests.support.simulation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_iam import IGrantable

import cdk_ivs as ivs
from tests.iam.resources import ENCODER, STORAGE, place
from tests.support.arns import arn
from tests.support.simulation import Request, decisions

CHANNEL = arn("channel/AbCdef1G2hij")
COMPOSITION = arn("composition/CdEfgh5I6jkl")
KEY = arn("stream-key/EfGhij7K8lmn")
PUBLIC_KEY = arn("public-key/GhIjkl9M0nop")
ROOM = arn("room/IjKlmn1O2pqr", service="ivschat")
STAGE = arn("stage/KlMnop3Q4rst")

OURS = {"app": "ugc"}
OTHERS = {"app": "shop"}
NONE: dict[str, str] = {}
MORE = {"app": "ugc", "user": "ada"}


def statements(give: Callable[[Stack, ivs.TaggedGrants, IGrantable], object]) -> list[Any]:
    """The policy of a role that gets some grants."""
    stack, role = place()
    give(stack, ivs.TaggedGrants(stack, tags=OURS), role)
    (policy,) = Template.from_stack(stack).find_resources("AWS::IAM::Policy").values()
    found: list[Any] = policy["Properties"]["PolicyDocument"]["Statement"]
    return found


def check(policy: list[Any], *, allowed: list[Request], denied: list[Request]) -> None:
    """Whether a policy allows some requests, and denies others."""
    found = decisions(policy, [*allowed, *denied])
    pairs = [*zip([*allowed, *denied], found, strict=True)]
    assert [request for request, is_allowed in pairs if is_allowed] == allowed
    assert [request for request, is_allowed in pairs if not is_allowed] == denied


class TestOneIntent:
    """A function that does one thing can do nothing else."""

    def test_sends_events(self) -> None:
        """
        A function that sends events sends them to rooms with the tags, and does nothing else.
        """
        policy = statements(lambda _, tagged, role: tagged.send_event(role))
        assert [statement["Action"] for statement in policy] == ["ivschat:SendEvent"]
        check(
            policy,
            allowed=[
                Request("ivschat:SendEvent", ROOM, OURS),
                Request("ivschat:SendEvent", ROOM, MORE),
            ],
            denied=[
                Request("ivschat:SendEvent", ROOM, OTHERS),
                Request("ivschat:SendEvent", ROOM, NONE),
                Request("ivschat:SendEvent", ROOM, {"user": "ugc"}),
                Request("ivschat:CreateChatToken", ROOM, OURS),
                Request("ivschat:DeleteMessage", ROOM, OURS),
                Request("ivschat:DeleteRoom", ROOM, OURS),
                Request("ivschat:GetRoom", ROOM, OURS),
                Request("ivschat:TagResource", ROOM, OURS, gives=OURS),
            ],
        )

    @pytest.mark.parametrize(
        ("method", "action", "resource", "others"),
        [
            (
                "create_participant_token",
                "ivs:CreateParticipantToken",
                STAGE,
                ["ivs:DisconnectParticipant", "ivs:DeleteStage", "ivs:GetStage", "ivs:UpdateStage"],
            ),
            (
                "create_chat_token",
                "ivschat:CreateChatToken",
                ROOM,
                ["ivschat:DisconnectUser", "ivschat:SendEvent", "ivschat:UpdateRoom"],
            ),
        ],
    )
    def test_creates_tokens(
        self, method: str, action: str, resource: str, others: list[str]
    ) -> None:
        """
        A function that creates tokens does so for what has the tags, and does nothing else.
        """
        policy = statements(lambda _, tagged, role: getattr(tagged, method)(role))
        assert [statement["Action"] for statement in policy] == [action]
        check(
            policy,
            allowed=[Request(action, resource, OURS)],
            denied=[
                Request(action, resource, OTHERS),
                Request(action, resource, NONE),
                *(Request(other, resource, OURS) for other in others),
            ],
        )


class TestStreamKey:
    """The key that a channel is created with has no tags, and its ARN does not name the channel."""

    LIST = "ivs:ListStreamKeys"
    CREATE = "ivs:CreateStreamKey"
    DELETE = "ivs:DeleteStreamKey"
    READ = "ivs:GetStreamKey"

    def test_is_reset(self) -> None:
        """
        A function that resets keys lists those of its channels, and replaces one, read by nobody.
        """
        check(
            statements(lambda _, tagged, role: tagged.reset_stream_key(role)),
            allowed=[
                Request(self.LIST, CHANNEL, OURS),
                Request(self.LIST, KEY),
                Request(self.DELETE, KEY, NONE),
                Request(self.DELETE, KEY, OURS),
                Request(self.CREATE, KEY, gives=OURS),
                Request("ivs:TagResource", KEY, gives=OURS),
            ],
            denied=[
                Request(self.LIST, CHANNEL, OTHERS),
                Request(self.LIST, CHANNEL, NONE),
                Request(self.DELETE, KEY, OTHERS),
                Request(self.CREATE, KEY, gives=OTHERS),
                Request(self.CREATE, KEY, gives=NONE),
                Request("ivs:TagResource", KEY, OTHERS, gives=OURS),
                Request(self.READ, KEY, NONE),
                Request(self.READ, KEY, OURS),
                Request("ivs:DeleteChannel", CHANNEL, OURS),
                Request("ivs:DeleteChannel", KEY, OURS),
                Request("ivs:StopStream", CHANNEL, OURS),
            ],
        )

    def test_is_not_deleted_by_its_tags(self) -> None:
        """
        A statement that asks for the tags, as TaggedGrants once had, does not allow a reset.
        """
        check(
            statements(lambda _, tagged, role: tagged.delete_stream_key(role)),
            allowed=[Request(self.DELETE, KEY, OURS)],
            denied=[Request(self.DELETE, KEY, NONE), Request(self.DELETE, KEY, OTHERS)],
        )

    @pytest.mark.parametrize("include", [False, True])
    def test_is_read_where_that_is_wanted(self, include: bool) -> None:
        """
        A key without tags is read with include_untagged only, and one of others never.
        """
        untagged = [Request(self.READ, KEY, NONE), Request(self.READ, KEY, {"user": "ada"})]
        check(
            statements(
                lambda _, tagged, role: tagged.manage_stream_keys(role, include_untagged=include)
            ),
            allowed=[Request(self.READ, KEY, OURS), *(untagged if include else [])],
            denied=[*([] if include else untagged), Request(self.READ, KEY, OTHERS)],
        )


class TestPool:
    """A pool of channels and stages is filled by a function that only creates."""

    @pytest.mark.parametrize(
        ("method", "create", "delete", "resources"),
        [
            ("create_channel", "ivs:CreateChannel", "ivs:DeleteChannel", [CHANNEL, KEY]),
            ("create_stage", "ivs:CreateStage", "ivs:DeleteStage", [STAGE]),
            ("create_room", "ivschat:CreateRoom", "ivschat:DeleteRoom", [ROOM]),
        ],
    )
    def test_is_filled(self, method: str, create: str, delete: str, resources: list[str]) -> None:
        """
        It creates with the tags, on every type that the action is authorized on, and not without.
        """
        tagging = f"{create.partition(':')[0]}:TagResource"
        first = resources[0]
        check(
            statements(lambda _, tagged, role: getattr(tagged, method)(role)),
            allowed=[
                *(Request(create, resource, gives=OURS) for resource in resources),
                *(Request(create, resource, gives=MORE) for resource in resources),
                Request(tagging, first, gives=OURS),
            ],
            denied=[
                Request(create, first, gives=NONE),
                Request(create, first, gives=OTHERS),
                Request(tagging, first, OTHERS, gives=OURS),
                Request(tagging, first, OURS, gives=OTHERS),
                *(Request(delete, resource, OURS) for resource in resources),
            ],
        )


class TestComposition:
    """Stages that were created while the application runs are composed."""

    START = "ivs:StartComposition"

    def policy(self) -> list[Any]:
        """To compose with an encoder and a storage configuration of the stack."""
        return statements(
            lambda stack, tagged, role: tagged.manage_compositions(
                role,
                encoder_configuration=ivs.EncoderConfiguration.from_encoder_configuration_arn(
                    stack, "Encoder", ENCODER
                ),
                storage_configuration=ivs.StorageConfiguration.from_storage_configuration_arn(
                    stack, "Storage", STORAGE
                ),
            )
        )

    def test_is_started_with_the_tags(self) -> None:
        """
        The stage, and a channel, must have the tags, and the encoder and the storage be those.
        """
        other = arn("encoder-configuration/OtherOne1234")
        check(
            self.policy(),
            allowed=[
                Request(self.START, STAGE, OURS, gives=OURS),
                Request(self.START, CHANNEL, OURS, gives=OURS),
                Request(self.START, ENCODER, gives=OURS),
                Request(self.START, STORAGE, gives=OURS),
                Request("ivs:TagResource", COMPOSITION, gives=OURS),
            ],
            denied=[
                Request(self.START, STAGE, OTHERS, gives=OURS),
                Request(self.START, STAGE, NONE, gives=OURS),
                Request(self.START, STAGE, OURS, gives=NONE),
                Request(self.START, CHANNEL, OTHERS, gives=OURS),
                Request(self.START, other, OURS, gives=OURS),
                Request(self.START, ENCODER, OURS, gives=NONE),
            ],
        )

    def test_is_stopped_if_it_has_the_tags(self) -> None:
        """
        Compositions of others in the account are neither read nor stopped.
        """
        actions = ("ivs:GetComposition", "ivs:StopComposition")
        check(
            self.policy(),
            allowed=[Request(action, COMPOSITION, OURS) for action in actions],
            denied=[
                Request(action, COMPOSITION, tags) for action in actions for tags in (OTHERS, NONE)
            ],
        )


class TestPublicKey:
    @pytest.mark.parametrize(
        ("method", "noun", "resource"),
        [
            ("manage_public_keys", "PublicKey", PUBLIC_KEY),
            ("manage_playback_key_pairs", "PlaybackKeyPair", arn("playback-key/MnOpqr5S6tuv")),
        ],
    )
    def test_is_rotated(self, method: str, noun: str, resource: str) -> None:
        """
        A new key is imported with the tags, and an old one that has them is deleted.
        """
        check(
            statements(lambda _, tagged, role: getattr(tagged, method)(role)),
            allowed=[
                Request(f"ivs:Import{noun}", resource, gives=OURS),
                Request("ivs:TagResource", resource, gives=OURS),
                Request(f"ivs:Get{noun}", resource, OURS),
                Request(f"ivs:Delete{noun}", resource, OURS),
            ],
            denied=[
                Request(f"ivs:Import{noun}", resource, gives=NONE),
                Request(f"ivs:Delete{noun}", resource, NONE),
                Request(f"ivs:Delete{noun}", resource, OTHERS),
            ],
        )
