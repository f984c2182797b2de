"""Cases, and the parts of their templates that several topics have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Json = dict[str, Any]


class Case(NamedTuple):
    """
    A mistake, and what is right beside it.

    Attributes:
        rule: The id of the rule.
        path: Where the finding is.
        wrong: The template with the mistake.
        right: The nearest template without it.
        text: What the finding says, in part.
        cyclic: Whether the CDK's CfnInclude refuses the wrong one, or leaves a part of it out.
    """

    rule: str
    path: str
    wrong: Json
    right: Json
    text: str = ""
    cyclic: bool = False


def ref(name: str) -> Json:
    """The Ref of a resource."""
    return {"Ref": name}


def arn(name: str, attribute: str = "Arn") -> Json:
    """An attribute of a resource."""
    return {"Fn::GetAtt": [name, attribute]}


def resource(type: str, properties: Json | None = None, **others: Any) -> Json:
    """A resource, without properties if it has none."""
    written = {"Properties": properties} if properties else {}
    return {"Type": f"AWS::{type}", **written, **others}


def template(**resources: Json) -> Json:
    """A template with these resources."""
    return {"Resources": resources}


def channel(**properties: Any) -> Json:
    """A channel."""
    return resource("IVS::Channel", properties)


def key(target: Any, **others: Any) -> Json:
    """A stream key of a channel."""
    return resource("IVS::StreamKey", {"ChannelArn": target}, **others)


def recording(**properties: Any) -> Json:
    """A recording configuration."""
    destination = {"S3": {"BucketName": "recordings"}}
    return resource(
        "IVS::RecordingConfiguration", {"DestinationConfiguration": destination, **properties}
    )


def restriction(**properties: Any) -> Json:
    """A playback restriction policy."""
    return resource(
        "IVS::PlaybackRestrictionPolicy",
        {"AllowedCountries": [], "AllowedOrigins": [], **properties},
    )


def ingest(**properties: Any) -> Json:
    """An ingest configuration."""
    return resource("IVS::IngestConfiguration", properties)


def chat_log(**destinations: Any) -> Json:
    """A logging configuration."""
    return resource("IVSChat::LoggingConfiguration", {"DestinationConfiguration": destinations})


LOG_GROUP = {"CloudWatchLogs": {"LogGroupName": "chat"}}
ROLE_ARN = "arn:aws:iam::111111111111:role/function"
FUNCTION = {
    "Code": {"ZipFile": "exports.handler = async () => {}"},
    "Handler": "index.handler",
    "Role": ROLE_ARN,
    "Runtime": "nodejs22.x",
}
ALL_ROOMS = "arn:aws:ivschat:us-west-2:111111111111:room/*"


def function(**properties: Any) -> Json:
    """A Lambda function."""
    return resource("Lambda::Function", {**FUNCTION, **properties})


def storage(bucket: Any, **others: Any) -> Json:
    """A storage configuration."""
    return resource("IVS::StorageConfiguration", {"S3": {"BucketName": bucket}}, **others)


def rule(detail_type: str, detail: Json | None = None, **others: Any) -> Json:
    """A rule for events of IVS."""
    pattern = {"source": ["aws.ivs"], "detail-type": [detail_type], **others}
    return resource(
        "Events::Rule", {"EventPattern": pattern | ({"detail": detail} if detail else {})}
    )


def joined(value: Any) -> Json:
    """A value as the only one of a join."""
    return {"Fn::Join": ["", [value]]}


def policy(actions: Any, resources: Any, **others: Any) -> Json:
    """A policy of a role."""
    entry = {"Effect": "Allow", "Action": actions, "Resource": resources, **others}
    return resource(
        "IAM::Policy",
        {
            "PolicyName": "policy",
            "Roles": ["role"],
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [entry]},
        },
    )


CHANNEL_ARN = "arn:aws:ivs:us-west-2:111111111111:channel/AbCdEf123456"
STAGE_ARN = "arn:aws:ivs:us-west-2:111111111111:stage/AbCdEf123456"
PROVIDER = "arn:aws:lambda:us-west-2:111111111111:function:provider"


def serverless(**properties: Any) -> Json:
    """A template of SAM with a function."""
    code = {"InlineCode": "exports.handler = async () => {}", "Handler": "index.handler"}
    return {
        "Transform": "AWS::Serverless-2016-10-31",
        **template(
            **STREAM,
            Function=resource(
                "Serverless::Function", {**code, "Runtime": "nodejs22.x", **properties}
            ),
        ),
    }


CONDITION = {"Conditions": {"A": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}}}


def if_a(value: Any, other: Any) -> Json:
    """A value if the condition holds, and another if not."""
    return {"Fn::If": ["A", value, other]}


STREAM = {"Channel": channel(), "StreamKey": key(ref("Channel"))}


def at_deployment(rule_id: str, path: str, resources: Callable[[Any], Json], wrong: str) -> Case:
    """A mistake that is left alone where its value is known at deployment only."""
    return Case(
        rule_id,
        path,
        template(Channel=channel(), **resources(wrong)),
        {
            "Parameters": {"Given": {"Type": "String", "Default": wrong}},
            **template(Channel=channel(), **resources(ref("Given"))),
        },
    )
