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
    """A rule for all that low-latency and real-time streaming tell."""

    @staticmethod
    def on_any_event(
        scope: Construct,
        id: str,
        *,
        target: IRuleTarget | None = None,
        **options: Unpack[RuleOptions],
    ) -> Rule:
        """
        Do something at any event of the service, for instance to keep it for an audit.

        That is every event of channels, stages and compositions, of types to come as well, and
        the calls of the API if there is a trail of CloudTrail. Those of chat are for
        chat.Room.on_any_event().

        Args:
            scope: The scope in which to create the rule.
            id: The id of the rule, unique in the scope.
            target: What is done. Default: nothing until ``rule.add_target()`` is called.
            **options: The options of the rule.
        """
        return create_service_rule(
            scope,
            id,
            target=target,
            options=options,
            what="events of every type",
            source=[SOURCE],
        )
