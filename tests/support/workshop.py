"""Right values for every type of parameter, and instances of every public class."""

from __future__ import annotations

import enum
import inspect
import itertools
import re
from typing import Any

from aws_cdk import App, Duration, Environment, Stack
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_kinesisfirehose import CfnDeliveryStream
from aws_cdk.aws_lambda import Code, Function, Runtime
from aws_cdk.aws_logs import LogGroup
from aws_cdk.aws_mediatailor import CfnPlaybackConfiguration
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_sns import Topic

from cdk_ivs import ChatRole, ParticipantRole, TokenIdentity, chat
from tests.resources.records import CONSTRUCTS
from tests.support.arns import ACCOUNT, REGION
from tests.support.reflection import CLASSES, Parameter, class_named

ARNS = {f"{record.kind}_arn": record.arn for record in CONSTRUCTS}
TEXTS = {
    "arn": ARNS["channel_arn"],
    "keyword": "props",
    "metric_name": "ConcurrentViews",
    "recording_configuration_id": "AbCdef1G2hij",
}


def snake(name: str) -> str:
    """The name of a class as parameters have it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


class Workshop:
    """Makes what a call needs, in a stack of its own."""

    def __init__(self) -> None:
        self.app = App(analytics_reporting=False)
        self.stack = Stack(self.app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        self._numbers = itertools.count()

    def id(self) -> str:
        """An id that was not used."""
        return f"It{next(self._numbers)}"

    def imported(self, kind: str) -> Any:
        """A reference to an existing resource, by the beginning of its keyword."""
        (record,) = (each for each in CONSTRUCTS if each.kind == kind)
        return record.refer(self.stack, self.id())

    def value(self, name: str, annotation: str) -> Any:
        """A value that a parameter takes."""
        if name == "id":
            return self.id()
        if annotation == "Mapping[str, object]":
            return {}
        if annotation == "str":
            return ARNS.get(name) or TEXTS.get(name) or self._needed(name) or "text"
        if annotation.startswith("Sequence["):
            inner = annotation.removeprefix("Sequence[").removesuffix("]")
            return [self.value(name, inner)]
        for part in annotation.split(" | "):
            made = self._made(part)
            if made is not None:
                return made
        raise LookupError(annotation)

    def _needed(self, name: str) -> Any:
        """What a resource that needs the parameter is given for it."""
        for record in CONSTRUCTS:
            if name in record.required:
                return record.given(self.stack, self.id())[name]
        return None

    def _made(self, kind: str) -> Any:
        stack = self.stack
        makers: dict[str, Any] = {
            "Construct": lambda: stack,
            "Duration": lambda: Duration.minutes(1),
            "IBucketRef": lambda: Bucket(stack, self.id()),
            "IDeliveryStreamRef": lambda: CfnDeliveryStream(stack, self.id()),
            "IFunctionRef": lambda: Function(
                stack,
                self.id(),
                code=Code.from_inline("def handler(*_): ..."),
                handler="index.handler",
                runtime=Runtime.PYTHON_3_13,
            ),
            "IGrantable": lambda: Role(
                stack, self.id(), assumed_by=ServicePrincipal("lambda.amazonaws.com")
            ),
            "ILogGroupRef": lambda: LogGroup(stack, self.id()),
            "IKeyRef": lambda: self.imported("signing_key"),
            "IPlaybackConfigurationRef": lambda: CfnPlaybackConfiguration(
                stack,
                self.id(),
                name="ads",
                ad_decision_server_url="https://ads.example.com/vast",
                video_content_source_url="https://a1b2c3.us-west-2.playback.live-video.net/",
            ),
            "ISigningKey": lambda: self.imported("signing_key"),
            "ITopicRef": lambda: Topic(stack, self.id()),
            "LoggingDestination": lambda: chat.LoggingDestination.cloud_watch_logs(
                LogGroup(stack, self.id())
            ),
            "Mapping[str, ChatRole]": lambda: {"reader": ChatRole()},
            "Mapping[str, ParticipantRole]": lambda: {
                "host": ParticipantRole(allow_publish=True, allow_subscribe=True)
            },
            "Mapping[str, str]": lambda: {"team": "live"},
            "TokenIdentity": lambda: TokenIdentity.event_field("user"),
            "_Resource": lambda: self.imported("channel"),
            "bool": lambda: True,
            "float": lambda: 1,
            "int": lambda: 1,
        }
        if kind in makers:
            return makers[kind]()
        if kind.startswith("I") and kind.endswith("Ref"):
            return self.imported(snake(kind.removeprefix("I").removesuffix("Ref")))
        values: Any = class_named(kind)
        if values is None:
            return None
        if not issubclass(values, enum.Enum):
            raise LookupError(kind)  # noqa: TRY004 - there is no value to look up
        return next(iter(values))

    def instance(self, owner: str) -> Any:
        """An instance of a public class."""
        kind: Any = CLASSES[owner]
        name = owner.rpartition(".")[2]
        if name.endswith("Grants") and name != "TaggedGrants":
            return self.imported(snake(name.removesuffix("Grants"))).grants
        for record in CONSTRUCTS:
            if record.construct is kind:
                return record.make(self.stack, self.id())
        if name.endswith("TokenFunction"):
            return kind(**self._needed_by(kind))
        made = {
            "ChannelAlarms": lambda: kind(self.stack, self.id(), channel=self.imported("channel")),
            "ChannelMonitoring": lambda: kind(self.imported("channel")),
            "RecordingIndex": lambda: kind(self.stack, self.id(), all=True),
            "QuotaAlarms": lambda: kind(self.stack, self.id()),
            "StageAlarms": lambda: kind(self.stack, self.id(), stage=self.imported("stage")),
            "StageMonitoring": lambda: kind(self.imported("stage")),
            "TaggedGrants": lambda: kind(self.stack, tags={"team": "live"}),
        }.get(name, lambda: kind(self.stack, self.id()))
        return made()

    def _needed_by(self, kind: Any) -> dict[str, Any]:
        """What a class has to be given."""
        parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
        return {
            parameter.name: self.value(parameter.name, str(parameter.annotation))
            for parameter in parameters
            if parameter.default is inspect.Parameter.empty
        }

    def callable(self, parameter: Parameter) -> Any:
        """What has the parameter: a class, a method of one, or a method of an instance."""
        kind: Any = CLASSES[parameter.owner]
        if parameter.function == "__init__":
            return kind
        if "self" not in _names(kind, parameter.function):
            return getattr(kind, parameter.function)
        return getattr(self.instance(parameter.owner), parameter.function)

    def call(self, parameter: Parameter, value: object) -> Any:
        """Call with a value for the parameter, and right values for what else is needed."""
        function = self.callable(parameter)
        arguments = {
            name: self.value(name, annotation) for name, annotation in parameter.required.items()
        }
        if parameter.function == "actions":
            # Those of one resource have it in common, and those by tags refuse it.
            tagged = parameter.owner.endswith("TaggedGrants")
            grantee = arguments.get("grantee", value)
            actions = ["GetStage"] if tagged else ["TagResource"]
            return function(grantee, *([value] if parameter.name == "actions" else actions))
        if parameter.function == "start_composition" and parameter.name != "channel":
            # It has a destination, which is given in one of two ways.
            arguments["channel"] = self.imported("channel")
        return function(**arguments, **{parameter.name: value})


def _names(kind: type, function: str) -> tuple[str, ...]:
    member = inspect.getattr_static(kind, function)
    code = inspect.unwrap(getattr(member, "__func__", member)).__code__
    return code.co_varnames[: code.co_argcount]
