"""Everything that alpha has, this library has under the same name."""

from __future__ import annotations

import enum
import inspect
from typing import Any

import pytest
from aws_cdk import Resource, aws_ivs_alpha

import cdk_ivs

# What may be left out here, where a parameter that alpha does not have stands for it.
_REPLACEABLE = {"public_key_material"}
_CONSTRUCTS = ("Channel", "PlaybackKeyPair", "RecordingConfiguration", "StreamKey")
_VALUES = ("MultitrackInputConfiguration", "RenditionConfiguration", "ThumbnailConfiguration")
_PROPS = tuple(f"{name}Props" for name in _CONSTRUCTS)
_ENUMS = tuple(
    name for name in aws_ivs_alpha.__all__ if issubclass(getattr(aws_ivs_alpha, name), enum.Enum)
)


def _both(name: str) -> tuple[Any, Any]:
    return getattr(aws_ivs_alpha, name), getattr(cdk_ivs, name)


def _parameters(function: Any) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


def _own_members(name: str) -> list[str]:
    """The public members that alpha adds to what every resource has."""
    alpha, _ = _both(name)
    return [
        member
        for member in dir(alpha)
        if not member.startswith("_") and not hasattr(Resource, member)
    ]


def test_names() -> None:
    """
    Every public name of alpha's is a public name of ours.
    """
    assert set(aws_ivs_alpha.__all__) <= set(cdk_ivs.__all__)


@pytest.mark.parametrize("name", _ENUMS)
def test_enums(name: str) -> None:
    """
    The enum has the same members with the same values.
    """
    alpha, ours = _both(name)
    assert {member.name: member.value for member in ours} == {
        member.name: member.value for member in alpha
    }


@pytest.mark.parametrize("name", [*_CONSTRUCTS, *_PROPS, "MultitrackInputConfiguration"])
def test_parameters(name: str) -> None:
    """
    The same parameters are there, given the same way, with the same ones required.
    """
    alpha, ours = (_parameters(member.__init__) for member in _both(name))
    shared = {key: ours[key] for key in alpha}
    assert {key: item.kind for key, item in shared.items()} == {
        key: item.kind for key, item in alpha.items()
    }
    required = {key for key, item in ours.items() if item.default is inspect.Parameter.empty}
    assert (
        required
        == {key for key, item in alpha.items() if item.default is inspect.Parameter.empty}
        - _REPLACEABLE
    )


@pytest.mark.parametrize("name", [*_CONSTRUCTS, *_VALUES])
def test_members(name: str) -> None:
    """
    The attributes and methods of the class are there, and methods take the same arguments.
    """
    alpha, ours = _both(name)
    members = _own_members(name)
    assert members
    for member in members:
        assert hasattr(ours, member) or member in _parameters(ours.__init__)
        if callable(getattr(alpha, member)):
            expected = _parameters(getattr(alpha, member))
            got = _parameters(getattr(ours, member))
            assert list(got) == list(expected)
            assert [item.default for item in got.values()] == [
                item.default for item in expected.values()
            ]


@pytest.mark.parametrize("name", [f"I{name}" for name in _CONSTRUCTS])
def test_interfaces(name: str) -> None:
    """
    The members of the interface are there, too.
    """
    alpha, ours = _both(name)
    declared = [member for member in vars(alpha) if not member.startswith("_")]
    assert declared
    assert [member for member in declared if not hasattr(ours, member)] == []


@pytest.mark.parametrize("ivs", [aws_ivs_alpha, cdk_ivs], ids=lambda module: module.__name__)
def test_values_can_be_read(ivs: Any) -> None:
    """
    The value objects give back what they were made of.
    """
    custom = ivs.RenditionConfiguration.custom([ivs.Resolution.HD])
    assert custom.rendition_selection == ivs.RenditionSelection.CUSTOM
    assert custom.renditions == [ivs.Resolution.HD]
    assert ivs.RenditionConfiguration.all().renditions is None
    thumbnails = ivs.ThumbnailConfiguration.interval(ivs.Resolution.SD, [ivs.Storage.LATEST])
    assert thumbnails.recording_mode == ivs.RecordingMode.INTERVAL
    assert thumbnails.resolution == ivs.Resolution.SD
    assert thumbnails.storage == [ivs.Storage.LATEST]
    assert thumbnails.target_interval is None
    multitrack = ivs.MultitrackInputConfiguration(
        maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
    )
    assert (multitrack.maximum_resolution, multitrack.policy) == (
        ivs.MaximumResolution.HD,
        ivs.Policy.ALLOW,
    )
    props = ivs.ChannelProps(authorized=True, multitrack_input_configuration=multitrack)
    assert props.authorized is True
    assert props.channel_name is None
    assert props.multitrack_input_configuration == multitrack
