"""Look-ups of existing channels at synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from aws_cdk import ContextProvider

from cdk_ivs._core.environments import check_arn_environment
from cdk_ivs._core.tree import scope_info
from cdk_ivs._validation.arns import check_arn
from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_made_up, is_token, made_up_id
from cdk_ivs._validation.type_names import with_type
from cdk_ivs._validation.values import check_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constructs import Construct

_PROVIDER = "cc-api-provider"
_CFN_TYPE = "AWS::IVS::Channel"
_KEPT = "the answer stays in cdk.context.json until you run 'cdk context --reset <key>'"


class FoundChannel(NamedTuple):
    """The result of the look-up of a channel."""

    arn: str
    ingest_endpoint: str
    playback_url: str


def look_up_channel(
    scope: Construct, channel_arn: str | None, channel_name: str | None
) -> FoundChannel:
    """
    The channel with the ARN or the name, from the Cloud Control context provider of the CDK.

    The CDK CLI looks the channel up after one synthesis and before the next. Until then the channel
    is a placeholder.
    """
    if (channel_arn is None) == (channel_name is None):
        raise ValidationError(
            "one of 'channel_arn' and 'channel_name' must be given, "
            f"got {'none' if channel_arn is None else 'both'}",
            code="LookupBy",
        )
    account, region = scope_info(scope).environment()
    if account is None or region is None:
        of_account = "no account" if account is None else f"the account {safe_text(account)}"
        of_region = "no Region" if region is None else f"the Region {safe_text(region)}"
        raise ValidationError(
            "'scope' of from_lookup() must be in a stack whose account and Region are known, got "
            f"{of_account} and {of_region}: give the stack an 'env', or use "
            "from_channel_attributes()",
            code="LookupEnvironment",
        )
    made_up = _made_up_channel(account, region, str(channel_arn), str(channel_name))
    keyword = "channel_name" if channel_arn is None else "channel_arn"
    given = _known(keyword, channel_name if channel_arn is None else channel_arn)
    # The value is a placeholder, so there is nothing to look up yet.
    if is_made_up(given):
        return made_up
    if channel_arn is None:
        check_name(keyword, given)
        arn = _arn_of_name(scope, given, made_up.arn)
        if arn == made_up.arn:
            return made_up
    else:
        arn = given
        check_arn(keyword, arn, "channel")
        check_arn_environment(keyword, arn, scope)
    found = _query(
        scope,
        arn,
        {"exactIdentifier": arn},
        {"IngestEndpoint": made_up.ingest_endpoint, "PlaybackUrl": made_up.playback_url},
    )
    if not found:
        raise ValidationError(
            f"'channel_arn' must be the ARN of a channel that exists, got {safe_repr(arn)}, which "
            f"was not found; {_KEPT}",
            code="LookupArn",
        )
    return FoundChannel(arn, found[0]["IngestEndpoint"], found[0]["PlaybackUrl"])


def _arn_of_name(scope: Construct, name: str, made_up_arn: str) -> str:
    found = _query(scope, name, {"propertyMatch": {"Name": name}}, {"Arn": made_up_arn})
    arns = sorted(channel["Arn"] for channel in found)
    if len(arns) != 1:
        candidates = (
            f"{len(arns)}: {', '.join(safe_text(arn) for arn in arns)}; give one as 'channel_arn'"
        )
        raise ValidationError(
            f"'channel_name' must be the name of one channel in the account and Region, "
            f"got {safe_repr(name)}, the name of {candidates if arns else 'no channel'}; {_KEPT}",
            code="LookupName",
        )
    return arns[0]


def _query(
    scope: Construct, subject: str, query: Mapping[str, Any], made_up: Mapping[str, str]
) -> list[dict[str, str]]:
    """The properties of the channels that the query finds, or the placeholders."""
    properties = list(made_up)
    answer: object = ContextProvider.get_value(
        scope,
        provider=_PROVIDER,
        props={"typeName": _CFN_TYPE, **query, "propertiesToReturn": properties},
        dummy_value=[dict(made_up)],
    ).value
    if not isinstance(answer, list) or not all(_has(found, properties) for found in answer):
        what = " and ".join(f"'{name}'" for name in properties)
        raise ValidationError(
            f"the answer to the look-up of {safe_repr(subject)} must be a list of channels, each "
            f"with {what}, got {safe_repr(answer)}; {_KEPT}; if Cloud Control gives the "
            "same answer again, use from_channel_attributes()",
            code="LookupAnswer",
        )
    return answer


def _has(found: object, properties: Sequence[str]) -> bool:
    return isinstance(found, dict) and all(
        isinstance(found.get(name), str) and found[name] for name in properties
    )


def _known(keyword: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ArgumentTypeError(
            f"'{keyword}' must be a string that is not empty, got {with_type(value)}"
        )
    if is_token(value) and not is_made_up(value):
        raise ValidationError(
            f"'{keyword}' must be known at synthesis, got {safe_repr(value)}; use "
            "from_channel_arn() or from_channel_attributes() for a channel that is known only at "
            "deployment",
            code="LookupToken",
        )
    return value


def _made_up_channel(account: str, region: str, *query: str) -> FoundChannel:
    name = made_up_id(account, region, *query)
    return FoundChannel(
        f"arn:aws:ivs:{region}:{account}:channel/{name}",
        f"{name}.global-contribute.live-video.net",
        f"https://{name}.{region}.playback.live-video.net/api/video/v1/"
        f"{region}.{account}.channel.{name}.m3u8",
    )
