"""The events of stages: of all of the account, and of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.events import (
    COMPOSITION_STATE,
    PARTICIPANT_RECORDING_STATE,
    STAGE_UPDATE,
)
from cdk_ivs._monitoring.monitored_resource import Monitored
from cdk_ivs._monitoring.rules import create_account_rule, create_method_rule
from cdk_ivs._monitoring.service_events import ServiceEvents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from aws_cdk.interfaces.aws_ivs import IStageRef
    from constructs import Construct

    from cdk_ivs._monitoring.catalog.enums import (
        CompositionStateEvent,
        PublishErrorCode,
        RecordingStatus,
        StageUpdateEvent,
    )
    from cdk_ivs._monitoring.rule_options import RuleOptions


class AllStageEvents(ServiceEvents):
    """
    Rules for the events of all stages of the account in a Region.

    Filters take exact values, and prefixes and wildcards as ``events.Match`` makes them.
    """

    @staticmethod
    def on_all_stage_update(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StageUpdateEvent] | None = None,
        error_codes: Sequence[PublishErrorCode] | None = None,
        participant_ids: Sequence[str] | None = None,
        replica: bool | None = None,
        session_ids: Sequence[str] | None = None,
        stages: Sequence[IStageRef] | None = None,
        user_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when participants of any stage publish, stop, fail or change tokens.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            error_codes: Why it happened (``error_code``), which only Participant Publish Error
                says. Default: for any reason.
            participant_ids: The participants (``participant_id``). Default: any.
            replica: Whether the participant is a replica from another stage, which only events
                about publishing say. Default: both.
            session_ids: The sessions of the stage (``session_id``). Default: any.
            stages: Only these stages, of any kind. Default: all of the account in the Region.
            user_ids: The users in the tokens of participants (``user_id``). Default: any.
            **options: The options of the rule.
        """
        return create_account_rule(STAGE_UPDATE, **locals())

    @staticmethod
    def on_all_participant_recording_state_change(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        error_codes: Sequence[str] | None = None,
        participant_ids: Sequence[str] | None = None,
        recording_s3_bucket_names: Sequence[str] | None = None,
        recording_s3_key_prefixes: Sequence[str] | None = None,
        session_ids: Sequence[str] | None = None,
        stages: Sequence[IStageRef] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the recording of a participant of any stage begins, is complete, or fails.

        These events name the participant, and not its user.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            error_codes: Why it happened (``error_code``), as ``AccessDeniedException``, which only
                failures say. Default: for any reason.
            participant_ids: The participants (``participant_id``). Default: any.
            recording_s3_bucket_names: The buckets with the recordings. Default: any.
            recording_s3_key_prefixes: Where the recording is in the bucket. For a whole folder, use
                events.Match.prefix(). Default: anywhere.
            session_ids: The sessions of the stage (``session_id``). Default: any.
            stages: Only these stages, of any kind. Default: all of the account in the Region.
            **options: The options of the rule.
        """
        return create_account_rule(PARTICIPANT_RECORDING_STATE, **locals())

    @staticmethod
    def on_all_composition_state_change(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[CompositionStateEvent] | None = None,
        destination_ids: Sequence[str] | None = None,
        error_codes: Sequence[str] | None = None,
        stages: Sequence[IStageRef] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when a composition of any stage, or a destination of one, changes.

        The ``resources`` of these events are compositions: stages are matched in
        ``detail.stage_arn``.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            destination_ids: The destinations (``id``), which only the events of destinations name.
                Default: any.
            error_codes: Why it happened (``error_code``), as ``AccessDeniedException``, which only
                failures say. Default: for any reason.
            stages: Only these stages, of any kind. Default: all of the account in the Region.
            **options: The options of the rule.
        """
        return create_account_rule(COMPOSITION_STATE, **locals())


class StageEvents(AllStageEvents, Monitored):
    """
    Rules for the events of one stage. They arrive late at times, and not in order.

    Filters take exact values, and prefixes and wildcards as ``events.Match`` makes them.
    """

    _MONITORED_KIND = "stage"

    def on_stage_update(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[StageUpdateEvent] | None = None,
        error_codes: Sequence[PublishErrorCode] | None = None,
        participant_ids: Sequence[str] | None = None,
        replica: bool | None = None,
        session_ids: Sequence[str] | None = None,
        user_ids: Sequence[str] | None = None,
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
            participant_ids: The participants (``participant_id``). Default: any.
            replica: Whether the participant is a replica from another stage, which only events
                about publishing say. Default: both.
            session_ids: The sessions of the stage (``session_id``). Default: any.
            user_ids: The users in the tokens of participants (``user_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(STAGE_UPDATE, locals())

    def on_participant_recording_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[RecordingStatus] | None = None,
        error_codes: Sequence[str] | None = None,
        participant_ids: Sequence[str] | None = None,
        recording_s3_bucket_names: Sequence[str] | None = None,
        recording_s3_key_prefixes: Sequence[str] | None = None,
        session_ids: Sequence[str] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something when the recording of a participant begins, is complete, or fails.

        These events name the participant, and not its user.

        Args:
            id: The id of the rule, unique in the stage.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: What happened (``event_name``). Default: anything.
            error_codes: Why it happened (``error_code``), as ``AccessDeniedException``, which only
                failures say. Default: for any reason.
            participant_ids: The participants (``participant_id``). Default: any.
            recording_s3_bucket_names: The buckets with the recordings. Default: any.
            recording_s3_key_prefixes: Where the recording is in the bucket. For a whole folder, use
                events.Match.prefix(). Default: anywhere.
            session_ids: The sessions of the stage (``session_id``). Default: any.
            **options: The options of the rule.
        """
        return create_method_rule(PARTICIPANT_RECORDING_STATE, locals())

    def on_composition_state_change(
        self,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[CompositionStateEvent] | None = None,
        destination_ids: Sequence[str] | None = None,
        error_codes: Sequence[str] | None = None,
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
            destination_ids: The destinations (``id``), which only the events of destinations name.
                Default: any.
            error_codes: Why it happened (``error_code``), as ``AccessDeniedException``, which only
                failures say. Default: for any reason.
            **options: The options of the rule.
        """
        return create_method_rule(COMPOSITION_STATE, locals())
