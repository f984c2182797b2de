"""Templates that violate a rule, each with the nearest one that does not."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.keys import P384_PEM, pem_of

P256_PEM = pem_of(ec.derive_private_key(20_201_231, ec.SECP256R1()).public_key())
Json = dict[str, Any]


ANY_CHANNEL = "arn:aws:ivs:*:*:channel/*"


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


def multitrack(**properties: Any) -> Json:
    """The property of a channel that takes multitrack input."""
    configuration = {"Enabled": True, "Policy": "ALLOW", "MaximumResolution": "HD"}
    return {"MultitrackInputConfiguration": {**configuration, **properties}}


def encoder(width: int, height: int) -> Json:
    """An encoder configuration."""
    return resource("IVS::EncoderConfiguration", {"Video": {"Width": width, "Height": height}})


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
BUCKET = {"S3": {"BucketName": "chat"}}

ROLE_ARN = "arn:aws:iam::111111111111:role/function"
FUNCTION = {
    "Code": {"ZipFile": "exports.handler = async () => {}"},
    "Handler": "index.handler",
    "Role": ROLE_ARN,
    "Runtime": "nodejs22.x",
}
ALL_ROOMS = "arn:aws:ivschat:us-west-2:111111111111:room/*"


RECORDING_PATTERN = """{
    "source": ["aws.ivs"],
    "detail-type": ["IVS Recording State Change"],
    "detail": {"%s": ["Recording End"]}
}"""


def with_recording_of(target: str) -> Json:
    """A stage that may record its participants, by what is configured in a resource."""
    recording_to = {"StorageConfigurationArn": arn(target)}
    return {
        "Conditions": {"Records": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-west-2"]}},
        "Resources": {
            "Storage": resource("IVS::StorageConfiguration", {"S3": {"BucketName": "stages"}}),
            "Stage": resource("IVS::Stage"),
            "Recorded": resource(
                "IVS::Stage",
                {
                    "AutoParticipantRecordingConfiguration": {
                        "Fn::If": ["Records", recording_to, ref("AWS::NoValue")]
                    }
                },
            ),
        },
    }


def statement_of(action: str, resource_arn: str) -> Json:
    """A statement of a policy that allows an action."""
    return {"Statement": {"Effect": "Allow", "Action": action, "Resource": resource_arn}}


def managed_policy(action: str, resource_arn: str) -> Json:
    """A managed policy that allows an action."""
    return resource("IAM::ManagedPolicy", {"PolicyDocument": statement_of(action, resource_arn)})


def sam_function(action: str) -> Json:
    """A function of SAM with a policy that is in no list."""
    return resource(
        "Serverless::Function", {"Policies": statement_of(action, "arn:aws:ivs:*:*:channel/*")}
    )


def function(**properties: Any) -> Json:
    """A Lambda function."""
    return resource("Lambda::Function", {**FUNCTION, **properties})


def permission(source: Any = ALL_ROOMS, principal: str = "ivschat.amazonaws.com") -> Json:
    """The permission of chat to invoke the handler."""
    return resource(
        "Lambda::Permission",
        {
            "Action": "lambda:InvokeFunction",
            "FunctionName": arn("Handler"),
            "Principal": principal,
            "SourceArn": source,
        },
    )


def room(**others: Any) -> Json:
    """A room with a handler."""
    return resource("IVSChat::Room", {"MessageReviewHandler": {"Uri": arn("Handler")}}, **others)


ALIAS = resource(
    "Lambda::Alias", {"FunctionName": ref("Handler"), "FunctionVersion": "1", "Name": "live"}
)


def room_with_alias(**others: Any) -> Json:
    """A room whose handler is an alias."""
    return resource("IVSChat::Room", {"MessageReviewHandler": {"Uri": ref("Live")}}, **others)


def storage(bucket: Any, **others: Any) -> Json:
    """A storage configuration."""
    return resource("IVS::StorageConfiguration", {"S3": {"BucketName": bucket}}, **others)


def bucket_policy(*statements: Json, bucket: Any = None) -> Json:
    """The policy of a bucket."""
    return resource(
        "S3::BucketPolicy",
        {
            "Bucket": bucket or ref("Bucket"),
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [*statements]},
        },
    )


def statement(principal: Any, action: Any, effect: str = "Allow", **others: Any) -> Json:
    """A statement about the objects of the bucket."""
    return {
        "Effect": effect,
        "Principal": principal,
        "Action": action,
        "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
        **others,
    }


TLS_ONLY = statement("*", "s3:*", "Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})
COMPOSITE = statement(
    {"Service": {"Fn::Sub": "ivs-composite.${AWS::Region}.amazonaws.com"}},
    ["s3:PutObject", "s3:PutObjectAcl"],
)
LOGS = statement({"Service": "delivery.logs.amazonaws.com"}, ["s3:PutObject"])


LOG_TO_BUCKET = {**chat_log(S3={"BucketName": ref("Bucket")}), "DependsOn": "Policy"}


def kms_bucket(algorithm: str, key: str | None = None) -> Json:
    """A bucket with default encryption."""
    by_default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    default = {"ServerSideEncryptionByDefault": by_default}
    return resource(
        "S3::Bucket",
        {"BucketEncryption": {"ServerSideEncryptionConfiguration": [default]}},
    )


def owned_bucket(ownership: str) -> Json:
    """A bucket with object ownership."""
    return resource(
        "S3::Bucket", {"OwnershipControls": {"Rules": [{"ObjectOwnership": ownership}]}}
    )


def rule(detail_type: str, detail: Json | None = None, **others: Any) -> Json:
    """A rule for events of IVS."""
    pattern = {"source": ["aws.ivs"], "detail-type": [detail_type], **others}
    return resource(
        "Events::Rule", {"EventPattern": pattern | ({"detail": detail} if detail else {})}
    )


def sub_rule(detail_type: str, resource: str = "${Channel.Arn}", **values: Json) -> Json:
    """A rule whose pattern is text with functions in it."""
    pattern = json.dumps(
        {"source": ["aws.ivs"], "detail-type": [detail_type], "resources": [resource]}
    )
    return rule_with({"Fn::Sub": [pattern, values] if values else pattern})


def rule_with(pattern: Any) -> Json:
    """A rule with a pattern."""
    return resource("Events::Rule", {"EventPattern": pattern})


def bare_policy(entry: Json) -> Json:
    """A managed policy with a statement."""
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Resource": "*", **entry}],
    }
    return resource("IAM::ManagedPolicy", {"PolicyDocument": document})


def permission_set(document: Any) -> Json:
    """A permission set with an inline policy."""
    properties = {
        "InstanceArn": "arn:aws:sso:::instance/ssoins-1111111111111111",
        "Name": "operators",
        "InlinePolicy": document,
    }
    return resource("SSO::PermissionSet", properties)


def joined(value: Any) -> Json:
    """A value as the only one of a join."""
    return {"Fn::Join": ["", [value]]}


def named_bucket(name: Any, bucket: Json | None = None) -> Json:
    """A bucket with a name of its own."""
    properties = (bucket or {}).get("Properties", {})
    return resource("S3::Bucket", {"BucketName": name, **properties})


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


def alarm(metric: str, namespace: str = "AWS/IVS", **dimensions: Any) -> Json:
    """An alarm."""
    return resource(
        "CloudWatch::Alarm",
        {
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "ComparisonOperator": "LessThanThreshold",
            "EvaluationPeriods": 1,
            "Period": 60,
            "Statistic": "Average",
            "Threshold": 1,
        },
    )


CHANNEL_ARN = "arn:aws:ivs:us-west-2:111111111111:channel/AbCdEf123456"
STAGE_ARN = "arn:aws:ivs:us-west-2:111111111111:stage/AbCdEf123456"
ANY_ARN = "arn:aws:ivs:us-west-2:111111111111:of-any-type/AbCdEf123456"
RECORDING_ARN = "arn:aws:ivs:us-west-2:111111111111:recording-configuration/AbCdEf123456"
OTHER_LOG_ARN = "arn:aws:ivschat:eu-west-1:111111111111:logging-configuration/AbCdEf123456"
PROVIDER = "arn:aws:lambda:us-west-2:111111111111:function:provider"
CHANNEL_ID = {"Fn::Select": [1, {"Fn::Split": ["/", arn("Channel")]}]}


def attachment(operation: str) -> Json:
    """What this library's constructs write to attach something to the channel."""
    return {
        "Type": "Custom::IVSChannelAttachment",
        "Properties": {
            "ServiceToken": PROVIDER,
            "Operation": operation,
            "ResourceArn": arn("Channel"),
            "Value": ANY_ARN,
        },
    }


