"""A stream key that is replaced on a schedule."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration
from aws_cdk.interfaces.aws_ivs import IChannelRef
from constructs import Construct

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.environments import same_environment_arn
from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.synth_validation import validate_at_synth
from cdk_ivs._core.tree import register_parent, scope_info, stack_of
from cdk_ivs._iam.resource_types import STREAM_KEY
from cdk_ivs._low_latency.channel_singletons import find_singleton, register_singleton
from cdk_ivs._low_latency.synth_checks import check_rotated_keys
from cdk_ivs._monitoring.periods import seconds_at_synthesis
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.arns import Arn
from cdk_ivs._validation.errors import ValidationError, error_path, number_text, safe_text
from cdk_ivs._validation.values import whole_seconds
from cdk_ivs.patterns._workflow.environments import short_id
from cdk_ivs.patterns._workflow.state_machine import check_parts, create_log_group

if TYPE_CHECKING:
    from aws_cdk.aws_iam import PolicyStatement
    from aws_cdk.aws_lambda import Function
    from aws_cdk.aws_logs import ILogGroup
    from aws_cdk.aws_secretsmanager import ISecret, RotationSchedule, Secret

# The same as in the handler, which is not imported, because it is for AWS Lambda.
TAG = "CdkIvsStreamKeyRotation"
_MODULE = "rotation_handler"
_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class _RotationProps(Options):
    channel: IChannelRef | AlphaChannel
    rotate_every: Duration | None = None


class StreamKeyRotation(Construct):
    """
    Create a stream key that is replaced on a schedule, and is stored in a secret.

    After the deployment, the first rotation creates the first stream key. The channel must not have
    a `StreamKey`, because CloudFormation would restore the value of the stream key that it created.

    A channel has only one stream key
    ([quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)), so
    the function deletes the old one before it creates a new one. The encoder must read the stream
    key from the secret each time it starts a stream. While the channel is live, a rotation fails
    without a change, and Secrets Manager retries. Before the function deletes the old stream key,
    it checks whether it can create one. If an attempt is interrupted, the next attempt stores the
    stream key of the channel in the secret, or creates a stream key.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        channel: The channel, which must have no other stream key.

        log_group: The log group of the function, which never logs a stream key. Default: a new log
            group that keeps logs for one month.

        rotate_every: The time between two rotations: 1 to 1000 whole days
            ([RotationRulesType](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html)).
            Default: 30 days.

        secret: The secret for the stream key. Default: a new secret.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept.
        ValidationError: `SecondStreamKey` if the app gives the channel a stream key, at synthesis
            for a key that is an L1 construct. `RotationStack` if the secret is in another stack.
            `SecondRotation` if the secret has a rotation schedule already. `DurationRange` or
            `WholeDays` if the time is out of its range. `DurationToken` if the time is a token.
            `Environment` if the channel is known to be in another account or Region.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        channel: IChannelRef | AlphaChannel,
        log_group: ILogGroup | None = None,
        rotate_every: Duration | None = None,
        secret: Secret | ISecret | None = None,
    ) -> None:
        from aws_cdk.aws_secretsmanager import ISecret, Secret

        with error_path(scope, id):
            check_scope_and_id(scope, id)
            _RotationProps(channel=channel, rotate_every=rotate_every)
            check_parts(log_group=log_group)
            if secret is not None:
                check_type("secret", secret, ISecret)
                _check_stack(secret, scope)
                _check_schedule(secret)
            every = _check_days(rotate_every)
            arn = same_environment_arn("channel", channel, "channel", scope)
            earlier = find_singleton("stream key", channel, arn, scope)
            if earlier is not None:
                raise ValidationError(
                    "'channel' must be a channel without a stream key, got one with the key "
                    f"'{safe_text(earlier.node.path)}', whose value CloudFormation would restore; "
                    "leave that key out, and use the 'secret' of this construct",
                    code="SecondStreamKey",
                )
        super().__init__(scope, id)
        register_parent(self, scope, id)
        register_singleton("stream key", channel, arn, scope, self)
        validate_at_synth(self, check_rotated_keys, (self, arn))
        self.log_group: ILogGroup = create_log_group(self, log_group)
        """The log group of the function."""
        self.secret: Secret | ISecret = (
            Secret(self, "Secret", description="Stream key of an Amazon IVS channel")
            if secret is None
            else secret
        )
        """The secret with the stream key. Give readers access with `secret.grant_read(...)`."""
        tag = short_id(self)
        self.function: Function = self._create_function(arn, tag, _id_of(channel, arn))
        """The function that rotates. If a rotation fails, the function reports an error."""
        self.schedule: RotationSchedule = self.secret.add_rotation_schedule(
            "Rotation", automatically_after=every, rotation_lambda=self.function
        )
        """The rotation schedule of the secret."""
        _limit_to_account(self.function, scope_info(self).environment_or_tokens().account)

    def _create_function(self, channel_arn: str, tag: str, channel_id: str) -> Function:
        from aws_cdk.aws_lambda import Code, Function, Runtime

        source = files(__package__).joinpath(f"{_MODULE}.py").read_text(encoding="utf-8")
        # The CDK copies this folder, which has no compiled files, because these differ.
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, f"{_MODULE}.py").write_text(source, encoding="utf-8", newline="\n")
            return Function(
                self,
                # With another function, the schedule changes, and Secrets Manager rotates at once.
                # Otherwise, the secret would have the key of the old channel until the next
                # rotation.
                f"Function{channel_id}",
                code=Code.from_asset(folder),
                description="Rotates the stream key of an Amazon IVS channel (cdk-ivs)",
                environment={"CHANNEL_ARN": channel_arn, "TAG_VALUE": tag},
                handler=f"{_MODULE}.handler",
                # Passed to the function, which saves messages.
                initial_policy=self._permissions(channel_arn, tag),
                log_group=self.log_group,
                memory_size=256,
                runtime=Runtime.PYTHON_3_14,
                timeout=Duration.minutes(5),
            )

    def _permissions(self, channel_arn: str, tag: str) -> list[PolicyStatement]:
        """Return the permissions of the function, limited to stream keys that it created."""
        from aws_cdk.aws_iam import PolicyStatement

        keys = scope_info(self).arn(STREAM_KEY.service, f"{STREAM_KEY.arn_name}/*")
        own = {"StringEquals": {f"aws:ResourceTag/{TAG}": tag}}
        new = {"StringEquals": {f"aws:RequestTag/{TAG}": tag}}
        statements: list[tuple[list[str], list[str], dict[str, dict[str, str]] | None]] = [
            (["GetStream"], [channel_arn], None),
            (["ListStreamKeys"], [channel_arn, keys], None),
            (["DeleteStreamKey", "GetStreamKey"], [keys], own),
            (["CreateStreamKey", "TagResource"], [keys], new),
        ]
        return [
            PolicyStatement(
                actions=[f"{STREAM_KEY.service}:{action}" for action in actions],
                conditions=conditions,
                resources=resources,
            )
            for actions, resources, conditions in statements
        ]


