"""The events of all stages of the account, and of one stage."""

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

    A filter takes exact values, or the prefixes and wildcards of `events.Match`.
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
        Create a rule that runs when participants of any stage publish, fail or exchange tokens.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            error_codes: The reasons, by `error_code`. Only the event `Participant Publish Error`
                has one. Default: all reasons.
            participant_ids: The participants, by `participant_id`. Default: all participants.
            replica: Whether the participant is a replica from another stage. Only events about
                publishing have this field. Default: both.
            session_ids: The sessions of the stage, by `session_id`. Default: all sessions.
            stages: The stages: constructs of this library or L1s. Default: all stages of the
                account in the Region.
            user_ids: The users in the tokens of the participants, by `user_id`. Default: all users.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if a stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when a recording of participants of any stage starts, ends or fails.

        These events contain the participant and not its user.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            error_codes: The reasons, by `error_code`, for instance `AccessDeniedException`. Only
                failures have one. Default: all reasons.
            participant_ids: The participants, by `participant_id`. Default: all participants.
            recording_s3_bucket_names: The buckets of the recordings, by `recording_s3_bucket_name`.
                Default: all buckets.
            recording_s3_key_prefixes: The locations of the recordings in the bucket, by
                `recording_s3_key_prefix`. For a folder, use `events.Match.prefix()`. Default: all
                locations.
            session_ids: The sessions of the stage, by `session_id`. Default: all sessions.
            stages: The stages: constructs of this library or L1s. Default: all stages of the
                account in the Region.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if a stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when a composition of any stage or a destination changes.

        The `resources` of these events are compositions. The rule matches the stage in
        `detail.stage_arn`.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            destination_ids: The destinations, by `id`. Only the events of destinations have one.
                Default: all destinations.
            error_codes: The reasons, by `error_code`, for instance `AccessDeniedException`. Only
                failures have one. Default: all reasons.
            stages: The stages: constructs of this library or L1s. Default: all stages of the
                account in the Region.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if a stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
        """
        return create_account_rule(COMPOSITION_STATE, **locals())


class StageEvents(AllStageEvents, Monitored):
    """
    Rules for the events of one stage. Events can arrive late and out of order.

    A filter takes exact values, or the prefixes and wildcards of `events.Match`.
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
        Create a rule that runs when participants of the stage publish, fail or exchange tokens.

        Args:
            id: The ID of the rule, unique in the stage.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            error_codes: The reasons, by `error_code`. Only the event `Participant Publish Error`
                has one. Default: all reasons.
            participant_ids: The participants, by `participant_id`. Default: all participants.
            replica: Whether the participant is a replica from another stage. Only events about
                publishing have this field. Default: both.
            session_ids: The sessions of the stage, by `session_id`. Default: all sessions.
            user_ids: The users in the tokens of the participants, by `user_id`. Default: all users.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if the stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when a recording of participants of the stage starts, ends or fails.

        These events contain the participant and not its user.

        Args:
            id: The ID of the rule, unique in the stage.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            error_codes: The reasons, by `error_code`, for instance `AccessDeniedException`. Only
                failures have one. Default: all reasons.
            participant_ids: The participants, by `participant_id`. Default: all participants.
            recording_s3_bucket_names: The buckets of the recordings, by `recording_s3_bucket_name`.
                Default: all buckets.
            recording_s3_key_prefixes: The locations of the recordings in the bucket, by
                `recording_s3_key_prefix`. For a folder, use `events.Match.prefix()`. Default: all
                locations.
            session_ids: The sessions of the stage, by `session_id`. Default: all sessions.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if the stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
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
        Create a rule that runs when a composition of the stage or a destination changes.

        The `resources` of these events are compositions. The rule matches the stage in
        `detail.stage_arn`.

        Args:
            id: The ID of the rule, unique in the stage.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The events, by `event_name`. Default: all events.
            destination_ids: The destinations, by `id`. Only the events of destinations have one.
                Default: all destinations.
            error_codes: The reasons, by `error_code`, for instance `AccessDeniedException`. Only
                failures have one. Default: all reasons.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `FilterValue`, `ListToken`, `NoEventNames` or `NoFilterValues` if a
                filter is invalid or empty. `FieldOfEvent` if none of `event_names` has the field of
                a filter. `Environment` if the stage is in another account or Region than the rule.
                `RuleDescription` or `RuleName` if an option is invalid. `Target` if the rule cannot
                have the target.
        """
        return create_method_rule(COMPOSITION_STATE, locals())