def api_call(parameter: str, value: str = ANY_ARN) -> Json:
    """What the CDK's AwsCustomResource writes."""
    start = '{"service":"ivs","action":"updateChannel","parameters":{"arn":"'
    end = f'","{parameter}":"{value}"}}}}'
    return {
        "Type": "Custom::AWS",
        "Properties": {
            "ServiceToken": PROVIDER,
            "Create": {"Fn::Join": ["", [start, arn("Channel"), end]]},
        },
    }


def output(value: Any, resources: Json) -> Json:
    """A template that shows a value."""
    return {**template(**resources), "Outputs": {"Key": {"Value": value}}}


def parameter(default: str) -> Json:
    """A template with a parameter."""
    return {
        "Parameters": {"Key": {"Type": "String", "Default": default}},
        **template(Channel=channel(Name=ref("Key"))),
    }


# In parts, as no key is to be found in the repository.
STREAM_KEY = "sk_us-west-2_" + "AbCdEf123456_secret"
READER = {
    "Type": "Custom::CrossRegionExportReader",
    "Properties": {
        "ServiceToken": PROVIDER,
        "ReaderProps": {
            "region": "us-west-2",
            "prefix": "a",
            "imports": {"/cdk/exports/a/bucket": "{{resolve:ssm:/cdk/exports/a/bucket}}"},
        },
    },
}


def recorded_to(bucket: Any) -> Json:
    """A recording configuration with a bucket."""
    return recording(DestinationConfiguration={"S3": {"BucketName": bucket}})


def stack_output(region: Any) -> Json:
    """What the CDK writes for a value of another stack."""
    return {"Fn::GetStackOutput": {"StackName": "a", "OutputName": "bucket", "Region": region}}


def ads(arn: str) -> Json:
    """An ad configuration."""
    configurations = [{"PlaybackConfigurationArn": arn}]
    return resource("IVS::AdConfiguration", {"MediaTailorPlaybackConfigurations": configurations})


def rule_of_two(detail: Json) -> Json:
    """A rule for events of two types."""
    types = ["IVS Recording State Change", "IVS Stream State Change"]
    return rule(types[0], detail, **{"detail-type": types})


def alarm_on_math(period: int) -> Json:
    """An alarm on a metric as one of several."""
    properties = alarm("ConcurrentViews", Channel="AbCdEf123456")["Properties"]
    metric = {name: properties[name] for name in ("Namespace", "MetricName", "Dimensions")}
    stat = {"Metric": metric, "Period": period, "Stat": "Average"}
    return resource(
        "CloudWatch::Alarm",
        {
            "ComparisonOperator": "LessThanThreshold",
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "Metrics": [{"Id": "views", "MetricStat": stat, "ReturnData": True}],
        },
    )


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


def sam_event(type: str, field: str) -> Json:
    """The events of a function of SAM."""
    pattern = {
        "source": ["aws.ivs"],
        "detail-type": ["IVS Recording State Change"],
        "detail": {field: ["Recording End"]},
    }
    return {"Recorded": {"Type": type, "Properties": {"Pattern": pattern}}}


def sam_policy(action: str) -> Json:
    """A policy of a function of SAM."""
    return {"Statement": [{"Effect": "Allow", "Action": action, "Resource": CHANNEL_ARN}]}


CONDITION = {"Conditions": {"A": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}}}


def if_a(value: Any, other: Any) -> Json:
    """A value if the condition holds, and another if not."""
    return {"Fn::If": ["A", value, other]}


STREAM = {"Channel": channel(), "StreamKey": key(ref("Channel"))}
HANDLED = {"Handler": function(), "Permission": permission()}
CHANNEL_TYPE = "Properties.Type"
CONFIGURED = "Properties.RenditionConfiguration"

STAGE = resource("IVS::Stage")
PLAIN_BUCKET = resource("S3::Bucket")
OUTPUTS = resource("CloudFormation::Stack", {"TemplateURL": "https://s3.amazonaws.com/a/b.json"})
PARAMETER = resource("SSM::Parameter", {"Type": "String", "Value": CHANNEL_ARN})
ID = {"Channel": "AbCdEf123456"}

