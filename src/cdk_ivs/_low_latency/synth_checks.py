"""Checks of channels, stream keys and key pairs at synthesis, which need the whole app."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aws_cdk import Reference, Stack, Tokenization
from aws_cdk.aws_ivs import CfnChannel, CfnPlaybackKeyPair, CfnStreamKey

from cdk_ivs._core.annotations import warn_unless_acknowledged
from cdk_ivs._core.synth_validation import resources_in
from cdk_ivs._core.tracked_cfn import TrackedCfn, is_as_created
from cdk_ivs._core.tree import TreeState, is_in_tree, scope_info
from cdk_ivs._validation.arns import Arn
from cdk_ivs._validation.errors import ValidationError, safe_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constructs import Construct

# The playback key pairs that each app refers to.
_EXISTING_KEY_PAIRS: TreeState[list[Construct]] = TreeState(lambda _: [])


def register_existing_key_pair(key_pair: Construct) -> None:
    """Register a playback key pair that the app refers to and does not create."""
    _EXISTING_KEY_PAIRS.of(scope_info(key_pair).root).append(key_pair)


def check_key_pairs(root: Construct, channels: Sequence[Any]) -> Iterator[ValidationError]:
    """Warn if there are private channels, and no playback key pair in the whole app."""
    app = scope_info(root).root
    if any(map(is_in_tree, _EXISTING_KEY_PAIRS.of(app))) or resources_in(
        app.construct, "AWS::IVS::PlaybackKeyPair", CfnPlaybackKeyPair
    ):
        return
    for channel in channels:
        # An aspect can make the channel public.
        if channel._ivs_cfn.authorized is True and is_in_tree(channel):
            warn_unless_acknowledged(
                channel,
                "cdk-ivs:AuthorizedWithoutKeyPair",
                "viewers of a channel with 'authorized' True need tokens, and the app has no "
                "playback key pair that verifies them; create a PlaybackKeyPair, or import one "
                "of the account with PlaybackKeyPair.from_playback_key_pair_arn()",
            )
            return
    yield from ()


def check_stream_keys(root: Construct, _: Sequence[Any]) -> Iterator[ValidationError]:
    """Refuse a second stream key of a channel that the constructor could not refuse."""
    keys = resources_in(root, "AWS::IVS::StreamKey", CfnStreamKey)
    # The constructors refuse all other cases.
    if all(map(is_as_created, keys)):
        return
    by_channel: dict[str, list[CfnStreamKey]] = {}
    for key in keys:
        # A condition can decide that only one of the keys is created.
        if key.cfn_options.condition is not None:
            continue
        by_channel.setdefault(_channel_of(key.channel_arn, key), []).append(key)
    for group in by_channel.values():
        others = [key for key in group if not is_as_created(key)]
        # Two L1s without a construct of this library are left to the author of the app.
        if len(group) > 1 and others and any(isinstance(key, TrackedCfn) for key in group):
            error = ValidationError(
                "'channel' must be a channel with one stream key, got one with "
                f"{' and '.join(_quoted(key) for key in group)}; remove all except one",
                code="SecondStreamKey",
            )
            error.path = safe_text(others[-1].node.path)
            yield error


def _quoted(key: CfnStreamKey) -> str:
    return f"'{safe_text(key.node.path)}'"


def check_rotated_keys(
    root: Construct, rotations: Sequence[tuple[Construct, str]]
) -> Iterator[ValidationError]:
    """Refuse a stream key of a channel that has a rotation, which the constructor did not see."""
    if not any(is_in_tree(rotation) for rotation, _ in rotations):
        return
    keys = {
        _channel_of(key.channel_arn, key): key
        for key in resources_in(root, "AWS::IVS::StreamKey", CfnStreamKey)
        # A condition can decide that the key is not created.
        if key.cfn_options.condition is None
    }
    if not keys:
        return
    for rotation, channel_arn in rotations:
        key = keys.get(_channel_of(channel_arn, rotation))
        if key is not None and is_in_tree(rotation):
            error = ValidationError(
                f"'channel' must be a channel without a stream key, got one with {_quoted(key)}, "
                "whose value CloudFormation would restore; remove that key, and use the 'secret' "
                "of this construct",
                code="SecondStreamKey",
            )
            error.path = safe_text(rotation.node.path)
            yield error


def _channel_of(arn: str, construct: Construct) -> str:
    """
    Return a text that identifies a channel: the address of its L1, or its ARN.

    Args:
        arn: The ARN of the channel.
        construct: The construct that has the ARN.
    """
    if Arn.parse(arn).is_concrete:
        return arn
    token = Tokenization.reverse_string(arn).first_token
    if isinstance(token, Reference) and isinstance(token.target, CfnChannel):
        return token.target.node.addr
    # The token can resolve to another ARN in another stack.
    stack = Stack.of(construct)
    return f"{stack.node.addr} {json.dumps(stack.resolve(arn))}"
