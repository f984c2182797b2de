"""Calls with arguments that a class or a method does not take."""

from __future__ import annotations

import copy
import enum
import inspect
import pickle
from typing import Any

import pytest
from aws_cdk import Resource, Stack, aws_ivs, aws_ivschat
from constructs import Construct

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError, chat
from cdk_ivs._core.props import Options
from cdk_ivs._core.public_calls import make_public
from tests.support.arns import arn
from tests.support.attachments import with_ads
from tests.support.keys import P384_PEM
from tests.support.reflection import CLASSES

RECORDING_ARN = arn("recording-configuration/AbCdef1G2hij")

MADE = {
    name: kind
    for name, kind in CLASSES.items()
    if "__init__" in vars(kind) and not issubclass(kind, (enum.Enum, Exception))
}
CONSTRUCTS = {name: kind for name, kind in MADE.items() if issubclass(kind, Construct)}
VALUES = {name: kind for name, kind in MADE.items() if issubclass(kind, Options)}


def allowed(kind: type) -> list[str]:
    """The names of the parameters of a class."""
    return list(inspect.signature(kind.__init__).parameters)[1:]


class TestConstructs:
    @pytest.mark.parametrize("kind", CONSTRUCTS.values(), ids=CONSTRUCTS)
    def test_name_the_keyword_that_they_do_not_have(self, stack: Stack, kind: Any) -> None:
        """
        An unknown keyword is refused with all that there are, the path and the code.
        """
        with pytest.raises(TypeError) as error:
            kind(stack, "It", qqqq=1)
        assert str(error.value) == (
            f"{kind.__name__} has no parameter 'qqqq' (allowed: {', '.join(allowed(kind))}) "
            "[cdk-ivs:ArgumentType at 'Stack/It']"
        )
        assert isinstance(error.value, ValidationError)
        assert stack.node.children == []

    @pytest.mark.parametrize("kind", CONSTRUCTS.values(), ids=CONSTRUCTS)
    def test_take_no_third_argument_by_position(self, stack: Stack, kind: Any) -> None:
        """
        Only scope and id are given by position, and the message says so.
        """
        with pytest.raises(
            TypeError,
            match=f"{kind.__name__} takes only 'scope' and 'id' by position, and keywords, "
            "got 3 arguments by position",
        ):
            kind(stack, "It", "name")
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("name", "channel_name"),
            ("channelName", "channel_name"),
            ("chanel_name", "channel_name"),
            ("latencyMode", "latency_mode"),
            ("latency", "latency_mode"),
            ("recording_configuration_arn", "recording_configuration"),
        ],
    )
    def test_know_what_was_meant(self, stack: Stack, typed: str, meant: str) -> None:
        """
        The nearest keyword is the one that the name ends, begins or looks like.
        """
        with pytest.raises(
            TypeError, match=f"Channel has no parameter '{typed}'; the nearest is '{meant}'"
        ):
            ivs.Channel(stack, "Channel", **{typed: "x"})  # type: ignore[arg-type] - the mistake

    @pytest.mark.parametrize(
        ("value", "call"),
        [
            (RECORDING_ARN, f"""(self, "…", '{RECORDING_ARN}')"""),
            (5, '(self, "…", "…")'),
        ],
        ids=["arn", "other"],
    )
    def test_say_how_an_arn_is_given(self, stack: Stack, value: Any, call: str) -> None:
        """
        The keyword of an L1 that ends in arn is one for a construct here, which refers to it.
        """
        with pytest.raises(TypeError) as error:
            ivs.Channel(stack, "Channel", recording_configuration_arn=value)  # type: ignore[call-arg] - the mistake
        assert error.value.args[0].startswith(
            "Channel has no parameter 'recording_configuration_arn'; the nearest is "
            "'recording_configuration', which takes "
            f"RecordingConfiguration.from_recording_configuration_arn{call} (allowed: "
        )

    @pytest.mark.parametrize(
        ("kind", "arguments", "needed"),
        [
            (ivs.StreamKey, {}, "'channel'"),
            (ivs.StorageConfiguration, {"storage_configuration_name": "videos"}, "'bucket'"),
            (chat.LoggingConfiguration, {}, "'destination'"),
        ],
        ids=lambda value: getattr(value, "__name__", None),
    )
    def test_say_what_they_need(
        self, stack: Stack, kind: Any, arguments: dict[str, str], needed: str
    ) -> None:
        """
        A keyword that must be given and is not stands in the message, with the others.
        """
        with pytest.raises(TypeError) as error:
            kind(stack, "It", **arguments)
        assert str(error.value) == (
            f"{kind.__name__} requires {needed} (allowed: {', '.join(allowed(kind))}) "
            "[cdk-ivs:ArgumentType at 'Stack/It']"
        )
        assert stack.node.children == []

    def test_need_scope_and_id(self, stack: Stack) -> None:
        """
        Without a scope or an id there is no path to name.
        """
        channel: Any = ivs.Channel
        with pytest.raises(TypeError, match="Channel requires 'scope' and 'id' ") as error:
            channel()
        assert str(error.value).endswith("[cdk-ivs:ArgumentType]")
        with pytest.raises(TypeError, match="Channel requires 'id' "):
            channel(stack)

    def test_take_scope_and_id_once(self, stack: Stack) -> None:
        """
        What is given by position is not given by keyword too.
        """
        channel: Any = ivs.Channel
        with pytest.raises(
            TypeError, match=r"Channel got 'id' twice, by position and by keyword .*at 'Stack/C'"
        ):
            channel(stack, "C", id="D")

    def test_take_scope_and_id_by_keyword(self, stack: Stack) -> None:
        """
        Names do for scope and id as well, as for constructs of the CDK.
        """
        assert ivs.Channel(scope=stack, id="A").node.path == "Stack/A"
        assert ivs.Channel(stack, id="B", channel_name="b").node.path == "Stack/B"

    def test_say_it_to_subclasses(self, stack: Stack) -> None:
        """
        A class of a user's that passes on what there is not gets the same error.
        """

        class Own(ivs.Channel):
            def __init__(self, scope: Construct, id: str, **options: Any) -> None:
                super().__init__(scope, id, **options)

        with pytest.raises(TypeError, match="Channel has no parameter 'name'; the nearest is"):
            Own(stack, "Own", name="x")
        assert Own(stack, "Own", channel_name="x").node.path == "Stack/Own"


