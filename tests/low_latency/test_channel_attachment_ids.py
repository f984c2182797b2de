"""The logical IDs of attachments to channels, and the names of their permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aws_cdk import App, Fn, Stack

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import arn
from tests.support.attachments import (
    ATTACHMENT,
    CHANNEL,
    PERMISSION,
    known_ads,
    known_policy,
    known_slate,
    with_ads,
)
from tests.support.oracles import resources_of
from tests.support.resolving import value_of
from tests.support.tokens import token

if TYPE_CHECKING:
    from collections.abc import Callable

OTHER = arn("channel/ZyXwvu9T8srq")


def ids_of(stack: Stack) -> tuple[set[str], set[str]]:
    """The logical ids of the attachments and of their permissions."""
    return set(resources_of(stack, ATTACHMENT)), set(resources_of(stack, PERMISSION))


class TestLogicalIds:
    """Of attachments to channels that the app does not create."""

    @pytest.mark.parametrize("channel_arn", [CHANNEL, token("ChannelArn")], ids=["known", "token"])
    @pytest.mark.parametrize("move", ["id", "scope"])
    def test_stay_where_the_reference_moves(self, channel_arn: str, move: str) -> None:
        """
        Under another id or in another scope, the attachment is the same resource.
        """
        before, after = Stack(App(), "Stack"), Stack(App(), "Stack")
        channel = ivs.Channel.from_channel_arn(before, "Channel", channel_arn)
        channel.attach_playback_restriction_policy(known_policy(before))
        scope = ivs.Channel(after, "Scope") if move == "scope" else after
        channel = ivs.Channel.from_channel_arn(scope, "Moved", channel_arn)
        channel.attach_playback_restriction_policy(known_policy(after))
        old, new = ids_of(before), ids_of(after)
        assert old == new
        assert len(old[0]) == len(old[1]) == 1

    @with_ads
    def test_differ_by_channel_and_operation(self, stack: Stack) -> None:
        """
        Two channels with a policy, ads and a slate each have six attachments and six permissions.
        """
        for id, channel_arn in (("A", CHANNEL), ("B", OTHER)):
            channel = ivs.Channel.from_channel_arn(stack, id, channel_arn)
            channel.attach_playback_restriction_policy(known_policy(stack, f"{id}Policy"))
            channel.attach_ad_configuration(known_ads(stack, f"{id}Ads"))
            channel.attach_failover_slate_configuration(known_slate(stack, f"{id}Slate"))
        assert [len(ids) for ids in ids_of(stack)] == [6, 6]

    @pytest.mark.parametrize(
        "channel_arn",
        [lambda: CHANNEL, lambda: Fn.import_value("Channel")],
        ids=["known", "token"],
    )
    def test_are_refused_twice(self, stack: Stack, channel_arn: Callable[[], str]) -> None:
        """
        A channel that is imported twice has one attachment, until that is removed.
        """
        first, second = (
            ivs.Channel.from_channel_arn(stack, id, channel_arn()) for id in ("First", "Second")
        )
        first.attach_playback_restriction_policy(known_policy(stack))
        with pytest.raises(ValidationError, match="must be the only one") as error:
            second.attach_playback_restriction_policy(known_policy(stack, "Other"))
        assert error.value.code == "SecondAttachment"
        assert "in addition to 'Stack/First/AttachPlaybackRestrictionPolicy'" in error.value.message
        assert second.node.children == []
        first.node.try_remove_child("AttachPlaybackRestrictionPolicy")
        second.attach_playback_restriction_policy(known_policy(stack, "Third"))
        assert [len(ids) for ids in ids_of(stack)] == [1, 1]

    def test_have_no_text_of_tokens(self) -> None:
        """
        A token has another number in every app, and the logical ids are the same.
        """
        ids = []
        for number in range(2):
            stack = Stack(App(), "Stack")
            for index in range(number * 5):
                assert ivs.Channel(stack, f"Unrelated{index}").channel_arn
            channel = ivs.Channel.from_channel_arn(stack, "Channel", Fn.import_value("Channel"))
            channel.attach_playback_restriction_policy(known_policy(stack))
            ids.append((*ids_of(stack), names_of(stack)))
        assert ids[0] == ids[1]


def names_of(stack: Stack) -> list[object]:
    """The names of the permissions."""
    return [
        policy["Properties"]["PolicyName"] for policy in resources_of(stack, PERMISSION).values()
    ]


class TestPermission:
    def test_outlives_a_parameter_that_changes(self, stack: Stack) -> None:
        """
        Another channel in the parameter is another name, and so another policy, whereas the
        attachment is updated: CloudFormation deletes the earlier policy in its clean-up.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", token("ChannelArn"))
        channel.attach_playback_restriction_policy(known_policy(stack))
        (name,) = names_of(stack)
        names = [value_of(name, {"ChannelArn": each}) for each in (CHANNEL, OTHER)]
        assert names[0].removesuffix("-AbCdef1G2hij") == names[1].removesuffix("-ZyXwvu9T8srq")
        assert names[0] != names[1]

    def test_has_a_plain_name_for_a_dynamic_reference(self, stack: Stack) -> None:
        """
        CloudFormation cannot take an id out of what it resolves.
        """
        channel = ivs.Channel.from_channel_arn(stack, "Channel", "{{resolve:ssm:/channel}}")
        channel.attach_playback_restriction_policy(known_policy(stack))
        (name,) = names_of(stack)
        assert isinstance(name, str)
        assert "resolve" not in name
