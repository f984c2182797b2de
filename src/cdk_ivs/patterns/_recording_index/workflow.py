"""The state machine of the index, with its role and its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from cdk_ivs._core.tree import scope_info

from .steps import KEY_WRITE_ACTIONS, allow
from .writes import QUEUE, TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_sqs import IQueue
    from aws_cdk.aws_stepfunctions import StateMachine
    from constructs import Construct

    from cdk_ivs._core.tree import ScopeInfo


class Workflow(NamedTuple):
    """
    The state machine of an index.

    Attributes:
        definition: The definition.
        key_arns: The keys of the table and the queue, if they have some.
        log_group: The log group for errors, without the data of events.
        queue: The queue for events that are not written.
        reads_compositions: Whether it reads compositions from the API.
        table_arn: The ARN of the table.
        table_name: Its name.
        tracing_enabled: Whether X-Ray traces it.
    """

    definition: str
    key_arns: Sequence[str]
    log_group: ILogGroup
    queue: IQueue
    reads_compositions: bool
    table_arn: str
    table_name: str
    tracing_enabled: bool

    def create(self, scope: Construct) -> StateMachine:
        """Create the state machine."""
        from aws_cdk import Duration
        from aws_cdk.aws_iam import PolicyDocument, Role, ServicePrincipal
        from aws_cdk.aws_stepfunctions import (
            DefinitionBody,
            LogLevel,
            LogOptions,
            StateMachine,
            StateMachineType,
        )

        document = {"Version": "2012-10-17", "Statement": self._statements(scope)}
        role = Role(
            scope,
            "Role",
            assumed_by=ServicePrincipal("states.amazonaws.com"),
            inline_policies={"Index": PolicyDocument.from_json(document)},
        )
        return StateMachine(
            scope,
            "StateMachine",
            definition_body=DefinitionBody.from_string(self.definition),
            definition_substitutions={TABLE: self.table_name, QUEUE: self.queue.queue_url},
            logs=LogOptions(
                destination=self.log_group, include_execution_data=False, level=LogLevel.ERROR
            ),
            role=role,
            state_machine_type=StateMachineType.EXPRESS,
            timeout=Duration.minutes(5),
            tracing_enabled=self.tracing_enabled or None,
        )

    def _statements(self, scope: Construct) -> list[dict[str, object]]:
        statements = [
            allow("dynamodb:UpdateItem", resource=self.table_arn),
            allow("sqs:SendMessage", resource=self.queue.queue_arn),
        ]
        statements += [allow(*KEY_WRITE_ACTIONS, resource=arn) for arn in self.key_arns]
        if self.reads_compositions:
            stack = cast("ScopeInfo", scope_info(scope).stack)
            statements += [
                allow("ivs:GetComposition", resource=stack.arn("ivs", "composition/*")),
                allow(
                    "ivs:GetStorageConfiguration",
                    resource=stack.arn("ivs", "storage-configuration/*"),
                ),
            ]
        return statements