# What the properties of L1s are here, where they have another name.
RENAMED = {
    "CfnAdConfiguration": {
        "media_tailor_playback_configurations": "playback_configurations",
        "name": "ad_configuration_name",
        "post_roll_configuration": "post_roll",
    },
    "CfnChannel": {
        "name": "channel_name",
        "recording_configuration_arn": "recording_configuration",
    },
    "CfnEncoderConfiguration": {"name": "encoder_configuration_name", "video": None},
    "CfnIngestConfiguration": {"name": "ingest_configuration_name", "stage_arn": "stage"},
    "CfnLoggingConfiguration": {
        "destination_configuration": "destination",
        "name": "logging_configuration_name",
    },
    "CfnPlaybackKeyPair": {"name": "playback_key_pair_name"},
    "CfnPlaybackRestrictionPolicy": {"name": "playback_restriction_policy_name"},
    "CfnPublicKey": {"name": "public_key_name"},
    "CfnRecordingConfiguration": {
        "destination_configuration": "bucket",
        "name": "recording_configuration_name",
        "recording_reconnect_window_seconds": "recording_reconnect_window",
    },
    "CfnRoom": {
        "logging_configuration_identifiers": "logging_configurations",
        "name": "room_name",
    },
    "CfnStage": {
        "auto_participant_recording_configuration": "participant_recording",
        "name": "stage_name",
    },
    "CfnStorageConfiguration": {"name": "storage_configuration_name", "s3": "bucket"},
    "CfnStreamKey": {"channel_arn": "channel"},
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=with_ads if name == "CfnAdConfiguration" else ())
        for name in RENAMED
    ],
)
def test_every_property_of_an_l1_is_found(stack: Stack, name: str) -> None:
    """
    Who changes an L1 for the construct of this library is told the name of each property here.
    """
    module: Any = aws_ivs if hasattr(aws_ivs, name) else aws_ivschat
    kind = name.removeprefix("Cfn")
    ours: Any = getattr(chat if module is aws_ivschat else ivs, kind)
    # Those of the constructor, but for self, scope and id.
    properties = list(inspect.signature(getattr(module, name).__init__).parameters)[3:]
    found: dict[str, str | None] = {}
    for each in properties:
        if each in allowed(ours):
            continue
        with pytest.raises(ArgumentTypeError) as error:
            ours(stack, "It", **{each: 1})
        found[each] = None
        if "the nearest is '" in error.value.message:
            found[each] = error.value.message.split("the nearest is '")[1].split("'")[0]
    assert found == RENAMED[name]


