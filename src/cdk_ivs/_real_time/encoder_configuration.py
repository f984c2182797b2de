"""Encoder configurations: the video settings of compositions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import jsii
from aws_cdk.aws_ivs import CfnEncoderConfiguration
from aws_cdk.interfaces.aws_ivs import EncoderConfigurationReference, IEncoderConfigurationRef

from cdk_ivs._core.injection import InjectionId
from cdk_ivs._core.props import Props
from cdk_ivs._core.rendered_properties import RenderedProperties
from cdk_ivs._core.resource import IvsResource, attribute
from cdk_ivs._core.tracked_cfn import tracked
from cdk_ivs._iam.grants import Grants
from cdk_ivs._iam.resource_types import ENCODER_CONFIGURATION
from cdk_ivs._validation.errors import ValidationError, safe_repr
from cdk_ivs._validation.tokens import is_token
from cdk_ivs._validation.values import check_number

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable
    from constructs import Construct

# From the API reference of CreateEncoderConfiguration, and the schema of CloudFormation.
_SIDE = (2, 1920)
_PIXELS = 2_073_600
_DEFAULT_WIDTH = 1280
_DEFAULT_HEIGHT = 720


class EncoderConfigurationGrants(Grants):
    """
    Permissions on one encoder configuration.

    You get them from the property `grants` of an encoder configuration, or from
    `from_encoder_configuration()`.

    Args:
        resource: The encoder configuration.
        arn: The ARN of the encoder configuration.
    """

    _RESOURCE_TYPE = ENCODER_CONFIGURATION

    @classmethod
    def from_encoder_configuration(cls, encoder_configuration: IEncoderConfigurationRef) -> Self:
        """
        Return the permissions on an encoder configuration.

        Args:
            encoder_configuration: The encoder configuration: a construct of this library or an L1.

        Returns:
            The permissions.

        Raises:
            ArgumentTypeError: `ArgumentType` if the argument is not an encoder configuration.
        """
        return cls._of(encoder_configuration)

    def read(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the encoder configuration.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._grant(grantee, "GetEncoderConfiguration")


@jsii.implements(IEncoderConfigurationRef)
class IEncoderConfiguration(IvsResource):
    """
    An encoder configuration that this app creates or refers to.

    Raises:
        ArgumentTypeError: `ArgumentType` if you call the class. Create an `EncoderConfiguration`,
            or use `EncoderConfiguration.from_encoder_configuration_arn()`.
    """

    _RESOURCE_TYPE = ENCODER_CONFIGURATION

    @attribute
    def encoder_configuration_arn(self) -> str:
        """The ARN of the encoder configuration."""
        return self._resource_arn()

    @property
    def encoder_configuration_ref(self) -> EncoderConfigurationReference:
        """A reference to the encoder configuration."""
        return EncoderConfigurationReference(
            encoder_configuration_arn=self.encoder_configuration_arn
        )

    @property
    def grants(self) -> EncoderConfigurationGrants:
        """Permissions on the encoder configuration, as in `grants.read(role)`."""
        return EncoderConfigurationGrants(self, self.encoder_configuration_arn)


@dataclass(frozen=True, kw_only=True)
class EncoderConfigurationProps(Props):
    """The parameters of an `EncoderConfiguration`, which describes each of them."""

    bitrate: int | None = None
    encoder_configuration_name: str | None = None
    framerate: float | None = None
    height: int | None = None
    tags: Mapping[str, str] | None = None
    width: int | None = None


class EncoderConfiguration(IEncoderConfiguration):
    """
    Create an encoder configuration: the video settings of compositions.

    At run time, your application starts a composition with `ivs:StartComposition` and names the
    encoder configuration in that call. `stage.grants.start_composition()` allows the call. An
    account can have 20 encoder configurations in a Region by default
    ([quotas](https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html)). Every
    change except that of the tags replaces the encoder configuration.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        bitrate: The bitrate, in bits per second: 1 to 8,500,000
            ([Video](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_Video.html)).
            Default: 2,500,000, the default of IVS.

        encoder_configuration_name: The name: up to 128 letters, digits, hyphens and underscores
            ([CreateEncoderConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateEncoderConfiguration.html)).
            Names do not have to be unique. Default: no name.

        framerate: The frame rate, in frames per second: 1 to 60
            ([Video](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_Video.html)).
            Default: 30, the default of IVS.

        height: The height, in pixels: an even number from 2 to 1920. Width times height is at most
            2,073,600, as in 1920x1080 and 1080x1920
            ([Video](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_Video.html)).
            Default: 720, the default of IVS.

        tags: The tags of the encoder configuration, up to 50
            ([CreateEncoderConfiguration](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_CreateEncoderConfiguration.html)).
            Default: no tags.

        width: The width, in pixels: an even number from 2 to 1920
            ([Video](https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/API_Video.html)).
            Default: 1280, the default of IVS.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `NumberRange` if a number is out of its range. `OddSize` if the width or
            the height is odd. `TooManyPixels` if width times height is too large. `Name` if IVS
            refuses the name. `TagForm`, `TagCount`, `TagKey` or `TagValue` if AWS refuses the tags.
    """

    PROPERTY_INJECTION_ID = InjectionId("cdk-ivs.EncoderConfiguration")
    """The ID of this class for property injectors."""

    _ivs_cfn: CfnEncoderConfiguration

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bitrate: int | None = None,
        encoder_configuration_name: str | None = None,
        framerate: float | None = None,
        height: int | None = None,
        tags: Mapping[str, str] | None = None,
        width: int | None = None,
    ) -> None:
        with self._checked_props(scope, id, EncoderConfigurationProps, locals()) as props:
            _check_video(props)
        cfn_name, cfn_tags = self._create_construct(scope, id, props)
        self._ivs_cfn = tracked(CfnEncoderConfiguration)(
            self,
            "Resource",
            name=cfn_name,
            tags=cfn_tags,
            video=_rendered_video(props),
        )

    @classmethod
    def from_encoder_configuration_arn(
        cls, scope: Construct, id: str, encoder_configuration_arn: str
    ) -> IEncoderConfiguration:
        """
        Refer to an encoder configuration by its ARN.

        Args:
            scope: The scope in which you create the reference.
            id: The ID of the reference, unique in the scope.
            encoder_configuration_arn: The ARN. The reference has the account and the Region of the
                ARN.

        Returns:
            The encoder configuration.

        Raises:
            ArgumentTypeError: `ArgumentType` if the ARN is not a string.
            ValidationError: `Arn` if the ARN is not that of an encoder configuration.
        """
        return IEncoderConfiguration._import_by_arn(scope, id, encoder_configuration_arn)

    def _check_rendered(self, rendered: RenderedProperties) -> None:
        video = rendered.part("Video") or RenderedProperties({})
        _check_video(
            EncoderConfigurationProps(
                bitrate=video.number("Bitrate"),
                framerate=video.number("Framerate"),
                height=video.number("Height"),
                width=video.number("Width"),
            )
        )


def _check_video(props: EncoderConfigurationProps) -> None:
    check_number("bitrate", props.bitrate, 1, 8_500_000, "bits per second")
    check_number("framerate", props.framerate, 1, 60, "frames per second")
    _check_size(props.width, props.height)


def _check_size(width: int | None, height: int | None) -> None:
    """Refuse a size that IVS refuses."""
    for keyword, side in (("width", width), ("height", height)):
        check_number(keyword, side, *_SIDE, "pixels")
        # Number tokens are even.
        if side is not None and side % 2:
            raise ValidationError(
                f"'{keyword}' must be an even number of pixels, got {safe_repr(side)}; "
                f"the nearest are {side - 1} and {side + 1}",
                code="OddSize",
            )
    pixels = (width or _DEFAULT_WIDTH) * (height or _DEFAULT_HEIGHT)
    if pixels > _PIXELS and not any(side and is_token(side) for side in (width, height)):
        got = " x ".join(
            f"{side or default}{'' if side else ' (the default)'}"
            for side, default in ((width, _DEFAULT_WIDTH), (height, _DEFAULT_HEIGHT))
        )
        raise ValidationError(
            f"'width' times 'height' must be at most {_PIXELS} pixels, as in 1920 x 1080, "
            f"got {got} = {pixels}",
            code="TooManyPixels",
        )


def _rendered_video(
    props: EncoderConfigurationProps,
) -> CfnEncoderConfiguration.VideoProperty | None:
    video = {
        "bitrate": props.bitrate,
        "framerate": props.framerate,
        "height": props.height,
        "width": props.width,
    }
    if not any(value is not None for value in video.values()):
        return None
    return CfnEncoderConfiguration.VideoProperty(**video)
