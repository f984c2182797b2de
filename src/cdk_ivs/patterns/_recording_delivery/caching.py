"""The time for which CloudFront and browsers cache the files of a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aws_cdk.aws_cloudfront import (
    BehaviorOptions,
    CfnCachePolicy,
    HttpVersion,
    ResponseCustomHeader,
    ResponseCustomHeadersBehavior,
    ResponseHeadersCorsBehavior,
    ResponseHeadersPolicy,
    ViewerProtocolPolicy,
)

from cdk_ivs._core.tree import scope_info
from cdk_ivs._core.unique_names import unique_resource_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_cloudfront import IOrigin
    from aws_cdk.interfaces.aws_cloudfront import IKeyGroupRef
    from constructs import Construct

# Files that IVS overwrites: playlists during the recording (no path shows whether one is finished),
# the latest thumbnail, and the description of the recording.
GROWING = ("*/media/hls/*.m3u8", "*/media/latest_thumbnail/*", "*/events/*")
# Files that IVS writes once.
MEDIA = "*/media/*"
HTTP_VERSION = HttpVersion.HTTP2_AND_3

_NOTHING = "none"


class Behaviors(NamedTuple):
    """
    The behaviors for the files.

    Attributes:
        growing: For files that IVS overwrites.
        media: For files that IVS writes once.
    """

    growing: BehaviorOptions
    media: BehaviorOptions


class Ages(NamedTuple):
    """The seconds for which files are cached, as numbers or tokens."""

    playlist: int
    media: int


def create_behaviors(
    construct: Construct,
    origin: IOrigin,
    *,
    ages: Ages,
    allowed_origins: Sequence[str] | None,
    trusted_key_groups: Sequence[IKeyGroupRef] | None,
) -> Behaviors:
    """Create the behaviors of a distribution, with their policies."""
    # Browsers send cookies only if the response names the origin.
    credentials = bool(trusted_key_groups and allowed_origins)
    cors = ResponseHeadersCorsBehavior(
        access_control_allow_credentials=credentials,
        access_control_allow_headers=["Range"],
        access_control_allow_methods=["GET", "HEAD"],
        access_control_allow_origins=list(allowed_origins or ["*"]),
        access_control_expose_headers=["Content-Length", "Content-Range"],
        origin_override=True,
    )

    def behavior(name: str, seconds: int, cache_control: str) -> BehaviorOptions:
        headers = ResponseHeadersPolicy(
            construct,
            f"{name}Headers",
            cors_behavior=cors,
            custom_headers_behavior=ResponseCustomHeadersBehavior(
                custom_headers=[
                    ResponseCustomHeader(header="Cache-Control", value=cache_control, override=True)
                ]
            ),
            response_headers_policy_name=policy_name(construct, f"{name}Headers"),
        )
        return BehaviorOptions(
            cache_policy=_cache_policy(construct, f"{name}Cache", seconds),
            origin=origin,
            response_headers_policy=headers,
            trusted_key_groups=list(trusted_key_groups) if trusted_key_groups else None,
            viewer_protocol_policy=ViewerProtocolPolicy.HTTPS_ONLY,
        )

    return Behaviors(
        # A browser asks each time, and downloads the file only if it changed.
        behavior("Playlist", ages.playlist, "no-cache"),
        behavior("Media", ages.media, f"max-age={_as_text(ages.media)}, immutable"),
    )


def policy_name(construct: Construct, name: str, *, longest: int = 128) -> str:
    """Return a name that is unique in the account, because policies are global."""
    region = scope_info(construct).environment_or_tokens().region
    # Leave room for any Region if it is a token.
    room = longest - len(f"-{name}-") - max(len(region) if "$" not in region else 0, 16)
    unique = unique_resource_name(
        construct, max_length=room, separator="-", special_characters="_-"
    )
    return f"{unique}-{name}-{region}"


def _cache_policy(construct: Construct, name: str, seconds: int) -> CfnCachePolicy:
    """
    Create a policy that caches a file for this time, whatever headers S3 returns.

    It is an L1, because the L2 takes each time as a Duration, which costs a message.
    """
    return CfnCachePolicy(
        construct,
        name,
        cache_policy_config=CfnCachePolicy.CachePolicyConfigProperty(
            name=policy_name(construct, name),
            default_ttl=seconds,
            max_ttl=seconds,
            min_ttl=seconds,
            parameters_in_cache_key_and_forwarded_to_origin=(
                CfnCachePolicy.ParametersInCacheKeyAndForwardedToOriginProperty(
                    cookies_config=CfnCachePolicy.CookiesConfigProperty(cookie_behavior=_NOTHING),
                    headers_config=CfnCachePolicy.HeadersConfigProperty(header_behavior=_NOTHING),
                    query_strings_config=CfnCachePolicy.QueryStringsConfigProperty(
                        query_string_behavior=_NOTHING
                    ),
                    enable_accept_encoding_brotli=True,
                    enable_accept_encoding_gzip=True,
                )
            ),
        ),
    )


def _as_text(seconds: int) -> str:
    """Return a number as text. CloudFormation fills in a token."""
    if seconds >= 0:
        return str(seconds)
    from aws_cdk import Tokenization

    return Tokenization.stringify_number(seconds)
