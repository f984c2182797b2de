"""The events of all channels of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.enums import (
    AdBreakEvent,
    LimitName,
    RecordingStatus,
    StreamEventCode,
    StreamHealthEvent,
    StreamStateEvent,
)
from cdk_ivs._monitoring.catalog.events import (
    ACCOUNT_LIMIT_BREACH,
    ACCOUNT_LIMITS,
    AD_BREAK,
    CHANNEL_LIMITS,
    LIMIT_BREACH,
    RECORDING_STATE,
    STREAM_HEALTH,
    STREAM_STATE,
)
from cdk_ivs._monitoring.mixins import Mixin
from cdk_ivs._monitoring.rule_filters import validate_event_names
from cdk_ivs._monitoring.rules import RuleOptions, account_rule
from cdk_ivs._monitoring.service_events import ServiceEvents
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.interfaces.aws_ivs import IChannelRef
    from constructs import Construct

    from cdk_ivs._core.alpha import AlphaChannel


class AllChannelEvents(ServiceEvents, Mixin):
    """
    Rules for the events of all channels of the account in a Region.

    Filters take exact values, and prefixes and wildcards as ``events.Match`` makes them.
    """

    @staticmethod
    def on_all_stream_state_change(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamStateEvent] | None = None,
        channel_names: Sequence[str] | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        codes: Sequence[StreamEventCode] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a stream of any channel starts, ends, fails or is taken over.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            channel_names: The names of channels (``channel_name``), which need not be unique.
                Default: any.
            channels: Only these channels, of any kind. Default: all of the account in the Region.
            codes: Why it happened (``code``), which only Session Ended and Stream Takeover
                Failure say. Default: for any reason.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return account_rule(
            STREAM_STATE,
            scope,
            id,
            target=target,
            options=options,
            event_names=event_names,
            channel_names=channel_names,
            resources=channels,
            codes=codes,
            stream_ids=stream_ids,
        )

    @staticmethod
    def on_all_stream_health_change(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamHealthEvent] | None = None,
        channel_names: Sequence[str] | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the stream of any channel starves, and when it no longer does.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            channel_names: The names of channels (``channel_name``), which need not be unique.
                Default: any.
            channels: Only these channels, of any kind. Default: all of the account in the Region.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return account_rule(
            STREAM_HEALTH,
            scope,
            id,
            target=target,
            options=options,
            event_names=event_names,
            channel_names=channel_names,
            resources=channels,
            stream_ids=stream_ids,
        )

    @staticmethod
    def on_all_recording_state_change(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        channel_names: Sequence[str] | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        recording_s3_bucket_names: Sequence[str] | None = None,
        recording_s3_key_prefixes: Sequence[str] | None = None,
        recording_session_ids: Sequence[str] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a recording of any channel begins, is complete, or fails.

        These events have no ``event_name``: what happened is matched in ``recording_status``.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``recording_status``). Default: anything.
            channel_names: The names of channels (``channel_name``), which need not be unique.
                Default: any.
            channels: Only these channels, of any kind. Default: all of the account in the Region.
            recording_s3_bucket_names: The buckets with the recordings. Default: any.
            recording_s3_key_prefixes: Where the recording is in the bucket. For a whole folder, use
                events.Match.prefix(). Default: anywhere.
            recording_session_ids: The recordings (``recording_session_id``). Default: any.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return account_rule(
            RECORDING_STATE,
            scope,
            id,
            target=target,
            options=options,
            event_names=event_names,
            channel_names=channel_names,
            resources=channels,
            recording_s3_bucket_names=recording_s3_bucket_names,
            recording_s3_key_prefixes=recording_s3_key_prefixes,
            recording_session_ids=recording_session_ids,
            stream_ids=stream_ids,
        )

    @staticmethod
    def on_all_limit_breach(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[LimitName] | None = None,
        channel_names: Sequence[str] | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when an encoder of any channel sends more than the channel takes.

        The limits of the account, whose events name no channel, are for
        on_concurrent_limit_breach().

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: The limits (``limit_name``): INGEST_BITRATE, INGEST_RESOLUTION.
                Default: both.
            channel_names: The names of channels (``channel_name``), which need not be unique.
                Default: any.
            channels: Only these channels, of any kind. Default: all of the account in the Region.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.

        Raises:
            ValidationError: If a limit is one of the account.
        """
        with error_path(scope, id):
            names = checked_limits(
                event_names, CHANNEL_LIMITS, "Channel.on_concurrent_limit_breach()"
            )
        return account_rule(
            LIMIT_BREACH,
            scope,
            id,
            target=target,
            options=options,
            event_names=CHANNEL_LIMITS if names is None else names,
            channel_names=channel_names,
            resources=channels,
            stream_ids=stream_ids,
        )

    @staticmethod
    def on_all_ad_break(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[AdBreakEvent] | None = None,
        ad_break_ids: Sequence[str] | None = None,
        channel_names: Sequence[str] | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when an ad break is put into the stream of any channel.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            ad_break_ids: The ad breaks (``ad_break_id``). Default: any.
            channel_names: The names of channels (``channel_name``), which need not be unique.
                Default: any.
            channels: Only these channels, of any kind. Default: all of the account in the Region.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return account_rule(
            AD_BREAK,
            scope,
            id,
            target=target,
            options=options,
            event_names=event_names,
            ad_break_ids=ad_break_ids,
            channel_names=channel_names,
            resources=channels,
            stream_ids=stream_ids,
        )

    @staticmethod
    def on_concurrent_limit_breach(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[LimitName] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the account has more live streams or views than its quota.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: The limits (``limit_name``): CONCURRENT_BROADCASTS, CONCURRENT_VIEWERS.
                Default: both.
            **options: The options of the rule.

        Raises:
            ValidationError: If a limit is one of a channel.
        """
        with error_path(scope, id):
            names = checked_limits(
                event_names,
                ACCOUNT_LIMITS,
                "on_limit_breach() of the channel, or Channel.on_all_limit_breach()",
            )
        return account_rule(
            ACCOUNT_LIMIT_BREACH,
            scope,
            id,
            target=target,
            options=options,
            event_names=ACCOUNT_LIMITS if names is None else names,
        )


def checked_limits(
    values: object, allowed: Sequence[LimitName], instead: str
) -> Sequence[str] | None:
    """The limits, refused unless they are some of those allowed."""
    names = validate_event_names("event_names", LimitName, values)
    for name in names or ():
        if name not in allowed and not is_token(name):
            raise ValidationError(
                f"'event_names' must be limits that such an event names, got '{safe_text(name)}' "
                f"(allowed: {', '.join(limit.name for limit in allowed)}); use {instead}",
                code="LimitScope",
            )
    return names
