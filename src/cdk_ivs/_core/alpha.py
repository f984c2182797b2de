"""
Constructs of aws_cdk.aws_ivs_alpha, as far as ours take them.

They have their ARN as an attribute but not the reference that the generated interfaces ask for.
"""

from __future__ import annotations

from typing import Protocol

from aws_cdk import IResource


class AlphaChannel(IResource, Protocol):
    """A channel of alpha's."""

    @property
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        ...


class AlphaRecordingConfiguration(IResource, Protocol):
    """A recording configuration of alpha's."""

    @property
    def recording_configuration_arn(self) -> str:
        """The ARN of the recording configuration."""
        ...