def _limit_to_account(function: Function, account: str) -> None:
    """
    Limit the permission of Secrets Manager, which the schedule adds, to secrets of the account.

    See https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
    """
    from aws_cdk.aws_lambda import CfnPermission

    for child in function.node.children:
        if isinstance(child, CfnPermission):
            child.source_account = account


def _id_of(channel: Any, arn: str) -> str:  # noqa: ANN401 - a channel of any kind
    """Return an ID that is different for another channel."""
    text = arn if Arn.parse(arn).is_concrete else short_id(channel)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _check_stack(secret: ISecret, scope: Construct) -> None:
    """Refuse a secret in another stack, which would contain the schedule."""
    from aws_cdk.aws_secretsmanager import Secret

    if isinstance(secret, Secret) and jsii_reference(stack_of(secret)) != jsii_reference(
        stack_of(scope)
    ):
        raise ValidationError(
            "'secret' must be in the stack of the StreamKeyRotation, got one in another stack: "
            "the schedule of the secret and the function refer to each other; create both in one "
            "stack, or leave 'secret' out",
            code="RotationStack",
        )


def _check_schedule(secret: ISecret) -> None:
    """Refuse a secret with a schedule. The CDK would refuse it too, but later."""
    from aws_cdk.aws_secretsmanager import RotationSchedule

    for child in secret.node.children:
        if isinstance(child, RotationSchedule):
            raise ValidationError(
                "'secret' must be a secret without a rotation schedule, got one with "
                f"'{safe_text(child.node.path)}': a secret has one key; leave 'secret' out, or "
                "give another one",
                code="SecondRotation",
            )


def _check_days(duration: Duration | None) -> Duration | None:
    """Return the time between two rotations. None means 30 days, the default of the CDK."""
    if duration is None:
        return None
    seconds = seconds_at_synthesis("rotate_every", duration)
    whole_seconds("rotate_every", duration, _DAY, 1000 * _DAY)
    if seconds % _DAY:
        raise ValidationError(
            f"'rotate_every' must be a whole number of days, got {number_text(seconds)} seconds",
            code="WholeDays",
        )
    return duration
