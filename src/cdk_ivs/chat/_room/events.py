"""The events of chat: calls of its API."""

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
    """A rule for the calls of chat's API: chat sends no events of its own."""

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
        Do something at calls of chat's API, about any room, that CloudTrail records.

        There has to be a trail. Calls that only read, as GetRoom and ListRooms, are not
        matched unless the state of the rule is ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
        What is said in a room is no call of the API.

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            event_names: The calls (``eventName``). Default: any.
            **options: The options of the rule.
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