CASES = (
    # Channels.
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(Channel=channel(), KeyA=key(ref("Channel")), KeyB=key(arn("Channel"))),
        template(
            Channel=channel(), Other=channel(), KeyA=key(ref("Channel")), KeyB=key(ref("Other"))
        ),
        "another one, 'KeyA'",
    ),
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(Channel=channel(), KeyA=key({"Fn::Sub": "${Channel}"}), KeyB=key(ref("Channel"))),
        {
            "Conditions": {
                "A": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]},
                "B": {"Fn::Not": [{"Condition": "A"}]},
            },
            **template(
                Channel=channel(),
                KeyA=key(ref("Channel"), Condition="A"),
                KeyB=key(ref("Channel"), Condition="B"),
            ),
        },
    ),
    Case(
        "IVS-001",
        "Properties.ChannelArn",
        template(KeyA=key(CHANNEL_ARN), KeyB=key(CHANNEL_ARN)),
        template(KeyA=key(CHANNEL_ARN), KeyB=key(f"{CHANNEL_ARN}7")),
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY")),
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type="ADVANCED_HD")),
        "got no type, which means STANDARD",
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type="BASIC")),
        {
            "Parameters": {"Type": {"Type": "String", "Default": "BASIC"}},
            **template(Channel=channel(Preset="HIGHER_BANDWIDTH_DELIVERY", Type=ref("Type"))),
        },
        "got BASIC",
    ),
    Case(
        "IVS-002",
        "Properties.Preset",
        {
            "Conditions": {"Hd": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}},
            **template(
                Channel=channel(
                    Type={"Fn::If": ["Hd", "ADVANCED_HD", "STANDARD"]},
                    Preset="HIGHER_BANDWIDTH_DELIVERY",
                )
            ),
        },
        {
            "Conditions": {"Hd": {"Fn::Equals": [ref("AWS::Region"), "us-west-2"]}},
            **template(
                Channel=channel(
                    Type={"Fn::If": ["Hd", "ADVANCED_HD", "STANDARD"]},
                    Preset={"Fn::If": ["Hd", "HIGHER_BANDWIDTH_DELIVERY", ref("AWS::NoValue")]},
                )
            ),
        },
    ),
    Case(
        "IVS-003",
        "Properties.MultitrackInputConfiguration.Enabled",
        template(Channel=channel(Type="BASIC", ContainerFormat="FRAGMENTED_MP4", **multitrack())),
        template(
            Channel=channel(Type="STANDARD", ContainerFormat="FRAGMENTED_MP4", **multitrack())
        ),
        "got BASIC",
    ),
    Case(
        "IVS-004",
        "Properties.MultitrackInputConfiguration",
        template(Channel=channel(**multitrack())),
        template(Channel=channel(**multitrack(Enabled=False))),
        "set ContainerFormat",
    ),
    Case(
        "IVS-004",
        "Properties.MultitrackInputConfiguration",
        template(
            Channel=channel(
                ContainerFormat="FRAGMENTED_MP4", MultitrackInputConfiguration={"Enabled": True}
            )
        ),
        template(Channel=channel(ContainerFormat="FRAGMENTED_MP4", **multitrack())),
        "set MaximumResolution, Policy",
    ),
    Case(
        "IVS-005",
        "Properties.InsecureIngest",
        template(Channel=channel(InsecureIngest=True)),
        template(Channel=channel(InsecureIngest=False)),
    ),
    Case(
        "IVS-006",
        "Properties.Authorized",
        template(Channel=channel(Authorized=True)),
        template(
            Channel=channel(Authorized=True),
            Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM}),
        ),
    ),
    *(
        Case(
            "IVS-007",
            "Properties",
            template(
                Channel=channel(Authorized=True),
                Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM}),
                Attachment=attached,
            ),
            template(Channel=channel(Authorized=False), Attachment=attached),
            "'Channel' is authorized",
        )
        for attached in (
            attachment("AttachPlaybackRestrictionPolicy"),
            api_call("playbackRestrictionPolicyArn"),
        )
    ),
    *(
        Case(
            "IVS-008",
            "Properties",
            template(Channel=channel(ContainerFormat="FRAGMENTED_MP4"), Attachment=attached),
            template(Channel=channel(ContainerFormat="TS"), Attachment=attached),
            "channel 'Channel'",
        )
        for attached in (attachment("AttachAdConfiguration"), api_call("adConfigurationArn"))
    ),
    Case(
        "IVS-009",
        f"{CONFIGURED}.Renditions",
        template(Recording=recording(RenditionConfiguration={"Renditions": ["HD"]})),
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "CUSTOM", "Renditions": ["HD"]}
            )
        ),
        "RenditionSelection ALL",
    ),
    Case(
        "IVS-009",
        f"{CONFIGURED}.Renditions",
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "NONE", "Renditions": ["HD"]}
            )
        ),
        template(
            Recording=recording(
                RenditionConfiguration={"RenditionSelection": "NONE", "Renditions": []}
            )
        ),
        "RenditionSelection NONE",
    ),
    Case(
        "IVS-010",
        f"{CONFIGURED}.RenditionSelection",
        template(Recording=recording(RenditionConfiguration={"RenditionSelection": "CUSTOM"})),
        template(Recording=recording(RenditionConfiguration={"RenditionSelection": "ALL"})),
    ),
    Case(
        "IVS-011",
        "Properties.ThumbnailConfiguration.TargetIntervalSeconds",
        template(
            Recording=recording(
                ThumbnailConfiguration={"RecordingMode": "DISABLED", "TargetIntervalSeconds": 10}
            )
        ),
        template(Recording=recording(ThumbnailConfiguration={"TargetIntervalSeconds": 10})),
    ),
    *(
        Case(
            "IVS-011",
            "Properties.AutoParticipantRecordingConfiguration.ThumbnailConfiguration"
            ".TargetIntervalSeconds",
            template(Stage=recorded({"TargetIntervalSeconds": 10, **mode})),
            template(Stage=recorded({"TargetIntervalSeconds": 10, "RecordingMode": "INTERVAL"})),
        )
        for mode in ({}, {"RecordingMode": "DISABLED"})
        for recorded in [
            lambda thumbnails: resource(
                "IVS::Stage",
                {
                    "AutoParticipantRecordingConfiguration": {
                        "StorageConfigurationArn": STAGE_ARN.replace(
                            "stage", "storage-configuration"
                        ),
                        "ThumbnailConfiguration": thumbnails,
                    }
                },
            )
        ]
    ),
    Case(
        "IVS-012",
        "Properties.PublicKeyMaterial",
        template(Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P256_PEM})),
        template(Pair=resource("IVS::PlaybackKeyPair", {"PublicKeyMaterial": P384_PEM})),
    ),
    Case(
        "IVS-012",
        "Properties.PublicKeyMaterial",
        template(Pair=resource("IVS::PublicKey", {"PublicKeyMaterial": P256_PEM})),
        template(Pair=resource("IVS::PublicKey", {"PublicKeyMaterial": P384_PEM})),
    ),
    Case(
        "IVS-013",
        "Properties.AllowedCountries.1",
        template(Policy=restriction(AllowedCountries=["US", "UK"])),
        template(Policy=restriction(AllowedCountries=["US", "GB"])),
        "'UK'",
    ),
    *(
        Case(
            "IVS-014",
            "Properties.AllowedOrigins.0",
            template(Policy=restriction(AllowedOrigins=[wrong])),
            template(Policy=restriction(AllowedOrigins=[right])),
            f"'{wrong}'",
        )
        for wrong, right in (
            ("example.com", "https://example.com"),
            ("https://example.com/", "https://*.example.com"),
            ("https://example.com:443", "https://example.com:444"),
        )
    ),
    # Stages.
    Case(
        "IVS-015",
        "Properties.IngestProtocol",
        template(Ingest=ingest(IngestProtocol="RTMP")),
        template(Ingest=ingest(IngestProtocol="RTMPS")),
    ),
    Case(
        "IVS-016",
        "Properties.InsecureIngest",
        template(Ingest=ingest(IngestProtocol="RTMP", InsecureIngest=True)),
        template(Ingest=ingest(IngestProtocol="RTMPS", InsecureIngest=False)),
    ),
    Case(
        "IVS-017",
        "Properties.Video.Width",
        template(Encoder=encoder(853, 480)),
        template(Encoder=encoder(854, 480)),
        "Width must be even, got 853",
    ),
    Case(
        "IVS-018",
        "Properties.Video",
        template(Encoder=encoder(1920, 1082)),
        template(Encoder=encoder(1920, 1080)),
        "got 1920 by 1082",
    ),
    # Chat.
    Case(
        "IVS-019",
        "Properties.DestinationConfiguration",
        template(Log=chat_log()),
        template(Log=chat_log(**LOG_GROUP)),
        "got none",
    ),
    Case(
        "IVS-019",
        "Properties.DestinationConfiguration",
        template(Log=chat_log(**LOG_GROUP, **BUCKET)),
        template(Log=chat_log(**BUCKET)),
        "got CloudWatchLogs, S3",
    ),
    Case(
        "IVS-020",
        "Properties.LoggingConfigurationIdentifiers",
        template(
            **{f"Log{i}": chat_log(**LOG_GROUP) for i in range(4)},
            Room=resource(
                "IVSChat::Room",
                {"LoggingConfigurationIdentifiers": [arn(f"Log{i}") for i in range(4)]},
            ),
        ),
        template(
            **{f"Log{i}": chat_log(**LOG_GROUP) for i in range(4)},
            Room=resource(
                "IVSChat::Room",
                {"LoggingConfigurationIdentifiers": [arn(f"Log{i}") for i in range(3)]},
            ),
        ),
        "got 4",
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(),
            Permission=permission(principal="ivs.amazonaws.com"),
            Room=room(DependsOn="Permission"),
        ),
        template(**HANDLED, Room=room(DependsOn="Permission")),
        "function 'Handler'",
    ),
    Case(
        "IVS-022",
        "Properties.MessageReviewHandler.Uri",
        template(Handler=function(), Permission=permission(arn("Room")), Room=room()),
        template(**HANDLED, Room=room(DependsOn="Permission")),
        "permission 'Permission'",
    ),
    Case(
        "IVS-023",
        "Properties.MessageReviewHandler.Uri",
        template(**HANDLED, Room=room()),
        template(**HANDLED, Room=room(DependsOn=["Permission"])),
        "permission 'Permission'",
    ),
    Case(
        "IVS-024",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(Environment={"Variables": {"ROOM": arn("Room")}}),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler=function(Environment={"Variables": {"ROOMS": ALL_ROOMS}}),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "which is a cycle",
        cyclic=True,
    ),
    Case(
        "IVS-024",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler={**function(), "DependsOn": "Policy"},
            Policy=policy("ivschat:SendEvent", arn("Room")),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler={**function(), "DependsOn": "Policy"},
            Policy=policy("ivschat:SendEvent", ALL_ROOMS),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "through 'Policy', which is a cycle",
        cyclic=True,
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        {
            **CONDITION,
            **template(
                **HANDLED,
                Other=function(),
                Room=resource(
                    "IVSChat::Room",
                    {"MessageReviewHandler": {"Uri": if_a(arn("Handler"), arn("Other"))}},
                    DependsOn="Permission",
                ),
            ),
        },
        {
            **CONDITION,
            **template(
                **HANDLED,
                Room=resource(
                    "IVSChat::Room",
                    {"MessageReviewHandler": if_a({"Uri": arn("Handler")}, ref("AWS::NoValue"))},
                    DependsOn="Permission",
                ),
            ),
        },
        "function 'Other'",
    ),
    Case(
        "IVS-021",
        "Properties.MessageReviewHandler.Uri",
        template(Handler=function(), Live=ALIAS, Room=room_with_alias()),
        template(
            Handler=function(),
            Live=ALIAS,
            Permission=resource(
                "Lambda::Permission",
                {
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": {"Fn::Sub": "${Handler}:live"},
                    "Principal": "ivschat.amazonaws.com",
                    "SourceArn": ALL_ROOMS,
                },
            ),
            Room=room_with_alias(DependsOn="Permission"),
        ),
        "function 'Live'",
    ),
    # Buckets.
    Case(
        "IVS-025",
        "Properties.Bucket",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket")),
            PolicyA=bucket_policy(COMPOSITE),
            PolicyB=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="PolicyA"),
            PolicyA=bucket_policy(COMPOSITE, TLS_ONLY),
        ),
        "another policy, 'PolicyA'",
    ),
    Case(
        "IVS-026",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(TLS_ONLY, COMPOSITE),
        ),
        "storage configuration 'Storage'",
    ),
    Case(
        "IVS-026",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(statement({"Service": "ivs.amazonaws.com"}, "s3:PutObject")),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Storage=storage(ref("Bucket"), DependsOn="Policy"),
            Policy=bucket_policy(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ivs-composite.us-west-2.amazonaws.com"},
                    "NotAction": "s3:DeleteObject",
                    "Resource": {"Fn::Sub": "${Bucket.Arn}/*"},
                }
            ),
        ),
    ),
    Case(
        "IVS-027",
        "Properties.PolicyDocument",
        template(
            Bucket=resource("S3::Bucket"),
            Log=LOG_TO_BUCKET,
            Policy=bucket_policy(TLS_ONLY),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Log=LOG_TO_BUCKET,
            Policy=bucket_policy(TLS_ONLY, LOGS),
        ),
        "logging configuration 'Log'",
    ),
    Case(
        "IVS-028",
        "Properties.BucketEncryption",
        template(Bucket=kms_bucket("aws:kms"), Storage=storage(ref("Bucket"))),
        template(Bucket=kms_bucket("AES256"), Storage=storage(ref("Bucket"))),
        "'Bucket' has aws:kms",
    ),
    Case(
        "IVS-029",
        "Properties.OwnershipControls",
        template(Bucket=owned_bucket("ObjectWriter"), Storage=storage(ref("Bucket"))),
        template(Bucket=owned_bucket("BucketOwnerPreferred"), Storage=storage(ref("Bucket"))),
    ),
    Case(
        "IVS-030",
        "Properties.PolicyDocument.Statement.2",
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(TLS_ONLY, LOGS, {"Sid": "Again", **TLS_ONLY}),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(TLS_ONLY, LOGS),
        ),
        "statements 0 and 2",
    ),
    Case(
        "IVS-030",
        "Properties.PolicyDocument.Statement.1",
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(LOGS, {**LOGS, "Action": "s3:PutObject"}),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
            Policy=bucket_policy(LOGS, {**LOGS, "Action": "s3:GetBucketAcl"}),
        ),
        "statements 0 and 1",
    ),
    # References.
    Case(
        "IVS-031",
        "Properties.ChannelArn",
        template(Stage=resource("IVS::Stage"), Key=key(arn("Stage"))),
        template(Channel=channel(), Key=key(arn("Channel"))),
        "ChannelArn must be the ARN of AWS::IVS::Channel, got one of AWS::IVS::Stage",
    ),
    Case(
        "IVS-031",
        "Properties.ChannelArn",
        template(Key=key(STAGE_ARN)),
        template(Key=key(CHANNEL_ARN)),
        "got one of 'stage'",
    ),
    Case(
        "IVS-031",
        "Properties.LoggingConfigurationIdentifiers.0",
        template(
            Stage=resource("IVS::Stage"),
            Room=resource("IVSChat::Room", {"LoggingConfigurationIdentifiers": [arn("Stage")]}),
        ),
        template(
            Log=chat_log(**LOG_GROUP),
            Room=resource("IVSChat::Room", {"LoggingConfigurationIdentifiers": [arn("Log")]}),
        ),
    ),
    Case(
        "IVS-031",
        "Properties.ChannelArn",
        template(Stage=resource("IVS::Stage"), Key=key({"Fn::Sub": "${Stage.Arn}"})),
        template(Channel=channel(), Key=key({"Fn::Sub": "${Channel.Arn}"})),
        "got one of AWS::IVS::Stage",
    ),
    Case(
        "IVS-031",
        "Properties.AutoParticipantRecordingConfiguration.StorageConfigurationArn",
        with_recording_of("Stage"),
        with_recording_of("Storage"),
        "got one of AWS::IVS::Stage",
    ),
    # Rules for events.
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=rule("IVS Stream Status Change")),
        template(Rule=rule("IVS Stream State Change")),
        "'IVS Stream Status Change'",
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=rule("Step Functions Execution Status Change")),
        template(
            Rule=rule("Step Functions Execution Status Change", source=["aws.ivs", "aws.states"])
        ),
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule("IVS Recording State Change", {"event_name": ["Recording End"]})),
        template(Rule=rule("IVS Recording State Change", {"recording_status": ["Recording End"]})),
        "match 'recording_status'",
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.limit",
        template(Rule=rule("IVS Limit Breach", {"limit": ["Ingest Bitrate"]})),
        template(Rule=rule("IVS Limit Breach", {"limit_name": ["Ingest Bitrate"]})),
        "match 'limit_name'",
    ),
    Case(
        "IVS-034",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule("IVS Stream State Change", {"event_name": ["Stream Started"]})),
        template(Rule=rule("IVS Stream State Change", {"event_name": ["Stream Start"]})),
        "'Stream Started' is not a value of 'event_name'",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(
            Stage=resource("IVS::Stage"),
            Rule=rule("IVS Composition State Change", resources=[arn("Stage")]),
        ),
        template(
            Stage=resource("IVS::Stage"),
            Rule=rule("IVS Composition State Change", {"stage_arn": [arn("Stage")]}),
        ),
        "match 'stage_arn' in the detail",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(
            Rule=rule(
                "IVS Limit Breach", {"limit_name": ["Concurrent Viewers"]}, resources=[CHANNEL_ARN]
            )
        ),
        template(
            Rule=rule(
                "IVS Limit Breach", {"limit_name": ["Ingest Bitrate"]}, resources=[CHANNEL_ARN]
            )
        ),
        "leave 'resources' out",
    ),
    Case(
        "IVS-035",
        "Properties.EventPattern.resources",
        template(Rule=rule("IVS Stage Update", resources=[CHANNEL_ARN])),
        template(Rule=rule("IVS Stage Update", resources=[STAGE_ARN])),
        "match that of a stage",
    ),
    Case(
        "IVS-036",
        "Properties.EventPattern.source",
        template(Rule=rule("IVS Stage Update", source=["aws.ivsrealtime"])),
        template(Rule=rule("IVS Stage Update", source=["aws.ivs"])),
        "use 'aws.ivs'",
    ),
    Case(
        "IVS-036",
        "Properties.EventPattern.source",
        template(Rule=rule("IVS Chat Message", source=["aws.ivschat"])),
        template(Rule=rule("AWS API Call via CloudTrail", source=["aws.ivschat"])),
        "CloudTrail",
    ),
    # Permissions.
    *(
        Case(
            "IVS-037",
            "Properties.PolicyDocument.Statement.0.Action",
            template(Policy=policy([wrong], right_resource)),
            template(Policy=policy([right], right_resource)),
            f"'{wrong}'",
        )
        for wrong, right, right_resource in (
            ("ivs:ListStreamsKeys", "ivs:ListStreamKeys", CHANNEL_ARN),
            ("ivs:BatchGetStream", "ivs:BatchGetChannel", CHANNEL_ARN),
            ("ivsrealtime:*", "ivs:*Participant*", STAGE_ARN),
            ("ivschat:SendMessage", "ivschat:SendEvent", ALL_ROOMS),
        )
    ),
    Case(
        "IVS-038",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=policy("ivs:CreateParticipantToken", CHANNEL_ARN)),
        template(Policy=policy("ivs:CreateParticipantToken", STAGE_ARN)),
        "the ARN of a stage",
    ),
    Case(
        "IVS-038",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(**STREAM, Policy=policy("ivs:GetStreamKey", arn("Channel"))),
        template(**STREAM, Policy=policy("ivs:GetStreamKey", arn("StreamKey"))),
        "the ARN of a stream-key",
    ),
    Case(
        "IVS-038",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=policy("ivs:ListPublicKeys", STAGE_ARN)),
        template(Policy=policy("ivs:ListPublicKeys", "*")),
        "'*', as it has no resource",
    ),
    Case(
        "IVS-039",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=policy("ivs:StopStream", "*")),
        template(
            Policy=policy(
                "ivs:StopStream", "*", Condition={"StringEquals": {"aws:ResourceTag/App": "a"}}
            )
        ),
        "the ARN of a channel",
    ),
    Case(
        "IVS-040",
        "Properties.PolicyDocument.Statement.0.Action",
        template(Policy=policy("ivs:*", CHANNEL_ARN)),
        template(Policy=policy("ivs:Get*", CHANNEL_ARN)),
    ),
    # Alarms.
    Case(
        "IVS-041",
        "Properties.MetricName",
        template(Channel=channel(), Alarm=alarm("StreamHealth", Channel=CHANNEL_ID)),
        template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=CHANNEL_ID)),
        "no metric 'StreamHealth'",
    ),
    Case(
        "IVS-042",
        "Properties.Dimensions",
        template(Alarm=alarm("KeyframeInterval")),
        template(Alarm=alarm("IngestFramerate")),
        "not published with no dimension",
    ),
    Case(
        "IVS-042",
        "Properties.Dimensions",
        template(Alarm=alarm("MessagingRequests", "AWS/IVSChat", Room="AbCdEf123456")),
        template(Alarm=alarm("MessagingRequests", "AWS/IVSChat")),
        "not published with Room",
    ),
    *(
        Case(
            "IVS-043",
            "Properties.Dimensions.0.Value",
            template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=wrong)),
            template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=right)),
            text,
        )
        for wrong, right, text in (
            (arn("Channel"), CHANNEL_ID, "!GetAtt Channel.Arn"),
            (ref("Channel"), CHANNEL_ID, "!GetAtt Channel.Arn"),
            ({"Fn::Sub": "${Channel.Arn}"}, CHANNEL_ID, "!GetAtt Channel.Arn"),
            (CHANNEL_ARN, "AbCdEf123456", "use 'AbCdEf123456'"),
        )
    ),
    Case(
        "IVS-044",
        "Properties.Namespace",
        template(Alarm=alarm("ConcurrentPublishers", "AWS/IVSRealtime")),
        template(Alarm=alarm("ConcurrentPublishers", "AWS/IVSRealTime")),
        "AWS/IVSRealTime",
    ),
    # Secrets.
    Case(
        "IVS-045",
        "Outputs.Key.Value",
        output(arn("StreamKey", "Value"), STREAM),
        output(arn("StreamKey"), STREAM),
        "output 'Key'",
    ),
    Case(
        "IVS-045",
        "Outputs.Key.Value",
        output(arn("Ingest", "StreamKey"), {"Ingest": ingest()}),
        output(arn("Ingest", "ParticipantId"), {"Ingest": ingest()}),
        "output 'Key'",
    ),
    Case(
        "IVS-046",
        "Properties.Environment.Variables.KEY",
        template(
            **STREAM,
            Function=function(Environment={"Variables": {"KEY": arn("StreamKey", "Value")}}),
        ),
        template(**STREAM, Function=function(Environment={"Variables": {"KEY": arn("StreamKey")}})),
    ),
    Case(
        "IVS-046",
        "Properties.Value",
        template(
            **STREAM,
            Parameter=resource(
                "SSM::Parameter", {"Type": "String", "Value": arn("StreamKey", "Value")}
            ),
        ),
        template(
            **STREAM,
            Secret=resource("SecretsManager::Secret", {"SecretString": arn("StreamKey", "Value")}),
        ),
    ),
    Case(
        "IVS-047",
        "Parameters.Key.Default",
        parameter(STREAM_KEY),
        parameter("sk_test_" + "AbCdEf123456_secret"),
        "parameter 'Key'",
    ),
    # Quotas.
    Case(
        "IVS-048",
        "Properties",
        template(**{f"Policy{i}": restriction() for i in range(4)}),
        template(**{f"Policy{i}": restriction() for i in range(3)}),
        "has 4 playback restriction policies, and the quota of an account and Region is 3, which",
    ),
    Case(
        "IVS-048",
        "Properties",
        template(**{f"Storage{i}": storage("recordings") for i in range(6)}),
        template(**{f"Storage{i}": storage("recordings") for i in range(5)}),
        "is 5: ask for a higher one",
    ),
    # Later ones.
    Case(
        "IVS-011",
        "Properties.ThumbnailConfiguration.Storage",
        template(
            Recording=recording(
                ThumbnailConfiguration={"RecordingMode": "DISABLED", "Storage": ["LATEST"]}
            )
        ),
        template(Recording=recording(ThumbnailConfiguration={"RecordingMode": "DISABLED"})),
        "Storage has no effect",
    ),
    Case(
        "IVS-049",
        "Properties.MessageReviewHandler.FallbackResult",
        template(
            Room=resource("IVSChat::Room", {"MessageReviewHandler": {"FallbackResult": "DENY"}})
        ),
        template(
            Room=resource(
                "IVSChat::Room",
                {
                    "MessageReviewHandler": {
                        "FallbackResult": "DENY",
                        "Uri": "arn:aws:lambda:us-west-2:111111111111:function:review",
                    }
                },
            )
        ),
    ),
    *(
        Case(
            "IVS-050",
            "Properties.Tags",
            template(Stream=wrong, Log=chat_log(Firehose={"DeliveryStreamName": ref("Stream")})),
            template(
                Stream=resource(
                    "KinesisFirehose::DeliveryStream",
                    {"Tags": [{"Key": "LogDeliveryEnabled", "Value": "true"}]},
                ),
                Log=chat_log(Firehose={"DeliveryStreamName": ref("Stream")}),
            ),
            "delivery stream 'Stream'",
        )
        for wrong in (
            resource("KinesisFirehose::DeliveryStream"),
            resource(
                "KinesisFirehose::DeliveryStream",
                {"Tags": [{"Key": "LogDeliveryEnabled", "Value": "false"}]},
            ),
        )
    ),
    Case(
        "IVS-051",
        "Properties.BucketEncryption",
        template(
            Bucket=kms_bucket("aws:kms", "alias/recordings"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
        ),
        template(
            Bucket=kms_bucket("aws:kms", "alias/aws/s3"),
            Recording=recording(DestinationConfiguration={"S3": {"BucketName": ref("Bucket")}}),
        ),
        "bucket 'Bucket'",
    ),
    Case(
        "IVS-052",
        "Properties.EventPattern.detail.code",
        template(
            Rule=rule(
                "IVS Stream State Change",
                {"event_name": ["Stream Start"], "code": ["MultitrackInputRequired"]},
            )
        ),
        template(
            Rule=rule(
                "IVS Stream State Change",
                {"event_name": ["Session Ended"], "code": ["MultitrackInputRequired"]},
            )
        ),
        "only with 'Session Ended', 'Stream Takeover Failure'",
    ),
    *(
        Case(
            "IVS-053",
            "Properties.Dimensions.2.Value",
            template(Alarm=published("high")),
            template(Alarm=published("hi")),
            "use one of hi, mid, low, none",
        )
        for published in [
            lambda layer: alarm(
                "PublishBitrate",
                "AWS/IVSRealTime",
                Stage="AbCdEf123456",
                Participant="AbCdEf123456",
                SimulcastLayer=layer,
                MediaType="video",
            )
        ]
    ),
    Case(
        "IVS-054",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(
            Policy=policy("ivs:CreateChannel", "arn:aws:ivs:us-west-2:111111111111:channel/*")
        ),
        template(
            Policy=policy(
                "ivs:CreateChannel",
                [
                    "arn:aws:ivs:us-west-2:111111111111:channel/*",
                    "arn:aws:ivs:us-west-2:111111111111:stream-key/*",
                ],
            )
        ),
        "on channel/* and stream-key/* together, and this policy allows it on channel/* only",
    ),
    # The order of a configuration and the policy of its bucket.
    *(
        Case(
            "IVS-055",
            path,
            template(Bucket=resource("S3::Bucket"), Policy=policy_of_bucket, Writer=writer),
            template(
                Bucket=resource("S3::Bucket"),
                Policy=policy_of_bucket,
                Writer={**writer, "DependsOn": ["Policy"]},
            ),
            "bucket policy 'Policy'",
        )
        for path, policy_of_bucket, writer in (
            ("Properties.S3.BucketName", bucket_policy(COMPOSITE), storage(ref("Bucket"))),
            (
                "Properties.DestinationConfiguration.S3.BucketName",
                bucket_policy(LOGS),
                chat_log(S3={"BucketName": ref("Bucket")}),
            ),
        )
    ),
    # An indirect dependency is one too.
    Case(
        "IVS-055",
        "Properties.S3.BucketName",
        template(
            Bucket=resource("S3::Bucket"),
            Policy=bucket_policy(COMPOSITE),
            Between=resource("CloudFormation::WaitConditionHandle"),
            Storage=storage(ref("Bucket"), DependsOn="Between"),
        ),
        template(
            Bucket=resource("S3::Bucket"),
            Policy=bucket_policy(COMPOSITE),
            Between=resource("CloudFormation::WaitConditionHandle", DependsOn="Policy"),
            Storage=storage(ref("Bucket"), DependsOn="Between"),
        ),
    ),
    # Attachments.
    *(
        Case(
            "IVS-056",
            "Properties",
            template(Channel=channel(), First=attached, Second=attached),
            template(Channel=channel(), First=attached, Second=other),
            f"only one {kind}, and 'First' attaches another one",
        )
        for kind, attached, other in (
            (
                "playback restriction policy",
                attachment("AttachPlaybackRestrictionPolicy"),
                attachment("AttachAdConfiguration"),
            ),
            (
                "ad configuration",
                api_call("adConfigurationArn"),
                api_call("adConfigurationArn", value=""),
            ),
            (
                "failover slate configuration",
                api_call("failoverSlateConfigurationArn"),
                api_call("playbackRestrictionPolicyArn"),
            ),
        )
    ),
    Case(
        "IVS-056",
        "Properties",
        template(
            Channel=channel(),
            First=attachment("AttachAdConfiguration"),
            Second=api_call("adConfigurationArn"),
        ),
        {
            "Conditions": {**CONDITION["Conditions"], "B": {"Fn::Not": [{"Condition": "A"}]}},
            **template(
                Channel=channel(),
                First={**attachment("AttachAdConfiguration"), "Condition": "A"},
                Second={**api_call("adConfigurationArn"), "Condition": "B"},
            ),
        },
    ),
    # Conditions on tags.
    *(
        Case(
            "IVS-057",
            "Properties.PolicyDocument.Statement.0.Condition",
            template(Policy=policy(action, resources, Condition=tags("aws:ResourceTag/App"))),
            template(
                Policy=policy(right_action, resources, Condition=tags(f"aws:{right_key}Tag/App"))
            ),
            text,
        )
        for action, resources, right_action, right_key, text in (
            (
                "ivs:CreateStage",
                "arn:aws:ivs:us-west-2:111111111111:stage/*",
                "ivs:CreateStage",
                "Request",
                "use aws:RequestTag",
            ),
            (
                "ivs:ListPublicKeys",
                "*",
                "ivs:DeletePublicKey",
                "Resource",
                "allow it in a statement without this condition",
            ),
        )
        for tags in [lambda key: {"StringEquals": {key: "a"}}]
    ),
    # Forms of values in event rules.
    *(
        Case(
            "IVS-058",
            f"Properties.EventPattern.detail.{field}",
            template(Rule=rule(detail_type, {field: [wrong]})),
            template(Rule=rule(detail_type, {field: [right]})),
            text,
        )
        for detail_type, field, wrong, right, text in (
            (
                "IVS Stage Update",
                "replica",
                "true",
                True,
                "'true' never matches 'replica' in events of 'IVS Stage Update', which is true or",
            ),
            (
                "IVS Stage Update",
                "user_id",
                "user-*",
                {"wildcard": "user-*"},
                "match a part of it with {'wildcard': …}",
            ),
            ("IVS Stage Update", "participant_id", 7, "7", "'7' never matches"),
            ("IVS Stage Update", "user_id", {"numeric": ["=", 7]}, {"prefix": "7"}, "numeric"),
            ("IVS Stage Update", "error_code", False, "QUOTA_EXCEEDED", "which is text"),
            (
                "IVS Stream State Change",
                "stream_id",
                "AbCdEf",
                "st-AbCdEf",
                "which is 'st-' and letters and digits",
            ),
            ("IVS Stream State Change", "event_name", 1, "Stream Start", "which is text"),
        )
    ),
    *(
        Case(
            "IVS-033",
            f"Properties.EventPattern.detail.{wrong}",
            template(Rule=rule(detail_type, {wrong: [value]})),
            template(Rule=rule(detail_type, {right: [value]})),
            f"match '{right}'",
        )
        for detail_type, wrong, right, value in (
            ("IVS Stream State Change", "eventName", "event_name", "Stream Start"),
            ("IVS Stage Update", "participantId", "participant_id", "AbCdEf"),
        )
    ),
    *(
        Case(
            "IVS-034",
            f"Properties.EventPattern.detail.{field}",
            template(Rule=rule(detail_type, {field: [wrong]})),
            template(Rule=rule(detail_type, {field: [right]})),
            f"'{wrong}' is not a value of '{field}'",
        )
        for detail_type, field, wrong, right in (
            ("IVS Stage Update", "error_code", "QuotaExceeded", "QUOTA_EXCEEDED"),
            ("IVS Stream State Change", "code", "TakeoverFailed", "StreamTakeoverLimitBreached"),
        )
    ),
    # Of two types with different fields, one can have the value, and what is unknown is left alone.
    Case(
        "IVS-034",
        "Properties.EventPattern.detail.event_name",
        template(Rule=rule_of_two({"event_name": ["Recording End"]})),
        template(
            Rule=rule_of_two(
                {"event_name": ["Stream End"], "error_code": ["any"], "not_known": ["any"]}
            )
        ),
    ),
    # The Serverless Application Model.
    *(
        Case(
            rule_id,
            path,
            serverless(**{key: wrong}),
            serverless(**{key: right}),
        )
        for rule_id, path, key, wrong, right in (
            *(
                (
                    "IVS-033",
                    "Properties.Events.Recorded.Properties.Pattern.detail.event_name",
                    "Events",
                    sam_event(type, "event_name"),
                    sam_event(type, "recording_status"),
                )
                for type in ("EventBridgeRule", "CloudWatchEvent")
            ),
            (
                "IVS-037",
                "Properties.Policies.1.Statement.0.Action",
                "Policies",
                ["CloudWatchPutMetricPolicy", sam_policy("ivs:BatchGetStream")],
                ["CloudWatchPutMetricPolicy", sam_policy("ivs:BatchGetChannel")],
            ),
            (
                "IVS-046",
                "Properties.Environment.Variables.KEY",
                "Environment",
                {"Variables": {"KEY": arn("StreamKey", "Value")}},
                {"Variables": {"KEY": arn("StreamKey")}},
            ),
            (
                "IVS-046",
                "Properties.Environment.Variables.KEY",
                "Environment",
                {"Variables": {"KEY": STREAM_KEY}},
                {"Variables": {"KEY": "sk_test_" + "AbCdEf123456_secret"}},
            ),
        )
    ),
    # Other places for a stream key.
    *(
        Case(
            "IVS-046",
            path,
            template(**STREAM, Shown=shown(arn("StreamKey", "Value"))),
            template(**STREAM, Shown=shown(arn("StreamKey"))),
        )
        for path, shown in (
            (
                "Properties.Parameters.Key",
                lambda value: resource(
                    "CloudFormation::Stack",
                    {
                        "TemplateURL": "https://example.s3.amazonaws.com/template",
                        "Parameters": {"Key": value},
                    },
                ),
            ),
            (
                "Properties.WriterProps.exports.key",
                lambda value: {
                    "Type": "Custom::CrossRegionExportWriter",
                    "Properties": {
                        "ServiceToken": PROVIDER,
                        "WriterProps": {"region": "us-east-1", "exports": {"key": value}},
                    },
                },
            ),
        )
    ),
    Case(
        "IVS-046",
        "Properties.Value",
        template(Parameter=resource("SSM::Parameter", {"Type": "String", "Value": STREAM_KEY})),
        template(
            Parameter=resource(
                "SSM::Parameter", {"Type": "String", "Value": "{{resolve:secretsmanager:key}}"}
            )
        ),
    ),
    Case(
        "IVS-045",
        "Outputs.Key.Value",
        output(STREAM_KEY, STREAM),
        output("sk_test_" + "AbCdEf123456_secret", STREAM),
        "output 'Key'",
    ),
    Case(
        "IVS-054",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=policy("ivs:StartComposition", STAGE_ARN)),
        template(
            Policy=policy(
                "ivs:StartComposition",
                [STAGE_ARN, STAGE_ARN.replace("stage", "encoder-configuration")],
            )
        ),
        "on encoder-configuration/* and stage/* together",
    ),
    # Periods of alarms.
    *(
        Case(
            "IVS-059",
            "Properties.Period",
            template(Alarm=every(10, wrong, Channel="AbCdEf123456", **layers)),
            template(Alarm=every(10, right, Channel="AbCdEf123456")),
            f"'{wrong}' is published once a minute, got a Period of 10 seconds",
        )
        for every in [
            lambda period, metric, **dimensions: {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": {**alarm(metric, **dimensions)["Properties"], "Period": period},
            }
        ]
        for wrong, right, layers in (("ConcurrentViews", "IngestFramerate", {}),)
    ),
    Case(
        "IVS-059",
        "Properties.Metrics.0.MetricStat.Period",
        template(Alarm=alarm_on_math(30)),
        template(Alarm=alarm_on_math(60)),
    ),
    # Handlers.
    *(
        Case(
            "IVS-060",
            "Properties.MessageReviewHandler.Uri",
            template(Handler=function(Timeout=30), Permission=permission(), **others),
            template(Handler=function(Timeout=1), Permission=permission(), **others),
            "function 'Handler' has a timeout of 30 seconds",
        )
        for others in (
            {"Room": room(DependsOn="Permission")},
            {"Live": ALIAS, "Room": room_with_alias(DependsOn="Permission")},
        )
    ),
    Case(
        "IVS-061",
        "Properties.LoggingConfigurationIdentifiers.1",
        template(
            Log=chat_log(**LOG_GROUP),
            Room=resource(
                "IVSChat::Room", {"LoggingConfigurationIdentifiers": [ref("Log"), arn("Log")]}
            ),
        ),
        template(
            Log=chat_log(**LOG_GROUP),
            Other=chat_log(**LOG_GROUP),
            Room=resource(
                "IVSChat::Room", {"LoggingConfigurationIdentifiers": [ref("Log"), arn("Other")]}
            ),
        ),
        "items 0 and 1",
    ),
    *(
        Case(
            "IVS-062",
            "Properties.BucketEncryption",
            template(
                Bucket=kms_bucket("aws:kms", wrong), Log=chat_log(S3={"BucketName": ref("Bucket")})
            ),
            template(Bucket=right, Log=chat_log(S3={"BucketName": ref("Bucket")})),
            "bucket 'Bucket'",
        )
        for wrong, right in (
            (None, kms_bucket("AES256")),
            ("alias/aws/s3", kms_bucket("aws:kms", "alias/chat-logs")),
        )
    ),
    # Accounts and Regions.
    *(
        Case(
            "IVS-063",
            path,
            template(Archived=channel(RecordingConfigurationArn=RECORDING_ARN), Other=wrong),
            template(Archived=channel(RecordingConfigurationArn=RECORDING_ARN), Other=right),
            text,
        )
        for path, wrong, right, text in (
            (
                "Properties.ChannelArn",
                key(CHANNEL_ARN.replace("us-west-2", "eu-west-1")),
                key(CHANNEL_ARN),
                "got one in eu-west-1, but RecordingConfigurationArn of 'Archived' is in us-west-2",
            ),
            (
                "Properties.ChannelArn",
                key(CHANNEL_ARN.replace("1" * 12, "2" * 12)),
                key({"Fn::Sub": "arn:aws:ivs:us-west-2:${AWS::AccountId}:channel/AbCdEf123456"}),
                "ChannelArn must be in the account of the stack, got one in 222222222222",
            ),
            (
                "Properties.MediaTailorPlaybackConfigurations.0.PlaybackConfigurationArn",
                ads("arn:aws:mediatailor:us-west-2:222222222222:playbackConfiguration/ads"),
                ads("arn:aws:mediatailor:eu-west-1:111111111111:playbackConfiguration/ads"),
                "PlaybackConfigurationArn must be in the account of the stack",
            ),
            (
                "Properties.LoggingConfigurationIdentifiers.0",
                resource("IVSChat::Room", {"LoggingConfigurationIdentifiers": [OTHER_LOG_ARN]}),
                resource(
                    "IVSChat::Room",
                    {
                        "LoggingConfigurationIdentifiers": [
                            OTHER_LOG_ARN.replace("eu-west-1", "us-west-2")
                        ]
                    },
                ),
                "LoggingConfigurationIdentifiers must be in the Region",
            ),
        )
    ),
    # What the CDK writes for a bucket in another Region.
    Case(
        "IVS-063",
        "Properties.DestinationConfiguration.S3.BucketName",
        template(Recording=recorded_to(arn("Reader", "/cdk/exports/a/bucket")), Reader=READER),
        template(Recording=recorded_to("recordings"), Reader=READER),
        "got one in another Region",
    ),
    Case(
        "IVS-063",
        "Properties.ChannelArn",
        template(
            Recording=recorded_to(stack_output("eu-west-1")),
            StreamKey=key(CHANNEL_ARN),
        ),
        template(
            Recording=recorded_to(stack_output(ref("AWS::Region"))),
            StreamKey=key(CHANNEL_ARN),
        ),
        "got one in us-west-2, but BucketName of 'Recording' is in eu-west-1",
        cyclic=True,
    ),
    *(
        Case(
            "IVS-064",
            path,
            template(Other=wrong),
            template(Other=right),
            f"the resource does not exist in {region}",
        )
        for path, wrong, right, region in (
            (
                "Properties.ChannelArn",
                key(CHANNEL_ARN.replace("us-west-2", "eu-west-3")),
                key(CHANNEL_ARN),
                "eu-west-3",
            ),
            (
                "Properties.PolicyDocument.Statement.0.Resource.1",
                policy("ivs:StopStream", [CHANNEL_ARN, CHANNEL_ARN.replace("us-", "ca-")]),
                policy("ivs:StopStream", [CHANNEL_ARN, CHANNEL_ARN.replace("us-west-2", "*")]),
                "ca-west-2",
            ),
            (
                "Properties.EventPattern.resources.0",
                rule("IVS Stage Update", resources=[STAGE_ARN.replace("us-west-2", "eu-north-1")]),
                rule("IVS Stage Update", resources=[STAGE_ARN]),
                "eu-north-1",
            ),
            (
                "Properties.PolicyDocument.Statement.0.Resource",
                policy(
                    "ivs:GetAdConfiguration",
                    "arn:aws:ivs:eu-west-1:111111111111:ad-configuration/a",
                ),
                policy(
                    "ivs:GetAdConfiguration",
                    "arn:aws:ivs:eu-central-1:111111111111:ad-configuration/a",
                ),
                "eu-west-1",
            ),
        )
    ),
    # What is known at deployment only is left alone.
    *(
        Case(
            rule_id,
            path,
            template(Channel=channel(), **resources(wrong)),
            {
                "Parameters": {"Given": {"Type": "String", "Default": wrong}},
                **template(Channel=channel(), **resources(ref("Given"))),
            },
        )
        for rule_id, path, resources, wrong in (
            (
                "IVS-034",
                "Properties.EventPattern.detail.error_code",
                lambda value: {"Rule": rule("IVS Stage Update", {"error_code": [value]})},
                "QuotaExceeded",
            ),
            (
                "IVS-058",
                "Properties.EventPattern.detail.user_id",
                lambda value: {"Rule": rule("IVS Stage Update", {"user_id": [value]})},
                "user-*",
            ),
            (
                "IVS-059",
                "Properties.Metrics.0.MetricStat.Period",
                lambda value: {"Alarm": alarm_on_math(value)},
                "30",
            ),
            (
                "IVS-060",
                "Properties.MessageReviewHandler.Uri",
                lambda value: {
                    "Handler": function(Timeout=value),
                    "Permission": permission(),
                    "Room": room(DependsOn="Permission"),
                },
                "30",
            ),
            (
                "IVS-063",
                "Properties.ChannelArn",
                lambda value: {
                    "Archived": channel(RecordingConfigurationArn=RECORDING_ARN),
                    "Key": key(value),
                },
                CHANNEL_ARN.replace("us-west-2", "eu-west-1"),
            ),
            (
                "IVS-064",
                "Properties.ChannelArn",
                lambda value: {"Key": key(value)},
                CHANNEL_ARN.replace("us-west-2", "eu-west-3"),
            ),
        )
    ),
    # So is what one branch has, if a template chooses by Region.
    Case(
        "IVS-063",
        "Properties.ChannelArn",
        template(
            Archived=channel(RecordingConfigurationArn=RECORDING_ARN),
            Key=key(CHANNEL_ARN.replace("us-west-2", "eu-west-1")),
        ),
        {
            **CONDITION,
            **template(
                Archived=channel(RecordingConfigurationArn=RECORDING_ARN),
                Key=key(if_a(CHANNEL_ARN, CHANNEL_ARN.replace("us-west-2", "eu-west-1"))),
            ),
        },
    ),
    # Another function that the handler calls is not the handler.
    Case(
        "IVS-060",
        "Properties.MessageReviewHandler.Uri",
        template(
            Handler=function(Timeout=4, Environment={"Variables": {"WORKER": ref("Worker")}}),
            Worker=function(Timeout=30),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        template(
            Handler=function(Timeout=3, Environment={"Variables": {"WORKER": ref("Worker")}}),
            Worker=function(Timeout=30),
            Permission=permission(),
            Room=room(DependsOn="Permission"),
        ),
        "function 'Handler' has a timeout of 4 seconds",
    ),
    # The same mistakes in other words.
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.event_name",
        template(Rule=resource("Events::Rule", {"EventPattern": RECORDING_PATTERN % "event_name"})),
        template(
            Rule=resource("Events::Rule", {"EventPattern": RECORDING_PATTERN % "recording_status"})
        ),
        cyclic=True,
    ),
    Case(
        "IVS-033",
        "Properties.EventPattern.detail.limit",
        template(
            Rule=resource(
                "Events::Rule",
                {
                    "EventPattern": {
                        "detail-type": ["IVS Limit Breach"],
                        "detail": {"limit": ["Ingest Bitrate"]},
                    }
                },
            )
        ),
        template(
            Rule=resource(
                "Events::Rule",
                {
                    "EventPattern": {
                        "detail-type": ["Limit Breach"],
                        "detail": {"limit": ["Ingest Bitrate"]},
                    }
                },
            )
        ),
    ),
    Case(
        "IVS-037",
        "Properties.Policies.Statement.0.Action",
        template(Function=sam_function("ivs:BatchGetStream")),
        template(Function=sam_function("ivs:BatchGetChannel")),
        cyclic=True,
    ),
    Case(
        "IVS-039",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=managed_policy("ivs:Create*", "*")),
        template(Policy=managed_policy("ivs:Create*", "arn:aws:ivs:*:111111111111:channel/*")),
    ),
    # The same mistakes where a template uses functions, names, or other operators.
    *(
        Case(
            "IVS-032",
            "Properties.EventPattern.detail-type",
            template(Channel=channel(), Rule=sub_rule("IVS Stream Status Change", **values)),
            template(Channel=channel(), Rule=sub_rule(right, **values)),
            "'IVS Stream Status Change'",
        )
        for right, values in (
            ("IVS Stream State Change", {}),
            # A name that is known at deployment only.
            ("IVS ${Name} Change", {"Name": arn("Channel", "PlaybackUrl")}),
        )
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Rule=sub_rule("IVS Stream Status Change", resource="${AWS::AccountId}")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "IVS Stream Status Change"}},
            **template(Rule=sub_rule("${Given}", resource="${AWS::AccountId}")),
        },
    ),
    Case(
        "IVS-032",
        "Properties.EventPattern.detail-type",
        template(Channel=channel(), Rule=sub_rule("IVS Stream Status Change")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "IVS Stream Status Change"}},
            **template(Channel=channel(), Rule=sub_rule("${Given}")),
        },
    ),
    *(
        Case(
            "IVS-032",
            "Properties.EventPattern.detail-type",
            template(Rule=rule("IVS Stream Status Change", source=[source])),
            template(Rule=rule("IVS Stream Status Change", source=[other])),
        )
        for source, other in (
            ({"prefix": "aws.ivs"}, {"prefix": "aws."}),
            ({"wildcard": "aws.ivs*"}, {"wildcard": "aws.*"}),
            ({"equals-ignore-case": "aws.ivs"}, {"equals-ignore-case": "app.ivs"}),
        )
    ),
    Case(
        "IVS-037",
        "Properties.PolicyDocument.Statement.0.NotAction",
        template(Policy=bare_policy({"NotAction": ["s3:*", "ivs:BatchGetStream"]})),
        template(Policy=bare_policy({"NotAction": ["s3:*", "ivs:BatchGetChannel", "ivs:Get*"]})),
        "'ivs:BatchGetStream'",
    ),
    *(
        Case(
            "IVS-037",
            "Properties.InlinePolicy.Statement.0.Action",
            template(Set=permission_set(written(statement_of("ivs:BatchGetStream", ANY_CHANNEL)))),
            template(Set=permission_set(written(statement_of("ivs:BatchGetChannel", ANY_CHANNEL)))),
            "'ivs:BatchGetStream'",
            cyclic=written is json.dumps,
        )
        for written in (lambda document: document, json.dumps)
    ),
    Case(
        "IVS-037",
        "Properties.InlinePolicy.Statement.0.Action",
        template(Set=permission_set(json.dumps(statement_of("ivs:Nothing", ANY_CHANNEL)))),
        {
            "Parameters": {
                "Given": {
                    "Type": "String",
                    "Default": json.dumps(statement_of("ivs:Nothing", ANY_CHANNEL)),
                }
            },
            **template(Set=permission_set(ref("Given"))),
        },
        cyclic=True,
    ),
    *(
        Case(
            "IVS-031",
            "Properties.ChannelArn",
            template(Channel=channel(), Other=other, Key=key(wrong)),
            template(Channel=channel(), Other=other_right, Key=key(right)),
            f"got one of {got}",
        )
        for other, wrong, other_right, right, got in (
            (STAGE, joined(arn("Other")), STAGE, joined(arn("Channel")), "AWS::IVS::Stage"),
            (PLAIN_BUCKET, arn("Other"), OUTPUTS, arn("Other", "Outputs.Arn"), "AWS::S3::Bucket"),
            (PLAIN_BUCKET, ref("Other"), PARAMETER, arn("Other", "Value"), "AWS::S3::Bucket"),
            (
                PLAIN_BUCKET,
                {"Fn::Sub": "${Other.Arn}"},
                PARAMETER,
                {"Fn::Sub": "${Other.Value}"},
                "AWS::S3::Bucket",
            ),
            (
                PLAIN_BUCKET,
                arn("Other"),
                PARAMETER,
                joined(arn("Other", "Value")),
                "AWS::S3::Bucket",
            ),
            (PLAIN_BUCKET, arn("Other"), OUTPUTS, ref("Other"), "AWS::S3::Bucket"),
            (
                PLAIN_BUCKET,
                arn("Other"),
                {"Type": "Custom::Channel", "Properties": {"ServiceToken": PROVIDER}},
                ref("Other"),
                "AWS::S3::Bucket",
            ),
            (
                PLAIN_BUCKET,
                arn("Channel", "PlaybackUrl"),
                PLAIN_BUCKET,
                arn("Channel"),
                "AWS::IVS::Channel.PlaybackUrl",
            ),
            (
                PLAIN_BUCKET,
                {"Fn::Sub": "${Channel.PlaybackUrl}"},
                PLAIN_BUCKET,
                {"Fn::Sub": "${Channel}"},
                "AWS::IVS::Channel.PlaybackUrl",
            ),
        )
    ),
    Case(
        "IVS-043",
        "Properties.Dimensions.0.Value",
        template(Channel=channel(), Alarm=alarm("IngestFramerate", Channel=joined(arn("Channel")))),
        template(
            Channel=channel(),
            Alarm=alarm(
                "IngestFramerate",
                Channel={"Fn::Select": [1, {"Fn::Split": ["/", joined(arn("Channel"))]}]},
            ),
        ),
    ),
    *(
        Case(
            "IVS-026",
            "Properties.PolicyDocument",
            template(
                Bucket=named_bucket("stages"),
                Stages=storage(used, DependsOn="Policy"),
                Policy=bucket_policy(LOGS, bucket=of_policy),
            ),
            template(
                Bucket=named_bucket("others"),
                Stages=storage(used, DependsOn="Policy"),
                Policy=bucket_policy(LOGS, bucket=of_policy_right),
            ),
            "'Stages'",
        )
        for used, of_policy, of_policy_right in (
            ("stages", ref("Bucket"), ref("Bucket")),
            (ref("Bucket"), "stages", "stages"),
        )
    ),
    Case(
        "IVS-028",
        "Properties.BucketEncryption",
        template(Bucket=named_bucket("stages", kms_bucket("aws:kms")), Stages=storage("stages")),
        {
            "Parameters": {"Given": {"Type": "String", "Default": "stages"}},
            **template(
                Bucket=named_bucket(ref("Given"), kms_bucket("aws:kms")),
                Stages=storage("stages"),
            ),
        },
        "bucket 'Bucket'",
    ),
    *(
        Case(
            "IVS-044",
            "Properties.Namespace",
            template(Alarm=alarm(metric, wrong, **dimensions)),
            template(Alarm=alarm(right_metric, right, **right_dimensions)),
            f"'{wrong}' is not a namespace of IVS",
        )
        for metric, wrong, dimensions, right_metric, right, right_dimensions in (
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "AWS/IVS", ID),
            # Namespaces of the account.
            ("ConcurrentViews", "ivs", ID, "Viewers", "IVS", ID),
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "IVS", {"App": "shop"}),
            ("ConcurrentViews", "IVS", ID, "ConcurrentViews", "IVS/Shop", ID),
        )
    ),
)
