"""What alpha refuses, and IVS or the CDK would refuse too, is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType

import pytest
from aws_cdk import Duration, Stack, Token, aws_ivs_alpha
from aws_cdk import aws_s3 as s3

import cdk_ivs
from tests.support.arns import arn
from tests.support.keys import P384_PEM

from .assemblies import assemble

_Case = Callable[[Stack, ModuleType], object]


def _channel(stack: Stack, ivs: ModuleType, **parameters: object) -> None:
    ivs.Channel(stack, "Channel", **parameters)


def _recording(stack: Stack, ivs: ModuleType, **parameters: object) -> None:
    ivs.RecordingConfiguration(stack, "Recording", bucket=s3.Bucket(stack, "Bucket"), **parameters)


def _pair(stack: Stack, ivs: ModuleType, **parameters: object) -> None:
    ivs.PlaybackKeyPair(stack, "Pair", **{"public_key_material": P384_PEM, **parameters})


def _thumbnails(stack: Stack, ivs: ModuleType, interval: Duration) -> None:
    configuration = ivs.ThumbnailConfiguration.interval(target_interval=interval)
    _recording(stack, ivs, thumbnail_configuration=configuration)


def _multitrack(stack: Stack, ivs: ModuleType, **parameters: object) -> None:
    configuration = ivs.MultitrackInputConfiguration(
        maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
    )
    _channel(stack, ivs, multitrack_input_configuration=configuration, **parameters)


def _by_arn(stack: Stack, ivs: ModuleType, text: str) -> None:
    ivs.Channel.from_channel_arn(stack, "Channel", text)


_TOKEN = Token.as_number({"Ref": "Number"})
# Not a whole number of seconds, or one that only CloudFormation could convert.
_BROKEN = {
    "half a second": Duration.millis(500),
    "1500 milliseconds": Duration.millis(1500),
    "1.5 seconds": Duration.seconds(1.5),
    "a token of minutes": Duration.minutes(_TOKEN),
    "a token of milliseconds": Duration.millis(_TOKEN),
}
_WINDOWS = {**_BROKEN, "301 seconds": Duration.seconds(301), "6 minutes": Duration.minutes(6)}
_INTERVALS = {**_BROKEN, "0 seconds": Duration.seconds(0), "61 seconds": Duration.seconds(61)}

_CASES: dict[str, _Case] = {
    **{
        f"{name!r} as {keyword}": partial(case, **{keyword: name})  # type: ignore[arg-type]
        for name in ("a b", "ä", "a.b", "a/b", "name\n")
        for case, keyword in (
            (_channel, "channel_name"),
            (_pair, "playback_key_pair_name"),
            (_recording, "recording_configuration_name"),
        )
    },
    "long name of a recording configuration": partial(
        _recording, recording_configuration_name="x" * 129
    ),
    "multitrack with BASIC": lambda stack, ivs: _multitrack(stack, ivs, type=ivs.ChannelType.BASIC),
    "multitrack with ADVANCED_SD": lambda stack, ivs: _multitrack(
        stack, ivs, type=ivs.ChannelType.ADVANCED_SD
    ),
    "multitrack with ADVANCED_HD": lambda stack, ivs: _multitrack(
        stack, ivs, type=ivs.ChannelType.ADVANCED_HD
    ),
    "multitrack with TS": lambda stack, ivs: _multitrack(
        stack, ivs, container_format=ivs.ContainerFormat.TS
    ),
    "half of a multitrack configuration": lambda stack, ivs: _channel(
        stack, ivs, multitrack_input_configuration={"policy": ivs.Policy.ALLOW}
    ),
    **{
        f"window of {name}": partial(_recording, recording_reconnect_window=window)
        for name, window in _WINDOWS.items()
    },
    **{
        f"interval of {name}": partial(_thumbnails, interval=interval)
        for name, interval in _INTERVALS.items()
    },
    **{
        f"channel ARN {text!r}": partial(_by_arn, text=text)
        for text in (
            "",
            "abc",
            "arn:aws:ivs",
            "arn:aws:s3:::bucket",
            "arn:aws:ivschat:us-west-2:123456789012:channel/abc",
            arn("stage/abc"),
            arn("stream-key/abc"),
        )
    },
    "ARN without a slash": lambda stack, ivs: ivs.RecordingConfiguration.from_arn(
        stack, "Recording", "arn:aws:ivs:us-west-2:123456789012:recording-configuration"
    ),
    "no channel": lambda stack, ivs: ivs.StreamKey(stack, "Key"),
    "no key": lambda stack, ivs: ivs.PlaybackKeyPair(stack, "Pair"),
    "no bucket": lambda stack, ivs: ivs.RecordingConfiguration(stack, "Recording"),
    "None for a channel": lambda stack, ivs: ivs.StreamKey(stack, "Key", channel=None),
    "None for a key": lambda stack, ivs: _pair(stack, ivs, public_key_material=None),
    "None for renditions": lambda _, ivs: ivs.RenditionConfiguration.custom(None),
    "unknown parameter": lambda stack, ivs: _channel(stack, ivs, name="x"),
    "positional parameter": lambda stack, ivs: ivs.Channel(stack, "Channel", "Name"),
    "text for a flag": lambda stack, ivs: _channel(stack, ivs, authorized="yes"),
    "number for a name": lambda stack, ivs: _channel(stack, ivs, channel_name=1),
    "unknown type": lambda stack, ivs: _channel(stack, ivs, type="PREMIUM"),
    "member of another enum": lambda stack, ivs: _channel(stack, ivs, type=ivs.LatencyMode.LOW),
    "number for a duration": lambda stack, ivs: _recording(
        stack, ivs, recording_reconnect_window=60
    ),
    "text for a bucket": lambda stack, ivs: ivs.RecordingConfiguration(
        stack, "Recording", bucket="recordings"
    ),
    "text for a recording configuration": lambda stack, ivs: _channel(
        stack, ivs, recording_configuration="abc"
    ),
    "text for renditions": lambda _, ivs: ivs.RenditionConfiguration.custom("HD"),
    "stream key for a channel": lambda stack, ivs: ivs.StreamKey(
        stack, "Key", channel=ivs.Channel(stack, "Channel").add_stream_key("Key")
    ),
    "id that is taken": lambda stack, ivs: [ivs.Channel(stack, "Channel") for _ in range(2)],
    "empty id": lambda stack, ivs: ivs.Channel(stack, ""),
    "no scope": lambda _, ivs: ivs.Channel(None, "Channel"),
}


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES)
def test_both_refuse(case: _Case) -> None:
    """
    Alpha raises, at construction or at synthesis, and so do we.
    """
    with pytest.raises((RuntimeError, TypeError, AttributeError, AssertionError)):
        assemble(lambda app, ivs: case(Stack(app, "Stack"), ivs), aws_ivs_alpha)
    with pytest.raises((RuntimeError, TypeError, cdk_ivs.ValidationError)):
        assemble(lambda app, ivs: case(Stack(app, "Stack"), ivs), cdk_ivs)
