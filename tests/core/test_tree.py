"""What is known of the scopes in which constructs are created."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from aws_cdk import App, Stack
from aws_cdk.aws_s3 import Bucket
from constructs import Construct, IConstruct

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import chat
from cdk_ivs._core.tree import is_child, is_in_tree, scope_info
from tests.support.arns import arn
from tests.support.included import included_channels, stack_of_javascript


class TestScope:
    def test_of_a_stack_of_javascript_is_one(self, stack: Stack) -> None:
        """
        However often Python reads it, a stack that JavaScript created is one scope, and the
        stack of what is in it.
        """
        inner = stack_of_javascript(stack, "Included")
        again = stack.node.find_child("Included").node.find_child("Nested")
        assert again is not inner
        scope = scope_info(inner)
        assert scope_info(again) is scope
        assert scope.stack is scope
        assert scope_info(Construct(again, "Group")).stack is scope
        assert scope.root is scope_info(stack).root

    def test_of_another_construct_of_javascript_is_another(self, stack: Stack) -> None:
        """
        Two constructs that JavaScript created are two scopes in the same stack.
        """
        scopes = [scope_info(channel) for channel in included_channels(stack, "Included")]
        assert scopes[0] is not scopes[1]
        assert {scope.stack for scope in scopes} == {scope_info(stack)}

    def test_of_a_replacement_is_another(self, stack: Stack) -> None:
        """
        A construct in the place of one that was removed is another scope.
        """
        removed = scope_info(Bucket.from_bucket_name(stack, "Bucket", "videos"))
        stack.node.try_remove_child("Bucket")
        assert scope_info(Bucket.from_bucket_name(stack, "Bucket", "videos")) is not removed

    @pytest.mark.parametrize("first", ["app", "stack"])
    def test_in_an_app_of_javascript_has_one_root(self, first: str) -> None:
        """
        The stacks in an app that JavaScript created have that app in common.
        """
        stack = Stack()
        asked: IConstruct = stack.node.root if first == "app" else stack
        root = scope_info(asked).root
        assert scope_info(stack.node.root) is root
        assert scope_info(stack).root is root
        assert scope_info(Stack(stack.node.root, "Other")).root is root

    @pytest.mark.parametrize("creator", ["Python", "JavaScript"])
    def test_of_a_reference_in_an_app_is_in_the_scope_of_the_app(
        self, app: App, creator: str
    ) -> None:
        """
        A reference directly in an app has the app as its root, also if it is asked for first.
        """
        outer = app if creator == "Python" else Stack().node.root
        channel = ivs.Channel.from_channel_arn(outer, "Channel", arn("channel/AbCdef1G2hij"))
        root = scope_info(channel).root
        assert root.construct.node.addr == outer.node.addr
        assert scope_info(outer) is root
        assert scope_info(Stack(outer, "Stack")).root is root
        assert scope_info(channel).stack is None

    def test_in_another_app_has_another_root(self) -> None:
        """
        Two apps have nothing in common, whoever created them.
        """
        stacks = [Stack(App(), "Stack"), Stack(App(), "Stack"), Stack(), Stack()]
        roots = [scope_info(stack).root for stack in stacks]
        assert len(set(roots)) == 4
        before = [set(root.state or {}) for root in roots]
        ivs.Channel(stacks[0], "Channel").add_stream_key("Key")
        assert set(roots[0].state or {}) > before[0]
        assert [set(root.state or {}) for root in roots[1:]] == before[1:]

    def test_below_a_known_scope_takes_two_messages(self, stack: Stack) -> None:
        """
        All the scopes around a construct are asked for at once, however deep it is.
        """
        assert scope_info(stack)
        inner = Construct(Construct(Construct(stack, "A"), "B"), "C")
        with sent_messages() as messages:
            scope_info(inner)
            scope_info(inner)
        assert len(messages) == 2

    @pytest.mark.parametrize("value", ["Stack", 5, None, Stack])
    def test_of_no_construct_is_refused(self, value: Any) -> None:
        """
        A text, a number, and a class are no scopes.
        """
        with pytest.raises(TypeError, match="'scope' must be a construct, got"):
            scope_info(value)


def python_bucket(scope: Construct, id: str) -> IConstruct:
    """A construct that Python created."""
    return Bucket(scope, id)


def imported_bucket(scope: Construct, id: str) -> IConstruct:
    """A construct that JavaScript created."""
    return Bucket.from_bucket_name(scope, id, "videos")


def channel(scope: Construct, id: str) -> IConstruct:
    """A construct of this library."""
    return ivs.Channel(scope, id)


@pytest.mark.parametrize("create", [python_bucket, imported_bucket, channel])
class TestTree:
    def test_has_what_was_created(
        self, stack: Stack, create: Callable[[Construct, str], IConstruct]
    ) -> None:
        """
        A construct is in the tree where it was created, also below another and with a slash in
        its id.
        """
        assert is_in_tree(create(stack, "One"))
        assert is_in_tree(create(Construct(stack, "Group"), "a/b"))

    def test_has_no_more_what_was_removed(
        self, stack: Stack, create: Callable[[Construct, str], IConstruct]
    ) -> None:
        """
        A construct that was removed is not in the tree.
        """
        construct = create(stack, "One")
        stack.node.try_remove_child("One")
        assert not is_in_tree(construct)

    def test_tells_a_replacement_from_what_it_replaces(
        self, stack: Stack, create: Callable[[Construct, str], IConstruct]
    ) -> None:
        """
        Of two constructs with one path, only the one that was created last is in the tree.
        """
        removed = create(stack, "One")
        stack.node.try_remove_child("One")
        replacement = create(stack, "One")
        assert is_in_tree(replacement)
        assert not is_in_tree(removed)

    def test_tells_a_child_from_what_stands_in_its_place(
        self, stack: Stack, create: Callable[[Construct, str], IConstruct]
    ) -> None:
        """
        A construct is the child under an id until it is removed, and not when another has the id.
        """
        child = create(stack, "One")
        assert is_child(child, stack, "One")
        stack.node.try_remove_child("One")
        assert not is_child(child, stack, "One")
        replacement = create(stack, "One")
        assert is_child(replacement, stack, "One")
        assert not is_child(child, stack, "One")

    def test_has_no_more_what_is_in_what_was_removed(
        self, stack: Stack, create: Callable[[Construct, str], IConstruct]
    ) -> None:
        """
        A construct whose scope was replaced is not in the tree; one in the new scope is.
        """
        removed = create(Construct(stack, "Group"), "One")
        stack.node.try_remove_child("Group")
        assert not is_in_tree(removed)
        replacement = create(Construct(stack, "Group"), "One")
        assert is_in_tree(replacement)
        assert not is_in_tree(removed)


class TestRoot:
    def test_is_in_the_tree(self, app: App) -> None:
        """
        The outermost construct is in no other, and so cannot be removed.
        """
        assert is_in_tree(app)

    @pytest.mark.parametrize("of", ["Python", "JavaScript"])
    def test_may_hold_a_reference_before_anything_else(self, of: str) -> None:
        """
        What is created in the app itself, before anything is asked of that, is under the same
        root as what is created in a stack.
        """
        stack = Stack(App(), "Stack") if of == "Python" else Stack()
        app = cast("Construct", stack.node.root)
        arn = "arn:aws:ivs:us-west-2:123456789012:channel/AbCdef1G2hij"
        reference = ivs.Channel.from_channel_arn(app, "Existing", arn)
        channel = ivs.Channel(stack, "Channel")
        root = scope_info(channel).root
        assert scope_info(reference).root is root
        assert scope_info(cast("Construct", stack.node.root)).root is root


def _create_some(count: int) -> None:
    """Create constructs of many kinds in an app of their own, which is dropped."""
    stack = Stack(App(), "Stack")
    for number in range(count):
        channel = ivs.Channel(stack, f"Channel{number}")
        channel.add_stream_key("Key")
        channel.attach_playback_restriction_policy(
            ivs.PlaybackRestrictionPolicy(stack, f"Policy{number}")
        )
        ivs.ChannelAlarms(stack, f"Alarms{number}", channel=channel)
        bucket = Bucket(stack, f"Bucket{number}")
        ivs.RecordingConfiguration(stack, f"Recording{number}", bucket=bucket)
        storage = ivs.StorageConfiguration(stack, f"Storage{number}", bucket=bucket)
        recording = ivs.ParticipantRecording(storage_configuration=storage)
        stage = ivs.Stage(stack, f"Stage{number}", participant_recording=recording)
        assert stage.endpoints.whip
        stage.add_ingest_configuration("Ingest")
        chat.Room(stack, f"Room{number}")


def _sizes() -> dict[str, int]:
    """How much the containers of the library's modules, classes and functions hold."""
    found: dict[str, int] = {}
    for module_name, module in sorted(sys.modules.items()):
        if module is not None and module_name.split(".")[0] == "cdk_ivs":
            for name, value in _containers(vars(module), module_name):
                found[name] = len(value)
    return found


def _containers(names: dict[str, Any], prefix: str, depth: int = 2) -> Iterator[tuple[str, Any]]:
    for name, value in list(names.items()):
        path = f"{prefix}.{name}"
        if name.startswith("__"):
            continue
        if isinstance(value, (dict, list, set)):
            yield path, value
        elif hasattr(value, "cache_info"):
            yield path, range(value.cache_info().currsize)
        elif (
            depth
            and isinstance(value, type)
            and getattr(value, "__module__", "").startswith("cdk_ivs")
        ):
            yield from _containers(dict(vars(value)), path, depth - 1)


class TestState:
    def test_is_in_no_module(self) -> None:
        """
        Nothing that a module holds grows with the constructs of an app: it dies with the app.
        """
        _create_some(1)
        before = _sizes()
        assert before
        _create_some(3)
        assert _sizes() == before

    def test_is_held_by_the_app_alone(self) -> None:
        """
        What is known of an app is known from its constructs only, which jsii alone keeps.
        """
        app = App()
        scope = scope_info(Stack(app, "Stack")).root
        gc.collect()
        holders = [
            holder
            for holder in gc.get_referrers(scope)
            if isinstance(holder, dict) and "__name__" in holder
        ]
        assert holders == []
