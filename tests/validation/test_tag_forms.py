"""Tags in the forms of other APIs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import CfnTag, Stack
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_s3 import Bucket
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from tests.support.arns import arn
from tests.support.attachments import with_ads
from tests.support.keys import P384_PEM

TAILOR = arn("playbackConfiguration/ads", service="mediatailor")
# What each construct needs beside tags.
NEEDS: dict[Any, Callable[[Stack], dict[str, Any]]] = {
    ivs.AdConfiguration: lambda _: {"playback_configurations": [TAILOR]},
    ivs.Channel: lambda _: {},
    ivs.EncoderConfiguration: lambda _: {},
    ivs.FailoverSlateConfiguration: lambda _: {},
    ivs.IngestConfiguration: lambda _: {},
    ivs.PlaybackKeyPair: lambda _: {"public_key_material": P384_PEM},
    ivs.PlaybackRestrictionPolicy: lambda _: {},
    ivs.PublicKey: lambda _: {"public_key_material": P384_PEM},
    ivs.RecordingConfiguration: lambda stack: {"bucket": Bucket(stack, "Bucket")},
    ivs.SigningKey: lambda _: {},
    ivs.Stage: lambda _: {},
    ivs.StorageConfiguration: lambda stack: {"bucket": Bucket(stack, "Bucket")},
    ivs.StreamKey: lambda stack: {"channel": ivs.Channel(stack, "Channel")},
    ivs.TaggedGrants: lambda _: {},
    chat.LoggingConfiguration: lambda stack: {
        "destination": chat.LoggingDestination.cloud_watch_logs(LogGroup(stack, "Group"))
    },
    chat.Room: lambda _: {},
}
LISTS: list[object] = [
    [CfnTag(key="team", value="video")],
    [{"Key": "team", "Value": "video"}],
    [("team", "video")],
    (CfnTag(key="team", value="video"),),
    CfnTag(key="team", value="video"),
    [],
    "team=video",
    5,
]
KINDS = [
    pytest.param(kind, id=kind.__name__, marks=[with_ads] if kind is ivs.AdConfiguration else [])
    for kind in NEEDS
]


def make(kind: Any, stack: Stack, tags: object) -> object:
    """A construct with tags, or grants for them. What is refused leaves the tree as it was."""
    others = NEEDS[kind](stack)
    before = [child.node.id for child in stack.node.children]
    try:
        if kind is ivs.TaggedGrants:
            return kind(stack, tags=tags)
        return kind(stack, "New", tags=tags, **others)
    except ValidationError:
        assert [child.node.id for child in stack.node.children] == before
        raise
    finally:
        for child in before:
            stack.node.try_remove_child(child)


class TestKinds:
    def test_are_all_that_take_tags(self) -> None:
        """
        There is every public class whose constructor takes tags, but for the props.
        """
        public = [getattr(module, name) for module in (ivs, chat) for name in module.__all__]
        assert {
            kind
            for kind in public
            if inspect.isclass(kind)
            and (issubclass(kind, Construct) or kind is ivs.TaggedGrants)
            and "tags" in inspect.signature(kind.__init__).parameters
        } == set(NEEDS)


@pytest.mark.parametrize("kind", KINDS)
class TestForms:
    def test_of_other_types_are_refused(self, stack: Stack, kind: Any) -> None:
        """
        Whatever is no mapping is answered with the form that is meant.
        """
        for tags in LISTS:
            with pytest.raises(TypeError) as caught:
                make(kind, stack, tags)
            assert str(caught.value).startswith(
                f"'tags' must be Mapping[str, str], got '{type(tags).__name__}'; use a dictionary "
                'such as {"team": "video"} [cdk-ivs:ArgumentType'
            )

    @pytest.mark.parametrize("names", [("Key", "Value"), ("value", "key")])
    def test_of_one_tag_are_refused(self, stack: Stack, kind: Any, names: tuple[str, str]) -> None:
        """
        A tag as the API has it would be two tags, with the names of its parts as keys.
        """
        with pytest.raises(ValidationError) as caught:
            make(kind, stack, dict(zip(names, ("team", "video"), strict=True)))
        assert caught.value.code == "TagForm"
        assert caught.value.message == (
            f"'tags' must have values by keys, got the two tags '{names[0]}' and '{names[1]}'; use "
            'a dictionary such as {"team": "video"}'
        )

    @pytest.mark.parametrize(
        "tags", [{"team": "video"}, {"Key": "team"}, {"Value": "a", "Key": "b", "team": "c"}]
    )
    def test_that_are_right_are_taken(self, stack: Stack, kind: Any, tags: dict[str, str]) -> None:
        """
        The form of the message is right, and one of the names is a key like any other.
        """
        assert isinstance(make(kind, stack, tags), kind)
