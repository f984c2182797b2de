"""Restrictions of the countries and websites in which viewers can play a public channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk import IResolvable
from aws_cdk.aws_ivs import CfnPlaybackRestrictionPolicy
from aws_cdk.interfaces.aws_ivs import (
    IPlaybackRestrictionPolicyRef,
    PlaybackRestrictionPolicyReference,
)

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.lazy import checked_flag
from cdk_ivs._core.props import Props
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import PLAYBACK_RESTRICTION_POLICY
from cdk_ivs._validation.countries import check_countries
from cdk_ivs._validation.origins import check_origins

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

    from cdk_ivs._core.rendered_properties import RenderedProperties


class PlaybackRestrictionPolicyGrants(Grants):
    """
    Permissions on one playback restriction policy.

    You get them from the property `grants` of a policy, or from
    `from_playback_restriction_policy()`.

    Args:
        resource: The playback restriction policy.
        arn: The ARN of the playback restriction policy.
    """

    _RESOURCE_TYPE = PLAYBACK_RESTRICTION_POLICY

    @classmethod
    def from_playback_restriction_policy(
        cls, playback_restriction_policy: IPlaybackRestrictionPolicyRef
    ) -> Self:
        """
        Return the permissions on any playback restriction policy.

        Args:
            playback_restriction_policy: The policy: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
        """
        return cls._of(playback_restriction_policy)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the policy.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetPlaybackRestrictionPolicy")

    def update(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the countries and origins of the policy.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "UpdatePlaybackRestrictionPolicy")


@jsii.implements(IPlaybackRestrictionPolicyRef)
class IPlaybackRestrictionPolicy(IvsResource):
    """A playback restriction policy, which this app creates or refers to."""

    _RESOURCE_TYPE = PLAYBACK_RESTRICTION_POLICY

    @attribute
    def playback_restriction_policy_arn(self) -> str:
        """The ARN of the playback restriction policy."""
        return self._resource_arn()

    @property
    def playback_restriction_policy_ref(self) -> PlaybackRestrictionPolicyReference:
        """A reference to the playback restriction policy."""
        return PlaybackRestrictionPolicyReference(
            playback_restriction_policy_arn=self.playback_restriction_policy_arn
        )

    @property
    def grants(self) -> PlaybackRestrictionPolicyGrants:
        """Permissions on the playback restriction policy, as in `grants.read(role)`."""
        return PlaybackRestrictionPolicyGrants(self, self.playback_restriction_policy_arn)


@dataclass(frozen=True, kw_only=True)
class PlaybackRestrictionPolicyProps(Props):
    """The parameters of a `PlaybackRestrictionPolicy`, which describes each of them."""

    allowed_countries: Sequence[str] | None = None
    allowed_origins: Sequence[str] | None = None
    enable_strict_origin_enforcement: bool | IResolvable | None = None
    playback_restriction_policy_name: str | None = None
    tags: Mapping[str, str] | None = None


class PlaybackRestrictionPolicy(IPlaybackRestrictionPolicy):
    """
    Create a policy that restricts the countries and websites in which viewers can play a channel.

    Give the policy to a channel as `playback_restriction_policy`. The channel must be public. For a
    private channel, restrict viewers in their playback tokens. An account can have three policies
    in a Region
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        allowed_countries: The countries in which viewers can play the channel, as upper-case codes
            of ISO 3166-1 alpha-2, at most 200
            ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)).
            Default: all countries.

        allowed_origins: The websites on which viewers can play the channel, as browsers send them
            in the header `Origin` (`https://example.com` or `https://*.example.com`), and the
            origins of apps, such as `capacitor://localhost`. The API states no pattern, so the form
            is that of RFC 6454: the host in lower case and Punycode, IPv6 addresses in brackets and
            in their shortest form, and no default port. `null` is refused, because any page can
            send it. At most 5
            ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html))
            of at most 128 characters
            ([CreatePlaybackRestrictionPolicy](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreatePlaybackRestrictionPolicy.html)).
            Default: all origins.

        enable_strict_origin_enforcement: Whether IVS checks the origin of every request for a
            playlist or a segment, and not only of the request for the multivariant playlist.
            Clients other than browsers must then send the header `Origin`. Default: False.

        playback_restriction_policy_name: The name, which need not be unique: at most 128 letters,
            digits, hyphens and underscores
            ([CreatePlaybackRestrictionPolicy](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreatePlaybackRestrictionPolicy.html)).
            Default: no name.

        tags: The tags of the policy, at most 50
            ([CreatePlaybackRestrictionPolicy](https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreatePlaybackRestrictionPolicy.html)).
            Default: no tags.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `Country` or `CountryCount` if the countries are invalid. `Origin`,
            `OriginCount` or `OriginLength` if the origins are invalid. `Duplicate` if a country or
            an origin occurs twice. `Name` if the name is invalid. `TagCount`, `TagForm`, `TagKey`
            or `TagValue` if the tags are invalid.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.PlaybackRestrictionPolicy")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnPlaybackRestrictionPolicy

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        allowed_countries: Sequence[str] | None = None,
        allowed_origins: Sequence[str] | None = None,
        enable_strict_origin_enforcement: bool | IResolvable | None = None,
        playback_restriction_policy_name: str | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        with self._checked_props(scope, id, PlaybackRestrictionPolicyProps, locals()) as props:
            _check(props)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnPlaybackRestrictionPolicy)(
            self,
            "Resource",
            allowed_countries=_as_list(props.allowed_countries),
            allowed_origins=_as_list(props.allowed_origins),
            enable_strict_origin_enforcement=checked_flag(
                "enable_strict_origin_enforcement", props.enable_strict_origin_enforcement
            ),
            name=cfn_name,
            tags=cfn_tags,
        )

    @classmethod
    def from_playback_restriction_policy_arn(
        cls, scope: Construct, id: str, playback_restriction_policy_arn: str
    ) -> IPlaybackRestrictionPolicy:
        """
        Refer to a playback restriction policy by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            playback_restriction_policy_arn: The ARN. The reference has the account and the Region
                of the ARN.

        Returns:
            The playback restriction policy.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Arn` if the ARN is not that of a playback restriction policy.
        """
        return IPlaybackRestrictionPolicy._import_by_arn(scope, id, playback_restriction_policy_arn)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        _check(
            PlaybackRestrictionPolicyProps(
                allowed_countries=rendered.texts("AllowedCountries"),
                allowed_origins=rendered.texts("AllowedOrigins"),
                enable_strict_origin_enforcement=rendered.flag("EnableStrictOriginEnforcement"),
            )
        )


def _check(props: PlaybackRestrictionPolicyProps) -> None:
    check_countries("allowed_countries", props.allowed_countries or ())
    check_origins("allowed_origins", props.allowed_origins or ())


def _as_list(values: Sequence[str] | None) -> list[str] | None:
    return list(values) if values is not None else None
