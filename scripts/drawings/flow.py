"""What flows between the resources of a template: video, messages, events and tokens."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from diagrams import HASH, needs

from .kinds import TITLES, TOGETHER
from .svg import Arrow, Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Properties = Mapping[str, Any]

_VIDEO = ("AWS::IVS::Channel", "AWS::IVS::Stage")
_TABLES = ("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table")
# What a function or a state machine writes to or reads from.
_STORES = (*_TABLES, "AWS::S3::Bucket")
# Those who need a token.
_USERS = {
    "AWS::IVS::Channel": "Viewers",
    "AWS::IVS::Stage": "Participants",
    "AWS::IVSChat::Room": "Chat clients",
}


class Flow:
    """The boxes and arrows of a template."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self._all: dict[str, Mapping[str, Any]] = {
            name: resource
            for name, resource in template["Resources"].items()
            if resource["Type"] != "AWS::CDK::Metadata"
        }
        self._people: dict[str, Box] = {}
        self.arrows = [arrow for arrow in self._arrows() if arrow.start != arrow.end]
        drawn = {name for arrow in self.arrows for name in arrow[:2]}
        self.boxes = {
            **{name: box for name, box in self._people.items() if name in drawn},
            **{name: self._box(name) for name in sorted(self._all) if name in drawn},
        }

    def _box(self, name: str) -> Box:
        kind = self._all[name]["Type"]
        title = TITLES[kind]
        if kind in TOGETHER:
            many = len([one for one in self._all if self._representative(one) == name])
            return Box(title if many == 1 or title[-1] == "s" else f"{title}s")
        note = HASH.sub("", name)
        return Box(title, "" if note == title else note)

    def _representative(self, name: str) -> str:
        """The resource whose box stands for a resource."""
        kind = self._all[name]["Type"]
        if kind not in TOGETHER:
            return name
        # Rules of the same sources and targets are one; so are all alarms.
        group = self._ends(name) if kind == "AWS::Events::Rule" else None
        return min(
            other
            for other, resource in self._all.items()
            if resource["Type"] == kind
            and (self._ends(other) if kind == "AWS::Events::Rule" else None) == group
        )

    def _ends(self, rule: str) -> tuple[frozenset[str], frozenset[str]]:
        properties = self._all[rule]["Properties"]
        return (
            frozenset(self._sources(properties["EventPattern"])),
            frozenset(self._targets(properties)),
        )

    def _sources(self, pattern: Properties) -> list[str]:
        """The resources whose events a rule matches, or a state machine that puts them."""
        machines = self._kinds("AWS::StepFunctions::StateMachine")
        putting = [
            machine
            for machine, properties in machines
            if any(f'"{source}\\"' in json.dumps(properties) for source in pattern["source"])
        ]
        return self._of(pattern) or putting

    def _targets(self, properties: Properties) -> list[str]:
        return self._of([target["Arn"] for target in properties.get("Targets", ())])

    def _person(self, title: str) -> str:
        self._people[title] = Box(title, person=True)
        return title

    def _kinds(self, *kinds: str) -> Iterator[tuple[str, Properties]]:
        for name, resource in sorted(self._all.items()):
            if resource["Type"] in kinds:
                yield name, resource.get("Properties", {})

    def _of(self, node: Any, *kinds: str) -> list[str]:  # noqa: ANN401 - of a template
        """The resources of some types that a part of the template refers to."""
        found = dict.fromkeys(name for name in needs(node) if name in self._all)
        return [name for name in found if not kinds or self._all[name]["Type"] in kinds]

    def _arrows(self) -> Iterator[Arrow]:
        yield from self._channels()
        yield from self._existing_channels()
        yield from self._stages()
        yield from self._rooms()
        yield from self._rules()
        yield from self._queues_and_schedules()
        yield from self._stores()
        yield from self._rotations()
        yield from self._token_functions()
        yield from self._callers()
        yield from self._alarms()
        yield from self._endpoints()

    def _compositions(self) -> Iterator[tuple[str, list[str], list[str]]]:
        """The state machines that start compositions: their stages and their destinations."""
        for machine, properties in self._kinds("AWS::StepFunctions::StateMachine"):
            if self._of(properties, "AWS::IVS::EncoderConfiguration"):
                buckets = [
                    bucket
                    for storage in self._of(properties, "AWS::IVS::StorageConfiguration")
                    for bucket in self._of(self._all[storage], "AWS::S3::Bucket")
                ]
                channels = self._of(properties, "AWS::IVS::Channel")
                yield machine, self._of(properties, "AWS::IVS::Stage"), [*channels, *buckets]

    def _channels(self) -> Iterator[Arrow]:
        composed = {end for _, _, ends in self._compositions() for end in ends}
        for name, properties in self._kinds("AWS::IVS::Channel"):
            if name not in composed:
                tracks = properties.get("MultitrackInputConfiguration")
                label = "RTMPS, every quality" if tracks else "RTMPS"
                yield Arrow(self._person("Encoder"), name, label)
            yield Arrow(name, self._person("Viewers"), self._playback(properties))
            for recording in self._of(properties, "AWS::IVS::RecordingConfiguration"):
                for bucket in self._of(self._all[recording], "AWS::S3::Bucket"):
                    yield Arrow(name, bucket, "recordings")
        for name, properties in self._kinds("AWS::MediaTailor::PlaybackConfiguration"):
            for channel in self._of(properties, "AWS::IVS::Channel"):
                yield Arrow(name, channel, "ads")
        for name, properties in self._kinds("AWS::SecretsManager::Secret"):
            if self._of(properties, "AWS::IVS::StreamKey", "AWS::IVS::IngestConfiguration"):
                yield Arrow(name, self._person("Encoder"), "stream key")

    def _playback(self, channel: Properties) -> str:
        if list(self._kinds("AWS::IVS::PlaybackRestrictionPolicy")):
            return "HLS, where it is allowed"
        return "HLS, with a token" if channel.get("Authorized") else "HLS"

    def _existing_channels(self) -> Iterator[Arrow]:
        for _, properties in self._kinds("AWS::IVS::StreamKey"):
            if not self._of(properties, "AWS::IVS::Channel"):
                existing = self._person("Existing channel")
                yield Arrow(self._person("Encoder"), existing, "RTMPS")
                yield Arrow(existing, self._person("Viewers"), "HLS")
        for name, _ in self._kinds("AWS::SSM::Parameter"):
            yield Arrow(self._person("Existing channel"), self._representative(name), "URLs")

    def _stages(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::IVS::Stage"):
            yield Arrow(self._person("Participants"), name, "WebRTC")
            for storage in self._of(properties, "AWS::IVS::StorageConfiguration"):
                for bucket in self._of(self._all[storage], "AWS::S3::Bucket"):
                    yield Arrow(name, bucket, "recordings")
        for _, properties in self._kinds("AWS::IVS::IngestConfiguration"):
            for stage in self._of(properties, "AWS::IVS::Stage"):
                yield Arrow(self._person("Encoder"), stage, "RTMPS")
        for _, stages, destinations in self._compositions():
            for stage in stages:
                for destination in destinations:
                    yield Arrow(stage, destination, "composition")

    def _rooms(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::IVSChat::Room"):
            yield Arrow(self._person("Chat clients"), name, "messages")
            for function in self._of(properties, "AWS::Lambda::Function"):
                yield Arrow(name, function, "review")
            for logging in self._of(properties, "AWS::IVSChat::LoggingConfiguration"):
                destination = self._all[logging]["Properties"]["DestinationConfiguration"]
                for target in self._of(destination):
                    yield Arrow(name, target, "logs")
        for name, properties in self._kinds("AWS::KinesisFirehose::DeliveryStream"):
            for bucket in self._of(properties, "AWS::S3::Bucket"):
                yield Arrow(name, bucket)

    def _rules(self) -> Iterator[Arrow]:
        pipes = {
            table: name
            for name, properties in self._kinds("AWS::Pipes::Pipe")
            for table in self._of(properties["Source"])
        }
        for table, pipe in pipes.items():
            yield Arrow(table, pipe, "changes")
        for name, properties in self._kinds("AWS::Events::Rule"):
            rule, pattern = self._representative(name), properties["EventPattern"]
            sources = [pipes.get(source, source) for source in self._sources(pattern)]
            for source in sources or [self._person(_all_of(pattern))]:
                yield Arrow(source, rule, "events")
            for target in self._targets(properties):
                yield Arrow(rule, target)

    def _queues_and_schedules(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::Scheduler::Schedule"):
            for target in self._of(properties["Target"]["Arn"]):
                yield Arrow(self._representative(name), target)
        for _, properties in self._kinds("AWS::Lambda::EventSourceMapping"):
            for queue in self._of(properties["EventSourceArn"]):
                for function in self._of(properties["FunctionName"]):
                    yield Arrow(queue, function)

    def _stores(self) -> Iterator[Arrow]:
        """What functions and state machines read and write, start and stop."""
        composing = {machine: stages for machine, stages, _ in self._compositions()}
        for name, properties in self._kinds(
            "AWS::StepFunctions::StateMachine", "AWS::Lambda::Function"
        ):
            names = ("DefinitionString", "DefinitionSubstitutions", "Environment")
            used = [properties.get(name) for name in names]
            for store in self._of(used, *_STORES):
                yield Arrow(name, store)
            for stage in composing.get(name, ()):
                yield Arrow(name, stage, "starts the composition")
            if name not in composing and "ivs:stopStream" in json.dumps(used):
                for channel in self._of(used, "AWS::IVS::Channel"):
                    yield Arrow(name, channel, "stops the stream")

    def _rotations(self) -> Iterator[Arrow]:
        for _, properties in self._kinds("AWS::SecretsManager::RotationSchedule"):
            (secret,) = self._of(properties["SecretId"])
            (function,) = self._of(properties["RotationLambdaARN"])
            yield Arrow(function, secret)
            yield Arrow(secret, self._person("Encoder"), "stream key")
            for channel in self._of(self._all[function], "AWS::IVS::Channel"):
                yield Arrow(function, channel, "new stream key")

    def _token_functions(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::Lambda::Function"):
            keys = self._of(properties, "AWS::KMS::Key")
            for key in keys:
                yield Arrow(key, name, "signs")
            kinds = {self._all[one]["Type"] for one in self._of(properties.get("Environment"))}
            # IVS Chat makes the tokens for rooms itself.
            if keys or "AWS::IVSChat::Room" in kinds:
                for kind in sorted(kinds & set(_USERS)):
                    yield Arrow(name, self._person(_USERS[kind]), "token")
        for _, properties in self._kinds("AWS::IVS::PublicKey"):
            if not self._of(properties):
                backend = self._person("Your backend")
                yield Arrow(backend, self._person("Participants"), "signed token")

    def _callers(self) -> Iterator[Arrow]:
        """Those who call functions: APIs, URLs, and your own code."""
        for _, properties in self._kinds("AWS::ApiGatewayV2::Integration"):
            (api,) = self._of(properties["ApiId"])
            for function in self._of(properties, "AWS::Lambda::Function"):
                yield Arrow(api, function)
        for _, properties in self._kinds("AWS::ApiGatewayV2::Authorizer"):
            (api,) = self._of(properties["ApiId"])
            for pool in self._of(properties, "AWS::Cognito::UserPool"):
                yield Arrow(pool, api, "signs users in")
        for name, properties in self._kinds("AWS::Lambda::Url"):
            yield Arrow(self._person("Your backend"), name)
            for function in self._of(properties):
                yield Arrow(name, function)
        created = "ivs:CreateChannel" in json.dumps([*self._kinds("AWS::IAM::Policy")])
        for name, _ in self._kinds("AWS::Lambda::Function") if created else ():
            yield Arrow(self._person("Your application"), name)
            for title in ("Channels", "Stages", "Chat rooms"):
                yield Arrow(name, self._person(title), "creates")

    def _alarms(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::CloudWatch::Alarm"):
            alarm = self._representative(name)
            for source in self._of(properties.get("Dimensions"), *_VIDEO):
                yield Arrow(source, alarm, "metrics")
            for rule in self._of(properties.get("Dimensions"), "AWS::Events::Rule"):
                yield Arrow(self._representative(rule), alarm)
            for topic in self._of(properties.get("AlarmActions")):
                yield Arrow(alarm, topic)
        for name, properties in self._kinds("AWS::CloudWatch::Dashboard"):
            for source in self._of(properties, *_VIDEO):
                yield Arrow(source, name, "metrics")
        for _, properties in self._kinds("AWS::SNS::Subscription"):
            if properties["Protocol"] == "email":
                for topic in self._of(properties["TopicArn"]):
                    yield Arrow(topic, self._person("Email"))

    def _endpoints(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::CloudFront::Distribution"):
            configuration = properties["DistributionConfig"]
            for bucket in self._of(configuration["Origins"], "AWS::S3::Bucket"):
                yield Arrow(bucket, name)
            yield Arrow(name, self._person("Viewers"), "recordings")
            for bucket in self._of(configuration.get("Logging"), "AWS::S3::Bucket"):
                yield Arrow(name, bucket, "access logs")
        for name, _ in self._kinds("AWS::Events::ApiDestination"):
            yield Arrow(name, self._person("Your endpoint"), "HTTPS")
        for name, _ in self._kinds("AWS::EC2::VPCEndpoint"):
            yield Arrow(self._person("Encoder in a VPC"), name, "RTMPS")
            yield Arrow(name, self._person("Channels"))


def _all_of(pattern: Properties) -> str:
    """What a rule that names no resource is about."""
    about = json.dumps(pattern["detail-type"])
    return "All stages" if "Stage" in about or "Participant" in about else "All channels"
