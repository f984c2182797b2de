"""Public keys with which IVS verifies the tokens of a private channel's viewers."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self

import jsii
from aws_cdk import IResource
from aws_cdk.aws_ivs import CfnPlaybackKeyPair
from aws_cdk.interfaces.aws_ivs import IPlaybackKeyPairRef, PlaybackKeyPairReference

from cdk_ivs._core.annotations import warn_about_quota, warn_about_region
from cdk_ivs._core.injection import InjectionId, inject
from cdk_ivs._core.props import Props
from cdk_ivs._core.rendered_properties import UNKNOWN, RenderedProperties
from cdk_ivs._core.resource import IvsResource
from cdk_ivs._core.tracked_l1 import tracked
from cdk_ivs._iam.actions import PLAYBACK_KEY_PAIR
from cdk_ivs._iam.grants import Grants
from cdk_ivs._validation.arns import check_arn
from cdk_ivs._validation.errors import error_path
from cdk_ivs._validation.p384 import check_public_key
from cdk_ivs._validation.tags import render_tags
from cdk_ivs._validation.values import check_name

from .synth_checks import register_existing_key_pair

if TYPE_CHECKING:
    from aws_cdk import CfnTag
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct


class PlaybackKeyPairGrants(Grants):
    """Permissions on one playback key pair."""

    _KIND = "playback_key_pair"
    _TYPE = PLAYBACK_KEY_PAIR

    @classmethod
    def from_playback_key_pair(cls, playback_key_pair: IPlaybackKeyPairRef) -> Self:
        """
        The permissions on any playback key pair.

        Args:
            playback_key_pair: The playback key pair: a construct of this library or an L1.
        """
        return cls._of(playback_key_pair)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the name and the fingerprint of the key pair.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._grant(grantee, "GetPlaybackKeyPair")


class IPlaybackKeyPair(IPlaybackKeyPairRef, IResource, Protocol):
    """A playback key pair, created in this app or not."""

    @property
    @jsii.member(jsii_name="playbackKeyPairArn")
    def playback_key_pair_arn(self) -> str:
        """The ARN of the playback key pair."""
        ...

    @property
    def grants(self) -> PlaybackKeyPairGrants:
        """Permissions on the playback key pair."""
        ...


@dataclass(frozen=True, kw_only=True)
class PlaybackKeyPairProps(Props):
    """The parameters of a PlaybackKeyPair, which describes them."""

    public_key_material: str = field(repr=False)
    playback_key_pair_name: str | None = None
    tags: Mapping[str, str] | None = None


@jsii.implements(IPlaybackKeyPair)
class _PlaybackKeyPairBase(IvsResource):
    @property
    @abc.abstractmethod
    def playback_key_pair_arn(self) -> str:
        """The ARN of the playback key pair."""

    @property
    def playback_key_pair_ref(self) -> PlaybackKeyPairReference:
        """A reference to the playback key pair."""
        return PlaybackKeyPairReference(playback_key_pair_arn=self.playback_key_pair_arn)

    @property
    def grants(self) -> PlaybackKeyPairGrants:
        """Permissions on the playback key pair, as in ``grants.read(role)``."""
        return PlaybackKeyPairGrants(self, self.playback_key_pair_arn)


class PlaybackKeyPair(_PlaybackKeyPairBase):
    """
    Import the public half of a key pair that signs playback tokens.

    IVS accepts a token for a channel made with ``authorized=True`` if any key pair of the
    account and Region verifies it: nothing ties a key pair to a channel. There can be three.
    The private half stays with whoever signs the tokens and never comes near the template.

    Args:
        scope: The scope in which the construct is created.

        id: The id of the construct, unique in the scope.

        public_key_material: The public key on the curve P-384 as PEM, ``-----BEGIN PUBLIC
            KEY-----`` first. Another key replaces the key pair.

        playback_key_pair_name: The name: at most 128 letters, digits, hyphens and underscores,
            not necessarily unique. Another name replaces the key pair. Default: no name.

        tags: Tags for the key pair, at most 50. Default: none.

    Raises:
        ValidationError: If an argument is one that IVS refuses.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.PlaybackKeyPair")
    """The id of this class for property injectors."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        public_key_material: str,
        playback_key_pair_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with error_path(scope, id):
            props = inject(
                PlaybackKeyPair,
                scope,
                id,
                PlaybackKeyPairProps(
                    public_key_material=public_key_material,
                    playback_key_pair_name=playback_key_pair_name,
                    tags=tags,
                ),
            )
            cfn_tags = _check(props)
        super().__init__(scope, id, physical_name=props.playback_key_pair_name)
        self._cfn = tracked(CfnPlaybackKeyPair)(
            self,
            "Resource",
            name=self._rendered_name(props.playback_key_pair_name),
            public_key_material=props.public_key_material,
            tags=cfn_tags,
        )
        warn_about_region(self, scope)
        warn_about_quota(self, scope, "playback key pairs", 3, adjustable=False)

    @classmethod
    def from_playback_key_pair_arn(
        cls, scope: Construct, id: str, playback_key_pair_arn: str
    ) -> IPlaybackKeyPair:
        """
        Refer to a playback key pair by its ARN.

        Args:
            scope: The scope in which the reference is created.
            id: The id of the reference, unique in the scope.
            playback_key_pair_arn: The ARN. Its account and Region are those of the reference.

        Raises:
            ValidationError: If the ARN is not that of a playback key pair.
        """
        return _PlaybackKeyPairByArn(scope, id, playback_key_pair_arn)

    @property
    def playback_key_pair_arn(self) -> str:
        """The ARN of the playback key pair."""
        return self._once("arn", lambda: self._cfn.attr_arn)

    @property
    def playback_key_pair_fingerprint(self) -> str:
        """The fingerprint of the public key, for instance ``98:0d:1a:…``."""
        return self._once("fingerprint", lambda: self._cfn.attr_fingerprint)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        _check(
            PlaybackKeyPairProps(
                public_key_material=rendered.text("PublicKeyMaterial") or UNKNOWN,
                playback_key_pair_name=rendered.text("Name"),
                tags=rendered.tags(),
            )
        )


class _PlaybackKeyPairByArn(_PlaybackKeyPairBase):
    def __init__(self, scope: Construct, id: str, arn: str) -> None:
        with error_path(scope, id):
            check_arn("playback_key_pair_arn", arn, "playback-key")
        super().__init__(scope, id, environment_from_arn=arn)
        register_existing_key_pair(self)
        self._arn = arn

    @property
    def playback_key_pair_arn(self) -> str:
        return self._arn


def _check(props: PlaybackKeyPairProps) -> list[CfnTag] | None:
    """Refuse what IVS refuses, and give back the tags."""
    check_name("playback_key_pair_name", props.playback_key_pair_name)
    check_public_key("public_key_material", props.public_key_material)
    return render_tags(props.tags)
