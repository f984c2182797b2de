"""The events of all channels of the account, and of one channel."""

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

    A filter takes exact values, or the prefixes and wildcards of `events.Match`.
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
        Create a rule that runs when a stream of any channel starts, ends, fails or is taken over.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            channel_names: The names of the channels, by `channel_name`. Names need not be unique.
                Default: all names.
            channels: The channels: constructs of this library, L1s or channels of `aws_ivs_alpha`.
                Default: all channels of the account in the Region.
            codes: The reasons, by `code`. Only the events `Session Ended` and `Stream Takeover
                Failure` have one. Default: all reasons.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if a channel is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when the stream of any channel starves or recovers.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            channel_names: The names of the channels, by `channel_name`. Names need not be unique.
                Default: all names.
            channels: The channels: constructs of this library, L1s or channels of `aws_ivs_alpha`.
                Default: all channels of the account in the Region.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if a channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
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
        Create a rule that runs when a recording of any channel starts, ends or fails.

        These events have no `event_name`. The rule matches `recording_status` instead.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `recording_status`. Default: all events.
            channel_names: The names of the channels, by `channel_name`. Names need not be unique.
                Default: all names.
            channels: The channels: constructs of this library, L1s or channels of `aws_ivs_alpha`.
                Default: all channels of the account in the Region.
            recording_s3_bucket_names: The buckets of the recordings, by `recording_s3_bucket_name`.
                Default: all buckets.
            recording_s3_key_prefixes: The locations of the recordings in the bucket, by
                `recording_s3_key_prefix`. For a folder, use `events.Match.prefix()`. Default: all
                locations.
            recording_session_ids: The recordings, by `recording_session_id`. Default: all
                recordings.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if a channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
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
        Create a rule that runs when the encoder of any channel exceeds a limit of the channel.

        For the limits of the account, whose events name no channel, use
        `on_concurrent_limit_breach()`.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The limits, by `limit_name`: `INGEST_BITRATE` and `INGEST_RESOLUTION`.
                Default: both.
            channel_names: The names of the channels, by `channel_name`. Names need not be unique.
                Default: all names.
            channels: The channels: constructs of this library, L1s or channels of `aws_ivs_alpha`.
                Default: all channels of the account in the Region.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `LimitScope` if a limit is one of the account.
                `Environment` if a channel is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when an ad break is inserted into the stream of any channel.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            ad_break_ids: The ad breaks, by `ad_break_id`. Default: all ad breaks.
            channel_names: The names of the channels, by `channel_name`. Names need not be unique.
                Default: all names.
            channels: The channels: constructs of this library, L1s or channels of `aws_ivs_alpha`.
                Default: all channels of the account in the Region.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if a channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
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
        Create a rule that runs when the account exceeds its quota of live streams or views.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The limits, by `limit_name`: `CONCURRENT_BROADCASTS` and
                `CONCURRENT_VIEWERS`. Default: both.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `NoEventNames` if a filter is invalid or empty. `LimitScope` if a limit
                is one of a channel. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
        """
        return create_account_rule(ACCOUNT_LIMIT_BREACH, **locals())


class ChannelEvents(AllChannelEvents, Monitored):
    """
    Rules for the events of one channel. Events can arrive late and out of order.

    A filter takes exact values, or the prefixes and wildcards of `events.Match`.
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
        Create a rule that runs when a stream of the channel starts, ends, fails or is taken over.

        Args:
            id: The ID of the rule, unique in the channel.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            codes: The reasons, by `code`. Only the events `Session Ended` and `Stream Takeover
                Failure` have one. Default: all reasons.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if the channel is in another account or Region than the
                rule. `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule
                cannot have the target.
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
        Create a rule that runs when the stream of the channel starves or recovers.

        Args:
            id: The ID of the rule, unique in the channel.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if the channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
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
        Create a rule that runs when a recording of the channel starts, ends or fails.

        These events have no `event_name`. The rule matches `recording_status` instead.

        Args:
            id: The ID of the rule, unique in the channel.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `recording_status`. Default: all events.
            recording_s3_bucket_names: The buckets of the recordings, by `recording_s3_bucket_name`.
                Default: all buckets.
            recording_s3_key_prefixes: The locations of the recordings in the bucket, by
                `recording_s3_key_prefix`. For a folder, use `events.Match.prefix()`. Default: all
                locations.
            recording_session_ids: The recordings, by `recording_session_id`. Default: all
                recordings.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if the channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
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
        Create a rule that runs when the encoder of the channel exceeds a limit of the channel.

        For the limits of the account, whose events name no channel, use
        `on_concurrent_limit_breach()`.

        Args:
            id: The ID of the rule, unique in the channel.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The limits, by `limit_name`: `INGEST_BITRATE` and `INGEST_RESOLUTION`.
                Default: both.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `LimitScope` if a limit is one of the account.
                `Environment` if the channel is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when an ad break is inserted into the stream of the channel.

        Args:
            id: The ID of the rule, unique in the channel.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            ad_break_ids: The ad breaks, by `ad_break_id`. Default: all ad breaks.
            stream_ids: The streams, by `stream_id`. Default: all streams.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `Environment` if the channel is in another account or
                Region than the rule. `RuleDescription` or `RuleName` if an option is invalid.
                `Target` if the rule cannot have the target.
        """
        return create_method_rule(AD_BREAK, locals())
