"""A webhook, which sends events to an HTTPS endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aws_cdk import Duration, SecretValue
from aws_cdk.aws_events import IApiDestination, IConnection
from aws_cdk.aws_events_targets import ApiDestination as ApiDestinationTarget
from aws_cdk.aws_sqs import IQueue
from aws_cdk.interfaces.aws_ivs import IChannelRef, IStageRef
from aws_cdk.interfaces.aws_secretsmanager import ISecretRef
from constructs import Construct

from cdk_ivs._core.alpha import AlphaChannel
from cdk_ivs._core.placement import check_scope_and_id
from cdk_ivs._core.props import Options
from cdk_ivs._core.tree import register_parent
from cdk_ivs._monitoring.rules import create_account_rule
from cdk_ivs._monitoring.targets_and_actions import UnfailingTarget
from cdk_ivs._validation.errors import ValidationError, error_path, safe_text
from cdk_ivs._validation.values import check_number, whole_seconds
from cdk_ivs.patterns._dead_letters import check_dead_letter_queue, create_dead_letter_queue
from cdk_ivs.patterns._resources import choose_resources

from .body import Body
from .chosen import choose_events
from .endpoint import check_header_name, check_secret_field, check_url, refuse_plain_text

if TYPE_CHECKING:
    from aws_cdk.aws_events import Rule

    from cdk_ivs._monitoring.catalog.enums import (
        AdBreakEvent,
        CompositionStateEvent,
        LimitName,
        RecordingStatus,
        StageUpdateEvent,
        StreamHealthEvent,
        StreamStateEvent,
    )

    from .chosen import ChosenType

_HEADER = "Authorization"
_MINUTE, _DAY = 60, 86_400
_MOST_ATTEMPTS = 185
# The quota can be raised without a maximum.
_HIGHEST_RATE = 2_147_483_647


class _Target(ApiDestinationTarget, UnfailingTarget):
    """The endpoint as a target of a rule."""


@dataclass(frozen=True, kw_only=True)
class _EventWebhookProps(Options):
    all: bool | None = None
    api_destination: IApiDestination | None = None
    channels: Sequence[IChannelRef | AlphaChannel] | None = None
    connection: IConnection | None = None
    dead_letter_queue: IQueue | None = None
    header_name: str | None = None
    invocation_rate_limit: int | None = None
    max_event_age: Duration | None = None
    retry_attempts: int | None = None
    secret: ISecretRef | None = field(default=None, repr=False)
    secret_field: str | None = None
    stages: Sequence[IStageRef] | None = None
    url: str | None = None


class EventWebhook(Construct):
    """
    Create a webhook, which sends events of channels and stages to an HTTPS endpoint.

    Rules send the events to an API destination of EventBridge. Each request is a POST with a secret
    in a header. The body is a JSON object:

    - `id`: the ID of the event, by which you can recognize a duplicate.
    - `type`: the `detail-type` of the event, such as `IVS Recording State Change`.
    - `event`: the name of the event, such as `Recording End`. It is the field `event_name` of the
      event, `recording_status` for recordings of channels, and `limit_name` for limit breaches.
    - `time`, `account`, `region`: the time, account and Region of the event.
    - `resource`: the ARN of the channel or stage. Events about limits of the account have none.
    - `resources`: the resources of the event. For compositions, that is the composition.
    - `detail`: the detail of the event, as IVS sends it.

    EventBridge waits 5 seconds for a response
    ([guide](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html)),
    and then retries. An event that the endpoint never accepts goes to the dead-letter queue.

    Args:
        scope: The scope in which you create the construct.

        id: The ID of the construct, unique in the scope.

        all: Whether to send the events of all channels and stages of the account and Region, and
            the events about the limits of the account. Default: False, only events of `channels`
            and `stages`.

        api_destination: The API destination, instead of `url` and the other parameters of the
            endpoint. Default: a new API destination.

        channels: The channels. Default: no channels, unless `all` is set.

        connection: The connection, instead of `secret`, for OAuth or for a username and password.
            Default: a new connection.

        dead_letter_queue: The queue for events that the endpoint does not accept. The construct
            adds the permission of the rules to its policy. Default: a new queue, encrypted by SQS,
            that keeps messages for 14 days.

        events: The events to send, as members of `StreamStateEvent`, `StreamHealthEvent`,
            `RecordingStatus`, `LimitName`, `AdBreakEvent`, `StageUpdateEvent` and
            `CompositionStateEvent`. Default: all events of the channels and stages.

        header_name: The name of the header with the secret. Default: `Authorization`.

        invocation_rate_limit: The maximum number of requests per second: at least 1
            ([CreateApiDestination](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html)).
            EventBridge delays the others, possibly longer than `max_event_age`. Default: 300, the
            default of EventBridge.

        max_event_age: How long EventBridge tries to send an event: from 1 minute to 24 hours, in
            whole seconds
            ([RetryPolicy](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html)).
            Default: 24 hours.

        retry_attempts: How many times EventBridge retries: 0 to 185
            ([RetryPolicy](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html)).
            Default: 185.

        secret: The secret in AWS Secrets Manager that is the whole value of the header, such as
            `Bearer …`. CloudFormation reads it when it creates or updates the connection. If you
            rotate the secret, a deployment must change the connection. Default: no secret, if
            `connection` or `api_destination` is given.

        secret_field: The field of the secret, if the secret is a JSON object. Default: the whole
            secret.

        stages: The stages. Default: no stages, unless `all` is set.

        url: The endpoint: an HTTPS URL of a public host, up to 2,048 characters
            ([CreateApiDestination](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html)).
            Default: the endpoint of `api_destination`.

    Raises:
        ArgumentTypeError: `ArgumentType` if an argument has a type that its parameter does not
            accept, or if the secret is plain text.
        ValidationError: `Resources` if there are no channels and stages, or if they are given
            together with `all`. `WebhookEvents` if an event does not apply to them. `WebhookUrl`,
            `WebhookHeader` or `WebhookSecret` if the endpoint, the header or the secret is missing
            or invalid. `WebhookTwice` if a part of the endpoint is given twice. `NumberRange`,
            `DurationRange` or `DurationUnit` if a number or a duration is out of its range.
            `DeadLetterQueue` if the queue is a FIFO queue. `DeadLetterQueueStack` if the queue is
            in another stack of the app. `Environment` if a channel or stage is known to be in
            another account or Region.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        all: bool | None = None,
        api_destination: IApiDestination | None = None,
        channels: Sequence[IChannelRef | AlphaChannel] | None = None,
        connection: IConnection | None = None,
        dead_letter_queue: IQueue | None = None,
        events: Sequence[
            StreamStateEvent
            | StreamHealthEvent
            | RecordingStatus
            | LimitName
            | AdBreakEvent
            | StageUpdateEvent
            | CompositionStateEvent
        ]
        | None = None,
        header_name: str | None = None,
        invocation_rate_limit: int | None = None,
        max_event_age: Duration | None = None,
        retry_attempts: int | None = None,
        secret: ISecretRef | None = None,
        secret_field: str | None = None,
        stages: Sequence[IStageRef] | None = None,
        url: str | None = None,
    ) -> None:
        with error_path(scope, id):
            check_scope_and_id(scope, id)
            refuse_plain_text(secret)
            props = _EventWebhookProps(
                all=all,
                api_destination=api_destination,
                channels=channels,
                connection=connection,
                dead_letter_queue=dead_letter_queue,
                header_name=header_name,
                invocation_rate_limit=invocation_rate_limit,
                max_event_age=max_event_age,
                retry_attempts=retry_attempts,
                secret=secret,
                secret_field=secret_field,
                stages=stages,
                url=url,
            )
            resources = choose_resources(
                scope, all=bool(all), channels=props.channels, stages=props.stages
            )
            about_all = {"": None} if all else {}
            chosen = choose_events(events, resources | about_all)
            _check_endpoint(props)
            check_dead_letter_queue(props.dead_letter_queue, scope)
            check_number("retry_attempts", props.retry_attempts, 0, _MOST_ATTEMPTS)
            whole_seconds("max_event_age", props.max_event_age, _MINUTE, _DAY)
        super().__init__(scope, id)
        register_parent(self, scope, id)
        self.dead_letter_queue: IQueue = dead_letter_queue or create_dead_letter_queue(self)
        """The queue for events that the endpoint does not accept."""
        self.connection: IConnection | None = connection
        """The connection. None if you gave an API destination."""
        if api_destination is None:
            api_destination = self._create_api_destination(props)
        self.api_destination: IApiDestination = api_destination
        """The API destination."""
        self.rules: list[Rule] = [self._create_rule(each, resources, props) for each in chosen]
        """The rules, one for each type of events."""

    def _create_api_destination(self, props: _EventWebhookProps) -> IApiDestination:
        from aws_cdk.aws_events import ApiDestination, Authorization, Connection

        if self.connection is None:
            self.connection = Connection(
                self,
                "Connection",
                authorization=Authorization.api_key(_header_name(props), _secret_value(props)),
            )
        return ApiDestination(
            self,
            "ApiDestination",
            connection=self.connection,
            endpoint=str(props.url),
            rate_limit_per_second=props.invocation_rate_limit,
        )

    def _create_rule(
        self, chosen: ChosenType, resources: dict[str, Any], props: _EventWebhookProps
    ) -> Rule:
        event_type = chosen.event_type
        target = _Target(
            self.api_destination,
            dead_letter_queue=self.dead_letter_queue,
            event=Body(event_type),
            max_event_age=props.max_event_age,
            retry_attempts=props.retry_attempts,
        )
        # Events of the account have no resource.
        about = {f"{event_type.kind}s": resources[event_type.kind]} if event_type.kind else {}
        words = (
            event_type.method.split("_") if event_type.kind else ["concurrent", event_type.method]
        )
        return create_account_rule(
            event_type,
            self,
            "".join(word.title() for word in words).replace("_", ""),
            target=target,
            options={"description": f"Sends {event_type.detail_type} to the webhook"},
            event_names=chosen.names,
            **about,
        )


