"""The events of channels: of all of the account, and of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.events import (
    ACCOUNT_LIMIT_BREACH,
    AD_BREAK,
    LIMIT_BREACH,
    RECORDING_STATE,
    STREAM_HEALTH,
    STREAM_STATE,
)
from cdk_ivs._monitoring.monitored_resource import Monitored
from cdk_ivs._monitoring.rules import create_account_rule, create_method_rule
from cdk_ivs._monitoring.service_events import ServiceEvents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.interfaces.aws_ivs import IChannelRef
    from constructs import Construct

    from cdk_ivs._core.alpha import AlphaChannel
    from cdk_ivs._monitoring.catalog.enums import (
        AdBreakEvent,
        LimitName,
        RecordingStatus,
        StreamEventCode,
        StreamHealthEvent,
        StreamStateEvent,
    )
    from cdk_ivs._monitoring.rule_options import RuleOptions


class AllChannelEvents(ServiceEvents):
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
        return create_account_rule(STREAM_STATE, **locals())

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
        return create_account_rule(STREAM_HEALTH, **locals())

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
        return create_account_rule(RECORDING_STATE, **locals())

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
        return create_account_rule(LIMIT_BREACH, **locals())

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
        return create_account_rule(AD_BREAK, **locals())

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
        return create_account_rule(ACCOUNT_LIMIT_BREACH, **locals())


class ChannelEvents(AllChannelEvents, Monitored):
    """
    Rules for the events of one channel. They arrive late at times, and not in order.

    Filters take exact values, and prefixes and wildcards as ``events.Match`` makes them.
    """

    _MONITORED_KIND = "channel"

    def on_stream_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamStateEvent] | None = None,
        codes: Sequence[StreamEventCode] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a stream starts, ends, fails or is taken over.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            codes: Why it happened (``code``), which only Session Ended and Stream Takeover
                Failure say. Default: for any reason.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(STREAM_STATE, locals())

    def on_stream_health_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamHealthEvent] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the stream starves, and when it no longer does.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(STREAM_HEALTH, locals())

    def on_recording_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        recording_s3_bucket_names: Sequence[str] | None = None,
        recording_s3_key_prefixes: Sequence[str] | None = None,
        recording_session_ids: Sequence[str] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a recording begins, is complete, or fails.

        These events have no ``event_name``: what happened is matched in ``recording_status``.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``recording_status``). Default: anything.
            recording_s3_bucket_names: The buckets with the recordings. Default: any.
            recording_s3_key_prefixes: Where the recording is in the bucket. For a whole folder, use
                events.Match.prefix(). Default: anywhere.
            recording_session_ids: The recordings (``recording_session_id``). Default: any.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(RECORDING_STATE, locals())

    def on_limit_breach(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[LimitName] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the encoder sends more than the channel takes.

        The limits of the account, whose events name no channel, are for
        on_concurrent_limit_breach().

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: The limits (``limit_name``): INGEST_BITRATE, INGEST_RESOLUTION.
                Default: both.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.

        Raises:
            ValidationError: If a limit is one of the account.
        """
        return create_method_rule(LIMIT_BREACH, locals())

    def on_ad_break(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[AdBreakEvent] | None = None,
        ad_break_ids: Sequence[str] | None = None,
        stream_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when an ad break is put into the stream.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            ad_break_ids: The ad breaks (``ad_break_id``). Default: any.
            stream_ids: The streams (``stream_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(AD_BREAK, locals())
