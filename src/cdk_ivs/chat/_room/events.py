"""The events of chat, which are API calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.event_filters import validate_event_names
from cdk_ivs._monitoring.rules import create_service_rule
from cdk_ivs._validation.errors import error_path

from .api_call import ApiCall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from cdk_ivs._monitoring.rule_options import RuleOptions


class RoomEvents:
    """Rules for calls of the IVS Chat API. IVS Chat does not send events of its own."""

    @staticmethod
    def on_any_event(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        event_names: Sequence[ApiCall] | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Create a rule for calls of the IVS Chat API, about any room, that AWS CloudTrail records.

        The account needs a trail. The rule matches read-only calls, such as GetRoom and ListRooms,
        only if its state is ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS. Messages in a room are
        not API calls, so the rule does not match them.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            event_names: The operations (`eventName`). Default: all operations.
            **options: The options of the rule.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `Target` if the target cannot be added. `NoEventNames` if the list of
                operations is empty. `NoStack` if the scope is not in a stack. `ConstructId` if the
                ID is empty or a token. `RuleName` or `RuleDescription` if EventBridge refuses an
                option.
        """
        with error_path(scope, id):
            names = validate_event_names("event_names", ApiCall, event_names)
        return create_service_rule(
            scope,
            id,
            target=target,
            options=options,
            what="calls of the API",
            source=["aws.ivschat"],
            detail_type=["AWS API Call via CloudTrail"],
            detail={
                "eventSource": ["ivschat.amazonaws.com"],
                **({} if names is None else {"eventName": names}),
            },
        )
