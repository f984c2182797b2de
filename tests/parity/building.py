"""Builds the app of a plan with the constructs of either library."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from aws_cdk import (
    Aws,
    CfnOutput,
    Duration,
    Environment,
    NestedStack,
    PhysicalName,
    PropertyInjectors,
    RemovalPolicies,
    RemovalPolicy,
    Stack,
    Stage,
    Tags,
)
from aws_cdk import aws_s3 as s3
from constructs import Construct
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.injectors import Injector
from tests.support.keys import pem_of

from .injectors import adding
from .plans import (
    ENVIRONMENTS,
    INJECTED,
    AppPlan,
    ChannelPlan,
    ImportPlan,
    Item,
    OutputPlan,
    Plan,
    PlaybackKeyPairPlan,
    RecordingPlan,
    ScopePlan,
    StreamKeyPlan,
    Text,
)
from .values import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from aws_cdk import App

_PUBLIC_KEYS = tuple(
    pem_of(ec.derive_private_key(secret, ec.SECP384R1()).public_key()) for secret in (2, 3, 5)
)


@dataclass
class _Made:
    """What is made so far in one environment, for later constructs to pick from."""

    constructs: list[Any] = field(default_factory=list)
    buckets: list[Any] = field(default_factory=list)
    recordings: list[Any] = field(default_factory=list)
    keyless: list[Any] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    secrets: dict[str, Stack] = field(default_factory=dict)


def _pick(number: int | None, made: Sequence[Any]) -> Any:
    return None if number is None or not made else made[number % len(made)]


def _duration(plan: tuple[str, float] | None) -> Duration | None:
    return None if plan is None else getattr(Duration, plan[0])(plan[1])


class Builder:
    """
    Builds one app.

    Attributes:
        used: What the app has that not every app has, by name.
    """

    def __init__(self, ivs: ModuleType) -> None:
        self.used: set[str] = set()
        self._ivs = ivs
        self._ids: set[str] = set()
        self._made: defaultdict[tuple[str, int], _Made] = defaultdict(_Made)
        self._place = ("", 0)
        self._keys_injected = False
        self._count = 0

    def build(self, app: App, plan: AppPlan) -> None:
        """Build what the plan says."""
        self._tag(app, plan.tags)
        for child in plan.children:
            self._add(child, app)

    @property
    def _here(self) -> _Made:
        return self._made[self._place]

    @singledispatchmethod
    def _add(self, plan: object, scope: Construct) -> None:
        raise TypeError(f"nothing builds {plan!r}")

    def _id(self, plan: Plan, scope: Construct) -> str:
        """The id of the plan, made unique in the scope."""
        id = plan.id
        while f"{scope.node.path}/{id}" in self._ids:
            id += "2"
        self._ids.add(f"{scope.node.path}/{id}")
        return id

    @_add.register
    def _(self, plan: ScopePlan, scope: Construct) -> None:
        outer = (self._place, self._keys_injected)
        made = self._scope(plan, scope)
        self._tag(made, plan.tags)
        if plan.injector is not None:
            self._count += 1
            name = INJECTED[plan.injector]
            change = adding(**({name: f"Injected{self._count}"} if name else {}))
            injector = Injector(getattr(self._ivs, plan.injector), change)
            PropertyInjectors.of(made).add(injector)
            self._keys_injected |= plan.injector == "StreamKey"
            self.used.add(f"injector of {plan.injector}")
        for child in plan.children:
            self._add(child, made)
        if plan.policy is not None:
            RemovalPolicies.of(made).apply(RemovalPolicy[plan.policy])
        self._place, self._keys_injected = outer
        self.used.add(plan.kind)

    def _scope(self, plan: ScopePlan, scope: Construct) -> Construct:
        id = self._id(plan, scope)
        if plan.kind == "group":
            return Construct(scope, id)
        if plan.kind == "nested":
            return NestedStack(scope, id)
        stage, environment = self._place
        environment = plan.environment or environment
        known = ENVIRONMENTS[environment]
        env = None if known is None else Environment(account=known[0], region=known[1])
        self._place = (id if plan.kind == "stage" else stage, environment)
        if plan.kind == "stage":
            return Stage(scope, id, env=env)
        name = f"{id}-given" if plan.named else None
        return Stack(scope, id, env=env, stack_name=name)

    @_add.register
    def _(self, plan: ChannelPlan, scope: Construct) -> None:
        ivs = self._ivs
        multitrack = plan.multitrack and ivs.MultitrackInputConfiguration(
            maximum_resolution=ivs.MaximumResolution[plan.multitrack[0]],
            policy=ivs.Policy[plan.multitrack[1]],
        )
        recording = _pick(plan.recording, self._here.recordings)
        channel = ivs.Channel(
            scope,
            self._id(plan, scope),
            authorized=plan.authorized,
            channel_name=self._text(plan.name, scope),
            container_format=plan.container_format and ivs.ContainerFormat[plan.container_format],
            insecure_ingest=plan.insecure_ingest,
            latency_mode=plan.latency and ivs.LatencyMode[plan.latency],
            multitrack_input_configuration=multitrack,
            preset=plan.preset and ivs.Preset[plan.preset],
            recording_configuration=recording,
            type=plan.type and ivs.ChannelType[plan.type],
        )
        if recording is not None and recording.stack is not channel.stack:
            made = "made" if recording.node.children else "imported"
            self.used.add(f"recording configuration {made} in another stack")
        self._finish(
            plan,
            channel,
            channel.channel_arn,
            channel.channel_ingest_endpoint,
            channel.channel_playback_url,
        )
        self._key(channel, plan.key)

    def _key(self, channel: Any, id: str | None) -> None:
        if id is None:
            self._here.keyless.append(channel)
        else:
            key = channel.add_stream_key(id)
            self._here.attributes += (key.stream_key_arn, key.stream_key_value)
            self._here.secrets[key.stream_key_value] = key.stack

    @_add.register
    def _(self, plan: StreamKeyPlan, scope: Construct) -> None:
        channel = _pick(plan.channel, self._here.keyless)
        if channel is None:
            return
        self._here.keyless.remove(channel)
        key = self._ivs.StreamKey(scope, self._id(plan, scope), channel=channel)
        self.used.add("stream key")
        self._finish(plan, key, key.stream_key_arn, key.stream_key_value)
        self._here.secrets[key.stream_key_value] = key.stack

    @_add.register
    def _(self, plan: PlaybackKeyPairPlan, scope: Construct) -> None:
        material = (
            _PUBLIC_KEYS[plan.key]
            if plan.token is None
            else self._text(Text(form=plan.token, text="PublicKey"), scope)
        )
        pair = self._ivs.PlaybackKeyPair(
            scope,
            self._id(plan, scope),
            public_key_material=material,
            playback_key_pair_name=self._text(plan.name, scope),
        )
        self._finish(plan, pair, pair.playback_key_pair_arn, pair.playback_key_pair_fingerprint)

    @_add.register
    def _(self, plan: RecordingPlan, scope: Construct) -> None:
        ivs = self._ivs
        recording = ivs.RecordingConfiguration(
            scope,
            self._id(plan, scope),
            bucket=self._bucket(plan, scope),
            recording_configuration_name=self._text(plan.name, scope),
            recording_reconnect_window=_duration(plan.window),
            rendition_configuration=self._renditions(plan.renditions),
            thumbnail_configuration=self._thumbnails(plan),
        )
        self._here.recordings.append(recording)
        self._finish(plan, recording, recording.recording_configuration_arn)

    def _renditions(self, names: tuple[str, ...] | None) -> object:
        configuration = self._ivs.RenditionConfiguration
        match names:
            case None:
                return None
            case ("ALL",):
                return configuration.all()
            case ("NONE",):
                return configuration.none()
            case _:
                return configuration.custom([self._ivs.Resolution[name] for name in names])

    def _thumbnails(self, plan: RecordingPlan) -> object:
        configuration = self._ivs.ThumbnailConfiguration
        match plan.thumbnails:
            case None:
                return None
            case (None, (), None):
                return configuration.disable()
            case (resolution, storage, interval):
                return configuration.interval(
                    resolution and self._ivs.Resolution[resolution],
                    storage and [self._ivs.Storage[name] for name in storage],
                    _duration(interval),
                )

    def _bucket(self, plan: RecordingPlan, scope: Construct) -> object:
        earlier = _pick(plan.which, self._here.buckets)
        self._count += 1
        id = f"Bucket{self._count}"
        match plan.bucket:
            case "earlier" if earlier is not None:
                if Stack.of(earlier) is not Stack.of(scope):
                    self.used.add("bucket of another stack")
                return earlier
            case "by name":
                return s3.Bucket.from_bucket_name(scope, id, "recordings")
            case "by token":
                name = self._text(Text(form="ssm", text="Bucket"), scope)
                return s3.Bucket.from_bucket_name(scope, id, str(name))
            case "level 1":
                return s3.CfnBucket(scope, id)
            case _:
                name = "recordings" if plan.bucket == "named" else None
                bucket = s3.Bucket(scope, id, bucket_name=name)
                self._here.buckets.append(bucket)
                return bucket

    @_add.register
    def _(self, plan: ImportPlan, scope: Construct) -> None:
        self._count += 1
        self.used.add(f"imported {plan.kind}")
        recordings = self._ivs.RecordingConfiguration
        here = self._here
        if plan.kind == "channel":
            channel = self._ivs.Channel.from_channel_arn(
                scope, self._id(plan, scope), self._channel_arn(plan, scope)
            )
            here.attributes.append(channel.channel_arn)
            # See the table of differences: alpha raises when an injector meets such a key.
            self._key(channel, None if self._keys_injected else plan.key)
            return
        if plan.kind == "recording arn":
            text = self._arn(f"recording-configuration/r{self._count}")
            recording = recordings.from_arn(scope, self._id(plan, scope), text)
        else:
            form = "plain" if plan.form == "partial" else plan.form
            text = TEXTS[form](scope, f"Recording{self._count}")
            recording = recordings.from_recording_configuration_id(
                scope, self._id(plan, scope), text
            )
        here.recordings.append(recording)
        here.attributes += (
            recording.recording_configuration_arn,
            recording.recording_configuration_id,
        )

    def _arn(self, resource: str) -> str:
        """The ARN of a resource in the environment that is built."""
        account, region = ENVIRONMENTS[self._place[1]] or ("123456789012", "us-west-2")
        return f"arn:aws:ivs:{region}:{account}:{resource}"

    def _channel_arn(self, plan: ImportPlan, scope: Construct) -> str:
        if plan.form == "plain":
            return self._arn(f"channel/c{self._count}")
        if plan.form == "partial":
            return f"arn:aws:ivs:{Aws.REGION}:{Aws.ACCOUNT_ID}:channel/c{self._count}"
        return TEXTS[plan.form](scope, f"Arn{self._count}")

    @_add.register
    def _(self, plan: OutputPlan, scope: Construct) -> None:
        attribute = _pick(plan.attribute, self._here.attributes)
        if attribute is None:
            return
        # See the table of differences: a secret does not leave its stack.
        at_home = self._here.secrets.get(attribute, Stack.of(scope)) is Stack.of(scope)
        if not at_home or (plan.export and attribute in self._here.secrets):
            return
        self._count += 1
        CfnOutput(
            scope,
            self._id(plan, scope),
            value=f"<{attribute}>" if plan.joined else attribute,
            export_name=f"Export{self._count}" if plan.export else None,
        )
        self.used.add("output")

    def _text(self, plan: Text | None, scope: Construct) -> str | None:
        """The string. Constructs that it needs have ids that nothing else has."""
        if plan is None:
            return None
        if plan.form == "generated":
            return PhysicalName.GENERATE_IF_NEEDED
        self.used.add(f"text: {plan.form}")
        if plan.form == "plain":
            return plan.text
        self._count += 1
        return TEXTS[plan.form](scope, f"{plan.text}{self._count}")

    def _finish(self, plan: Item, construct: Any, *attributes: str) -> None:
        here = self._here
        self._tag(construct, plan.tags)
        if plan.policy is not None:
            construct.apply_removal_policy(RemovalPolicy[plan.policy])
        if plan.override:
            construct.node.default_child.add_property_override("Tags.0.Key", "overridden")
        earlier = _pick(plan.after, here.constructs)
        if earlier is not None:
            construct.node.add_dependency(earlier)
            self.used.add("dependency")
        here.constructs.append(construct)
        here.attributes += attributes

    @staticmethod
    def _tag(construct: Construct, tags: Iterable[tuple[str, str]]) -> None:
        for key, value in tags:
            Tags.of(construct).add(key, value)
