"""Public keys with which IVS verifies the playback tokens of private channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk.aws_ivs import CfnPlaybackKeyPair
from aws_cdk.interfaces.aws_ivs import IPlaybackKeyPairRef, PlaybackKeyPairReference

from cdk_ivs._core.alpha import alpha_interface
from cdk_ivs._core.annotations import remaining_quota
from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.rendered_properties import UNKNOWN, RenderedProperties
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import PLAYBACK_KEY_PAIR
from cdk_ivs._services.signing_key import ISigningKey, check_one_key, material_of
from cdk_ivs._validation.p384 import check_public_key

from .synth_checks import register_existing_key_pair

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct


class PlaybackKeyPairGrants(Grants):
    """
    Permissions on one playback key pair.

    You get them from the property `grants` of a playback key pair, or from
    `from_playback_key_pair()`.

    Args:
        resource: The playback key pair.
        arn: The ARN of the playback key pair.
    """

    _RESOURCE_TYPE = PLAYBACK_KEY_PAIR

    @classmethod
    def from_playback_key_pair(cls, playback_key_pair: IPlaybackKeyPairRef) -> Self:
        """
        Return the permissions on any playback key pair.

        Args:
            playback_key_pair: The playback key pair: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(playback_key_pair)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the name and the fingerprint of the key pair.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetPlaybackKeyPair")


@jsii.implements(IPlaybackKeyPairRef)
class PlaybackKeyPairBase(IvsResource):
    """A playback key pair, which this app creates or refers to."""

    _RESOURCE_TYPE = PLAYBACK_KEY_PAIR

    @attribute
    def playback_key_pair_arn(self) -> str:
        """The ARN of the playback key pair."""
        return self._resource_arn()

    @property
    def playback_key_pair_ref(self) -> PlaybackKeyPairReference:
        """A reference to the playback key pair."""
        return PlaybackKeyPairReference(playback_key_pair_arn=self.playback_key_pair_arn)

    @property
    def grants(self) -> PlaybackKeyPairGrants:
        """Permissions on the playback key pair, as in `grants.read(role)`."""
        return PlaybackKeyPairGrants(self, self.playback_key_pair_arn)


if TYPE_CHECKING:
    IPlaybackKeyPair = PlaybackKeyPairBase
else:
    IPlaybackKeyPair = alpha_interface(
        "IPlaybackKeyPair", IPlaybackKeyPairRef, PlaybackKeyPairBase, "playback_key_pair_arn"
    )


@dataclass(frozen=True, kw_only=True)
class PlaybackKeyPairProps(Props):
    """The parameters of a `PlaybackKeyPair`, which describes each of them."""

    public_key_material: str | None = field(default=None, repr=False)
    playback_key_pair_name: str | None = None
    signing_key: ISigningKey | None = None
    tags: Mapping[str, str] | None = None


class PlaybackKeyPair(PlaybackKeyPairBase):
    """
    Import the public key of a key pair that signs playback tokens.

    IVS accepts a token for a channel with `authorized=True` if any playback key pair of the account
    and Region verifies it. A key pair does not belong to a channel. An account can have three in a
    Region
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)). The
    private key stays with the application that signs the tokens, and is never in the template.

    A change of the key replaces the key pair. The replacement needs a free place in the quota, and
    after it IVS cannot verify the tokens of the old key. To rotate keys, add a second key pair,
    sign with its key after that deployment, and remove the first key pair when its last token has
    expired.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        public_key_material: The public key on the curve P-384, as a PEM that begins with
            `-----BEGIN PUBLIC KEY-----`. A change replaces the key pair. Give either this parameter
            or `signing_key`. Default: the public key of `signing_key`.

        playback_key_pair_name: The name, which need not be unique: at most 128 letters, digits,
            hyphens and underscores
            ([ImportPlaybackKeyPair](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_ImportPlaybackKeyPair.html)).
            A change replaces the key pair. Default: no name.

        signing_key: The key in AWS KMS whose public key is imported. A change replaces the key
            pair. Give either this parameter or `public_key_material`. Default:
            `public_key_material` is imported.

        tags: The tags of the key pair, at most 50
            ([ImportPlaybackKeyPair](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_ImportPlaybackKeyPair.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept, or if there is no key.
        ValidationError: `TwoKeys` if you give both `public_key_material` and `signing_key`.
            `PublicKey` if the public key is not a PEM on the curve P-384. `NoStack` if the signing
            key is not in a stack. `Name` if the name is invalid. `TagCount`, `TagForm`, `TagKey` or
            `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.PlaybackKeyPair")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnPlaybackKeyPair

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        public_key_material: str | None = None,
        playback_key_pair_name: str | None = None,
        signing_key: ISigningKey | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, PlaybackKeyPairProps, locals()) as props:
            check_one_key(props.public_key_material, props.signing_key)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnPlaybackKeyPair)(
            self,
            "Resource",
            name=cfn_name,
            public_key_material=material_of(props.public_key_material, props.signing_key),
            tags=cfn_tags,
        )

    @classmethod
    def from_playback_key_pair_arn(
        cls, scope: Construct, id: str, playback_key_pair_arn: str
    ) -> IPlaybackKeyPair:
        """
        Refer to a playback key pair by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            playback_key_pair_arn: The ARN. The reference has the account and the Region of the ARN.

        Returns:
            The playback key pair.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a playback key pair.
        """
        key_pair = PlaybackKeyPairBase._import_by_arn(scope, id, playback_key_pair_arn)
        register_existing_key_pair(key_pair)
        return key_pair

    @classmethod
    def remaining_quota(cls, scope: Construct) -> int:
        """
        How many more playback key pairs the app can create within the quota.

        The quota is 3 key pairs for an account in a Region, and AWS does not raise it
        ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).
        The count is that of the warning about the quota: the key pairs that the app creates so far
        in the account and Region of the stack, or in the stack if these are not known. Key pairs
        outside the app do not count.

        Args:
            scope: The stack, or a construct in it.

        Returns:
            The number of key pairs.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `NoStack` if the scope is not in a stack.
        """
        return remaining_quota(scope, PLAYBACK_KEY_PAIR)

    @attribute
    def playback_key_pair_fingerprint(self) -> str:
        """The fingerprint of the public key, for instance `98:0d:1a:…`."""
        return self._ivs_cfn.attr_fingerprint

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        check_public_key("public_key_material", rendered.text("PublicKeyMaterial") or UNKNOWN)