class TestValues:
    @pytest.mark.parametrize("kind", VALUES.values(), ids=VALUES)
    def test_name_the_keyword_that_they_do_not_have(self, kind: Any) -> None:
        """
        An unknown keyword is refused with all that there are, before what is missing is.
        """
        with pytest.raises(TypeError) as error:
            kind(qqqq=1)
        assert str(error.value) == (
            f"{kind.__name__} has no parameter 'qqqq' (allowed: {', '.join(allowed(kind))}) "
            "[cdk-ivs:ArgumentType]"
        )

    @pytest.mark.parametrize("kind", VALUES.values(), ids=VALUES)
    def test_take_keywords_only(self, kind: Any) -> None:
        """
        Nothing is given by position, and the message says so.
        """
        with pytest.raises(
            TypeError,
            match=f"{kind.__name__} takes keywords only, got 1 arguments by position",
        ):
            kind("x")

    @pytest.mark.parametrize(
        ("call", "message"),
        [
            (
                lambda: ivs.MultitrackInputConfiguration(policy="ALLOW"),  # type: ignore[call-arg, arg-type] - the mistake
                (
                    "MultitrackInputConfiguration requires 'maximum_resolution' "
                    "(allowed: maximum_resolution, policy)"
                ),
            ),
            (
                lambda: ivs.RenditionConfiguration.custom(resolutions=[]),  # type: ignore[call-arg] - the mistake
                (
                    "RenditionConfiguration.custom has no parameter 'resolutions'; the nearest is "
                    "'renditions' (allowed: renditions)"
                ),
            ),
            (
                lambda: ivs.ThumbnailConfiguration.disable(1),  # type: ignore[call-arg] - the mistake
                (
                    "ThumbnailConfiguration.disable takes keywords only, "
                    "got 1 arguments by position (allowed: none)"
                ),
            ),
            (
                chat.LoggingDestination.s3,
                "LoggingDestination.s3 requires 'bucket' (allowed: bucket)",
            ),
        ],
        ids=["missing", "factory", "too many", "static"],
    )
    def test_are_made_with_what_they_take(self, call: Any, message: str) -> None:
        """
        The methods that make values say what they take, like the classes.
        """
        with pytest.raises(ArgumentTypeError) as error:
            call()
        assert error.value.message == message

    def test_are_made_by_position_where_that_is_right(self) -> None:
        """
        A method that takes its arguments by position or by keyword goes on to take both.
        """
        expected = ivs.RenditionConfiguration.custom(renditions=[ivs.Resolution.HD])
        assert ivs.RenditionConfiguration.custom([ivs.Resolution.HD]) == expected
        assert ivs.ThumbnailConfiguration.interval(
            ivs.Resolution.SD
        ) == ivs.ThumbnailConfiguration.interval(resolution=ivs.Resolution.SD)

    def test_cross_to_other_processes(self) -> None:
        """
        A value is the same there, and as a copy.
        """
        value = ivs.RenditionConfiguration.custom([ivs.Resolution.HD])
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - made a line ago
        assert copy.deepcopy(value) == value

    def test_show_no_key(self) -> None:
        """
        The material of a key is not in the representation of what it is given to.
        """
        props = ivs.PublicKeyProps(public_key_material=P384_PEM, public_key_name="key")
        assert repr(props) == (
            "PublicKeyProps(public_key_material=<str>, public_key_name='key', signing_key=None, "
            "tags=None)"
        )

    def test_show_what_they_hold(self) -> None:
        """
        What is no key is shown as before.
        """
        assert repr(ivs.ThumbnailConfiguration.interval(ivs.Resolution.SD)) == (
            "ThumbnailConfiguration(recording_mode=<RecordingMode.INTERVAL: 'INTERVAL'>, "
            "resolution=<Resolution.SD: 'SD'>, storage=None, target_interval=None)"
        )
        tags = {"team": "sk_us-west-2_a_b"}
        assert repr(ivs.StageProps(tags=tags, participant_recording=None)) == (
            "StageProps(participant_recording=None, stage_name=None, tags=a value that may "
            "contain a key)"
        )


class TestImports:
    def test_name_what_they_do_not_take(self, stack: Stack) -> None:
        """
        A reference with an unknown keyword is refused with the path of what was not made.
        """
        with pytest.raises(ArgumentTypeError) as error:
            ivs.Channel.from_channel_attributes(stack, "It", arn="x")  # type: ignore[call-arg] - the mistake
        assert str(error.value) == (
            "Channel.from_channel_attributes has no parameter 'arn'; the nearest is 'channel_arn' "
            "(allowed: scope, id, channel_arn, ingest_endpoint, playback_url) "
            "[cdk-ivs:ArgumentType at 'Stack/It']"
        )


def test_what_takes_anything_is_left_alone() -> None:
    """
    A class that takes any arguments has none that it does not take.
    """

    class Parts:
        def __init__(self, *parts: int, **named: int) -> None:
            self.parts = (*parts, *named.values())

    written = Parts.__init__
    make_public("cdk_ivs", Parts)
    assert Parts.__init__ is written
    assert Parts(1, other=2).parts == (1, 2)


def test_signatures_are_as_they_were_written() -> None:
    """
    Editors and help() read the parameters, the types and the documentation.
    """
    signature = inspect.signature(ivs.Channel.__init__)
    assert list(signature.parameters)[:5] == [
        "self",
        "scope",
        "id",
        "ad_configuration",
        "authorized",
    ]
    assert str(inspect.signature(ivs.RenditionConfiguration.custom)) == (
        "(renditions: 'Sequence[Resolution]') -> 'Self'"
    )


def test_the_reflection_finds_what_it_looks_for() -> None:
    """
    The lists above are not empty.
    """
    assert len(CONSTRUCTS) >= 17
    assert len(VALUES) >= 18
    assert {"cdk_ivs.Channel", "cdk_ivs.IvsDashboard"} <= set(CONSTRUCTS)
    assert issubclass(ivs.Channel, Resource)
