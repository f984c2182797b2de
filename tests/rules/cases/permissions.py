"""Mistakes in IAM policies, and secrets that a template shows."""

from __future__ import annotations

import json
from typing import Any

from .parts import (
    ALL_ROOMS,
    CHANNEL_ARN,
    PROVIDER,
    STAGE_ARN,
    STREAM,
    Case,
    Json,
    arn,
    channel,
    function,
    ingest,
    policy,
    ref,
    resource,
    serverless,
    template,
)

ANY_CHANNEL = "arn:aws:ivs:*:*:channel/*"


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


def sam_policy(action: str) -> Json:
    """A policy of a function of SAM."""
    return {"Statement": [{"Effect": "Allow", "Action": action, "Resource": CHANNEL_ARN}]}


CASES = (
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
        "IVS-037",
        "Properties.Policies.1.Statement.0.Action",
        serverless(Policies=["CloudWatchPutMetricPolicy", sam_policy("ivs:BatchGetStream")]),
        serverless(Policies=["CloudWatchPutMetricPolicy", sam_policy("ivs:BatchGetChannel")]),
    ),
    Case(
        "IVS-037",
        "Properties.Policies.Statement.0.Action",
        template(Function=sam_function("ivs:BatchGetStream")),
        template(Function=sam_function("ivs:BatchGetChannel")),
        cyclic=True,
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
        "IVS-039",
        "Properties.PolicyDocument.Statement.0.Resource",
        template(Policy=managed_policy("ivs:Create*", "*")),
        template(Policy=managed_policy("ivs:Create*", "arn:aws:ivs:*:111111111111:channel/*")),
    ),
    Case(
        "IVS-040",
        "Properties.PolicyDocument.Statement.0.Action",
        template(Policy=policy("ivs:*", CHANNEL_ARN)),
        template(Policy=policy("ivs:Get*", CHANNEL_ARN)),
    ),
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
        "IVS-045",
        "Outputs.Key.Value",
        output(STREAM_KEY, STREAM),
        output("sk_test_" + "AbCdEf123456_secret", STREAM),
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
        "IVS-046",
        "Properties.Environment.Variables.KEY",
        serverless(Environment={"Variables": {"KEY": arn("StreamKey", "Value")}}),
        serverless(Environment={"Variables": {"KEY": arn("StreamKey")}}),
    ),
    Case(
        "IVS-046",
        "Properties.Environment.Variables.KEY",
        serverless(Environment={"Variables": {"KEY": STREAM_KEY}}),
        serverless(Environment={"Variables": {"KEY": "sk_test_" + "AbCdEf123456_secret"}}),
    ),
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
        "IVS-047",
        "Parameters.Key.Default",
        parameter(STREAM_KEY),
        parameter("sk_test_" + "AbCdEf123456_secret"),
        "parameter 'Key'",
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
)
