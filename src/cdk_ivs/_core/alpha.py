"""
Constructs of aws_cdk.aws_ivs_alpha, as far as ours take them.

They have their ARN as an attribute but not the reference that the generated interfaces ask for.
"""

from __future__ import annotations

from typing import Protocol

from aws_cdk import IResource


class AlphaChannel(IResource, Protocol):
    """
    A channel of ``aws_cdk.aws_ivs_alpha``.

    Parameters that take a channel accept it too, so that you can port an app step by step.
    """

    @property
    def channel_arn(self) -> str:
        """The ARN of the channel."""
        ...


class AlphaRecordingConfiguration(IResource, Protocol):
    """
    A recording configuration of ``aws_cdk.aws_ivs_alpha``.

    A channel accepts it too, so that you can port an app step by step.
    """

    @property
    def recording_configuration_arn(self) -> str:
        """The ARN of the recording configuration."""
        ...