def _header_name(props: _EventWebhookProps) -> str:
    return _HEADER if props.header_name is None else props.header_name


def _secret_value(props: _EventWebhookProps) -> SecretValue:
    secret: Any = props.secret
    arn = getattr(secret, "secret_arn", None) or secret.secret_ref.secret_id
    return SecretValue.secrets_manager(arn, json_field=props.secret_field)


def _check_endpoint(props: _EventWebhookProps) -> None:
    """Refuse an invalid endpoint, and an endpoint that is given twice."""
    of_connection = {
        "header_name": props.header_name,
        "secret": props.secret,
        "secret_field": props.secret_field,
    }
    of_destination = {
        "connection": props.connection,
        "invocation_rate_limit": props.invocation_rate_limit,
        "url": props.url,
        **of_connection,
    }
    if props.api_destination is not None:
        _refuse_beside("api_destination", of_destination)
        return
    if props.url is None:
        raise ValidationError(
            "'url' or 'api_destination' must be given, got neither", code="WebhookUrl"
        )
    check_url(props.url)
    check_number("invocation_rate_limit", props.invocation_rate_limit, 1, _HIGHEST_RATE)
    if props.connection is not None:
        _refuse_beside("connection", of_connection)
        return
    if props.secret is None:
        raise ValidationError(
            "'secret' or 'connection' must be given, got neither: the endpoint must be able to "
            "recognize the sender",
            code="WebhookSecret",
        )
    check_header_name(_header_name(props))
    check_secret_field(props.secret_field)


def _refuse_beside(given: str, others: Mapping[str, object]) -> None:
    for keyword, value in others.items():
        if value is not None:
            raise ValidationError(
                f"'{keyword}' must not be given with '{safe_text(given)}', which includes it; "
                "leave one out",
                code="WebhookTwice",
            )
