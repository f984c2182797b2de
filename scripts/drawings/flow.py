"""What flows between the resources of a template: video, messages, recordings, events and tokens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diagrams import HASH, needs

from .svg import Arrow, Box

Properties = Mapping[str, Any]

# The types that have a box, and what it says.
TITLES = {
    "AWS::ApiGatewayV2::Api": "HTTP API",
    "AWS::CloudFront::Distribution": "CloudFront",
    "AWS::CloudWatch::Alarm": "CloudWatch alarms",
    "AWS::CloudWatch::Dashboard": "Dashboard",
    "AWS::Cognito::UserPool": "User pool",
    "AWS::DynamoDB::GlobalTable": "DynamoDB table",
    "AWS::DynamoDB::Table": "DynamoDB table",
    "AWS::EC2::VPCEndpoint": "Interface endpoint",
    "AWS::Events::ApiDestination": "API destination",
    "AWS::Events::Rule": "EventBridge rule",
    "AWS::IVS::Channel": "Channel",
    "AWS::IVS::Stage": "Stage",
    "AWS::IVSChat::Room": "Chat room",
    "AWS::KMS::Key": "KMS key",
    "AWS::KinesisFirehose::DeliveryStream": "Data Firehose",
    "AWS::Lambda::Function": "Lambda function",
    "AWS::Lambda::Url": "Function URL",
    "AWS::Logs::LogGroup": "Log group",
    "AWS::MediaTailor::PlaybackConfiguration": "MediaTailor",
    "AWS::Pipes::Pipe": "EventBridge pipe",
    "AWS::S3::Bucket": "S3 bucket",
    "AWS::SNS::Topic": "SNS topic",
    "AWS::SQS::Queue": "SQS queue",
    "AWS::SSM::Parameter": "SSM parameters",
    "AWS::Scheduler::Schedule": "Schedule",
    "AWS::SecretsManager::Secret": "Secret",
    "AWS::StepFunctions::StateMachine": "State machine",
}
# Those of which one box stands for all that do the same.
_TOGETHER = {
    "AWS::CloudWatch::Alarm",
    "AWS::Events::Rule",
    "AWS::SSM::Parameter",
    "AWS::Scheduler::Schedule",
}
# The types that have none: an arrow stands for them, or they serve another resource.
WITHOUT_BOX = {
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolResourceServer",
    "AWS::EC2::SecurityGroup",
    "AWS::Events::Connection",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IVS::AdConfiguration",
    "AWS::IVS::EncoderConfiguration",
    "AWS::IVS::IngestConfiguration",
    "AWS::IVS::PlaybackKeyPair",
    "AWS::IVS::PlaybackRestrictionPolicy",
    "AWS::IVS::PublicKey",
    "AWS::IVS::RecordingConfiguration",
    "AWS::IVS::StorageConfiguration",
    "AWS::IVS::StreamKey",
    "AWS::IVSChat::LoggingConfiguration",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogStream",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
    "Custom::IVSChannelAttachment",
    "Custom::IVSSigningKeyPem",
    "Custom::IVSStageEndpoints",
}
_VIDEO = ("AWS::IVS::Channel", "AWS::IVS::Stage")
_TABLES = ("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table")
# What a function or a state machine writes to or reads from.
_STORES = (*_TABLES, "AWS::S3::Bucket")


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
        if kind in _TOGETHER:
            many = len([one for one in self._all if self._representative(one) == name])
            return Box(title if many == 1 or title[-1] == "s" else f"{title}s")
        note = HASH.sub("", name)
        return Box(title, "" if note == title else note)

    def _representative(self, name: str) -> str:
        """The resource whose box stands for a resource."""
        kind = self._all[name]["Type"]
        if kind not in _TOGETHER:
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

    def _through(self, name: str, *kinds: str) -> list[str]:
        """The resources of some types behind what a resource refers to."""
        return [
            behind
            for between in self._of(self._all[name])
            for behind in self._of(self._all[between], *kinds)
        ]

    def _arrows(self) -> Iterator[Arrow]:
        yield from self._channels()
        yield from self._stages()
        yield from self._rooms()
        yield from self._events()
        yield from self._work()
        yield from self._tokens()
        yield from self._monitoring()
        yield from self._around()

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
        restricted = self._kinds("AWS::IVS::PlaybackRestrictionPolicy")
        policies = [name for name, _ in restricted]
        for name, properties in self._kinds("AWS::IVS::Channel"):
            if name not in composed:
                tracks = properties.get("MultitrackInputConfiguration")
                label = "RTMPS, every quality" if tracks else "RTMPS"
                yield Arrow(self._person("Encoder"), name, label)
            label = "HLS, with a token" if properties.get("Authorized") else "HLS"
            if policies:
                label = "HLS, where it is allowed"
            yield Arrow(name, self._person("Viewers"), label)
            for recording in self._of(properties, "AWS::IVS::RecordingConfiguration"):
                for bucket in self._of(self._all[recording], "AWS::S3::Bucket"):
                    yield Arrow(name, bucket, "recordings")
        for _, properties in self._kinds("AWS::IVS::StreamKey"):
            if not self._of(properties, "AWS::IVS::Channel"):
                existing = self._person("Existing channel")
                yield Arrow(self._person("Encoder"), existing, "RTMPS")
                yield Arrow(existing, self._person("Viewers"), "HLS")
        for name, properties in self._kinds("AWS::MediaTailor::PlaybackConfiguration"):
            for channel in self._of(properties, "AWS::IVS::Channel"):
                yield Arrow(name, channel, "ads")
        for name, properties in self._kinds("AWS::SecretsManager::Secret"):
            if self._of(properties, "AWS::IVS::StreamKey", "AWS::IVS::IngestConfiguration"):
                yield Arrow(name, self._person("Encoder"), "stream key")

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

    def _events(self) -> Iterator[Arrow]:
        pipes = {
            table: name
            for name, properties in self._kinds("AWS::Pipes::Pipe")
            for table in self._of(properties["Source"])
        }
        for table, pipe in pipes.items():
            yield Arrow(table, pipe, "changes")
        for name, properties in self._kinds("AWS::Events::Rule"):
            rule = self._representative(name)
            pattern = properties["EventPattern"]
            sources = [pipes.get(source, source) for source in self._sources(pattern)]
            if not sources and "aws.ivs" in json.dumps(pattern):
                about = json.dumps(pattern.get("detail-type", ()))
                stages = "Stage" in about or "Participant" in about
                sources = [self._person("All stages" if stages else "All channels")]
            for source in sources:
                yield Arrow(source, rule, "events")
            for target in self._targets(properties):
                yield Arrow(rule, target)
        for name, properties in self._kinds("AWS::Scheduler::Schedule"):
            for target in self._of(properties["Target"]["Arn"]):
                yield Arrow(self._representative(name), target)
        for _, properties in self._kinds("AWS::Lambda::EventSourceMapping"):
            for queue in self._of(properties["EventSourceArn"]):
                for function in self._of(properties["FunctionName"]):
                    yield Arrow(queue, function)

    def _work(self) -> Iterator[Arrow]:
        composing = {machine: stages for machine, stages, _ in self._compositions()}
        for name, properties in self._kinds(
            "AWS::StepFunctions::StateMachine", "AWS::Lambda::Function"
        ):
            names = ("DefinitionString", "DefinitionSubstitutions", "Environment")
            used = [properties.get(name) for name in names]
            for store in self._of(used, *_STORES):
                yield Arrow(name, store)
            if name in composing:
                for stage in composing[name]:
                    yield Arrow(name, stage, "starts the composition")
            elif "ivs:stopStream" in json.dumps(used):
                for channel in self._of(used, "AWS::IVS::Channel"):
                    yield Arrow(name, channel, "stops the stream")
        for _, properties in self._kinds("AWS::SecretsManager::RotationSchedule"):
            for secret in self._of(properties["SecretId"]):
                for function in self._of(properties["RotationLambdaARN"]):
                    yield Arrow(function, secret)
                    yield Arrow(secret, self._person("Encoder"), "stream key")
                    for channel in self._of(self._all[function], "AWS::IVS::Channel"):
                        yield Arrow(function, channel, "new stream key")

    def _tokens(self) -> Iterator[Arrow]:
        """The functions that give out tokens, and those who ask them."""
        for name, properties in self._kinds("AWS::Lambda::Function"):
            users = {
                "AWS::IVS::Channel": "Viewers",
                "AWS::IVS::Stage": "Participants",
                "AWS::IVSChat::Room": "Chat clients",
            }
            keys = self._of(properties, "AWS::KMS::Key")
            rooms = self._of(properties.get("Environment"), "AWS::IVSChat::Room")
            if not keys and not rooms:
                continue
            for key in keys:
                yield Arrow(key, name, "signs")
            for kind in [self._all[one]["Type"] for one in self._of(properties.get("Environment"))]:
                if kind in users:
                    yield Arrow(name, self._person(users[kind]), "token")
        for _, properties in self._kinds("AWS::ApiGatewayV2::Integration"):
            for api in self._of(properties["ApiId"]):
                for function in self._of(properties, "AWS::Lambda::Function"):
                    yield Arrow(api, function)
        for _, properties in self._kinds("AWS::ApiGatewayV2::Authorizer"):
            for api in self._of(properties["ApiId"]):
                for pool in self._of(properties, "AWS::Cognito::UserPool"):
                    yield Arrow(pool, api, "signs users in")
        for name, properties in self._kinds("AWS::Lambda::Url"):
            yield Arrow(self._person("Your backend"), name)
            for function in self._of(properties):
                yield Arrow(name, function)
        for _, properties in self._kinds("AWS::IVS::PublicKey"):
            if not self._of(properties):
                backend = self._person("Your backend")
                yield Arrow(backend, self._person("Participants"), "signed token")

    def _monitoring(self) -> Iterator[Arrow]:
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

    def _around(self) -> Iterator[Arrow]:
        for name, properties in self._kinds("AWS::CloudFront::Distribution"):
            origins = properties["DistributionConfig"]["Origins"]
            for bucket in self._of(origins, "AWS::S3::Bucket"):
                yield Arrow(bucket, name)
            yield Arrow(name, self._person("Viewers"), "recordings")
            logs = self._of(properties["DistributionConfig"].get("Logging"), "AWS::S3::Bucket")
            for bucket in logs:
                yield Arrow(name, bucket, "access logs")
        for name, _ in self._kinds("AWS::Events::ApiDestination"):
            yield Arrow(name, self._person("Your endpoint"), "HTTPS")
        for name, _ in self._kinds("AWS::EC2::VPCEndpoint"):
            yield Arrow(self._person("Encoder in a VPC"), name, "RTMPS")
            yield Arrow(name, self._person("Channels"))
        for name, _ in self._kinds("AWS::SSM::Parameter"):
            existing = self._person("Existing channel")
            yield Arrow(existing, self._representative(name), "URLs")
        created = "ivs:CreateChannel" in json.dumps([*self._kinds("AWS::IAM::Policy")])
        for name, _ in self._kinds("AWS::Lambda::Function") if created else ():
            yield Arrow(self._person("Your application"), name)
            for title in ("Channels", "Stages", "Chat rooms"):
                yield Arrow(name, self._person(title), "creates")
