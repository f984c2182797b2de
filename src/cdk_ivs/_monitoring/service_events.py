"""The events of the whole service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from cdk_ivs._monitoring.catalog.events import SOURCE

from .rules import create_service_rule

if TYPE_CHECKING:
    from aws_cdk.aws_events import IRuleTarget, Rule
    from constructs import Construct

    from .rule_options import RuleOptions


class ServiceEvents:
    """A rule for all events of low-latency and real-time streaming."""

    @staticmethod
    def on_any_event(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Create a rule that runs at any event of the service, for instance to keep it for an audit.

        The rule matches all events of channels, stages and compositions, including types that AWS
        adds later. It also matches the calls of the API if the account has a CloudTrail trail. For
        the events of chat, use `chat.Room.on_any_event()`.

        Args:
            scope: The scope in which you create the rule.
            id: The ID of the rule, unique in the scope.
            target: The target of the rule. Default: no target until you call `rule.add_target()`.
            **options: The options of the rule: see `RuleOptions`.

        Returns:
            The rule.

        Raises:
            ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
                accept.
            ValidationError: `RuleDescription` or `RuleName` if an option is invalid. `Target` if
                the rule cannot have the target.
        """
        return create_service_rule(
            scope,
            id,
            target=target,
            options=options,
            what="events of every type",
            source=[SOURCE],
        )
