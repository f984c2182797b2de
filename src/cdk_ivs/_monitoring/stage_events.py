"""The events of stages."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Unpack

from cdk_ivs._base.errors import located

from .event_names import (
    CompositionStateEvent,
    PublishErrorCode,
    RecordingStatus,
    StageUpdateEvent,
)
from .event_table import COMPOSITION_STATE, PARTICIPANT_RECORDING_STATE, STAGE_UPDATE
from .events import RuleOptions, check_pair, rule_of
from .mixins import Mixin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule

    from .metrics import Subject


class StageEvents(Mixin):
    """Rules for the events of one stage. They arrive late at times, and not in order."""

    @abc.abstractmethod
    def _subject(self) -> Subject:
        """The stage."""

    def on_stage_update(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StageUpdateEvent] | None = None,
        error_codes: Sequence[PublishErrorCode] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when participants publish, stop, fail, are replicated or change tokens.

        Args:
            id: The id of the rule, unique in the stage.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            error_codes: Why it happened (``error_code``), which only Participant Publish Error
                says. Default: for any reason.
            **options: The options of the rule.
        """
        subject = self._subject()
        with located(options.get("cross_stack_scope") or subject.construct, id):
            check_pair(
                "error_codes",
                error_codes,
                event_names,
                (StageUpdateEvent.PARTICIPANT_PUBLISH_ERROR,),
            )
        return rule_of(
            STAGE_UPDATE,
            subject,
            id,
            target=target,
            options=options,
            event_names=event_names,
            filters={"error_code": ("error_codes", PublishErrorCode, error_codes)},
        )

    def on_participant_recording_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the recording of a participant begins, is complete, or fails.

        Args:
            id: The id of the rule, unique in the stage.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            **options: The options of the rule.
        """
        return rule_of(
            PARTICIPANT_RECORDING_STATE,
            self._subject(),
            id,
            target=target,
            options=options,
            event_names=event_names,
        )

    def on_composition_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[CompositionStateEvent] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a composition of the stage, or a destination of one, changes.

        The ``resources`` of these events are compositions: the stage is matched in
        ``detail.stage_arn``.

        Args:
            id: The id of the rule, unique in the stage.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            **options: The options of the rule.
        """
        return rule_of(
            COMPOSITION_STATE,
            self._subject(),
            id,
            target=target,
            options=options,
            event_names=event_names,
        )
