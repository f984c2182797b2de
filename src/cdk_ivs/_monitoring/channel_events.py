"""The events of channels."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Unpack

from cdk_ivs._base.errors import ValidationError, bare, located
from cdk_ivs._base.tokens import is_token

from .event_names import (
    AdBreakEvent,
    LimitName,
    RecordingStatus,
    StreamEventCode,
    StreamHealthEvent,
    StreamStateEvent,
)
from .event_table import (
    ACCOUNT_LIMITS,
    AD_BREAK,
    CHANNEL_LIMITS,
    LIMIT_BREACH,
    RECORDING_STATE,
    STREAM_HEALTH,
    STREAM_STATE,
)
from .events import RuleOptions, check_pair, checked_names, rule_of, rule_of_account
from .mixins import Mixin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from .metrics import Subject


class ChannelEvents(Mixin):
    """Rules for the events of one channel. They arrive late at times, and not in order."""

    @abc.abstractmethod
    def _subject(self) -> Subject:
        """The channel."""

    def on_stream_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamStateEvent] | None = None,
        codes: Sequence[StreamEventCode] | None = None,
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
            **options: The options of the rule.
        """
        subject = self._subject()
        with located(options.get("cross_stack_scope") or subject.construct, id):
            check_pair(
                "codes",
                codes,
                event_names,
                (StreamStateEvent.SESSION_ENDED, StreamStateEvent.STREAM_TAKEOVER_FAILURE),
            )
        return rule_of(
            STREAM_STATE,
            subject,
            id,
            target=target,
            options=options,
            event_names=event_names,
            filters={"code": ("codes", StreamEventCode, codes)},
        )

    def on_stream_health_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StreamHealthEvent] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the stream starves, and when it no longer does.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            **options: The options of the rule.
        """
        return rule_of(
            STREAM_HEALTH,
            self._subject(),
            id,
            target=target,
            options=options,
            event_names=event_names,
        )

    def on_recording_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a recording begins, is complete, or fails.

        These events have no ``event_name``: what happened is matched in ``recording_status``.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``recording_status``). Default: anything.
            **options: The options of the rule.
        """
        return rule_of(
            RECORDING_STATE,
            self._subject(),
            id,
            target=target,
            options=options,
            event_names=event_names,
        )

    def on_limit_breach(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[LimitName] | None = None,
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
            **options: The options of the rule.

        Raises:
            ValidationError: If a limit is one of the account.
        """
        subject = self._subject()
        with located(subject.construct, id):
            _checked_limits(event_names, CHANNEL_LIMITS, "Channel.on_concurrent_limit_breach()")
        return rule_of(
            LIMIT_BREACH, subject, id, target=target, options=options, event_names=event_names
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
            scope: The scope in which the rule is made.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: The limits (``limit_name``): CONCURRENT_BROADCASTS, CONCURRENT_VIEWERS.
                Default: both.
            **options: The options of the rule.

        Raises:
            ValidationError: If a limit is one of a channel.
        """
        with located(scope, id):
            names = _checked_limits(event_names, ACCOUNT_LIMITS, "on_limit_breach() of the channel")
        return rule_of_account(
            scope,
            id,
            LIMIT_BREACH,
            target=target,
            options=options,
            event_names=ACCOUNT_LIMITS if names is None else names,
        )

    def on_ad_break(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[AdBreakEvent] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when an ad break is put into the stream.

        Args:
            id: The id of the rule, unique in the channel.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            **options: The options of the rule.
        """
        return rule_of(
            AD_BREAK, self._subject(), id, target=target, options=options, event_names=event_names
        )


def _checked_limits(
    values: object, allowed: Sequence[LimitName], instead: str
) -> Sequence[str] | None:
    names = checked_names("event_names", LimitName, values)
    for name in names or ():
        if name not in allowed and not is_token(name):
            raise ValidationError(
                f"'event_names' must be limits that such an event names, got '{bare(name)}' "
                f"(allowed: {', '.join(limit.name for limit in allowed)}); use {instead}",
                code="LimitScope",
            )
    return names
