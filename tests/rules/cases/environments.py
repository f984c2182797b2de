"""Mistakes in references, and in what the account and the Region have."""

from __future__ import annotations

from typing import Any

from .parts import (
    CHANNEL_ARN,
    CONDITION,
    LOG_GROUP,
    PROVIDER,
    STAGE_ARN,
    Case,
    Json,
    arn,
    at_deployment,
    channel,
    chat_log,
    if_a,
    joined,
    key,
    policy,
    recording,
    ref,
    resource,
    restriction,
    rule,
    storage,
    template,
)


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


RECORDING_ARN = "arn:aws:ivs:us-west-2:111111111111:recording-configuration/AbCdEf123456"
OTHER_LOG_ARN = "arn:aws:ivschat:eu-west-1:111111111111:logging-configuration/AbCdEf123456"
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


STAGE = resource("IVS::Stage")
PLAIN_BUCKET = resource("S3::Bucket")
OUTPUTS = resource("CloudFormation::Stack", {"TemplateURL": "https://s3.amazonaws.com/a/b.json"})
PARAMETER = resource("SSM::Parameter", {"Type": "String", "Value": CHANNEL_ARN})


CASES = (
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
    at_deployment(
        "IVS-063",
        "Properties.ChannelArn",
        lambda value: {
            "Archived": channel(RecordingConfigurationArn=RECORDING_ARN),
            "Key": key(value),
        },
        CHANNEL_ARN.replace("us-west-2", "eu-west-1"),
    ),
    # The value of one branch is left alone too, if a template chooses by Region.
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
    at_deployment(
        "IVS-064",
        "Properties.ChannelArn",
        lambda value: {"Key": key(value)},
        CHANNEL_ARN.replace("us-west-2", "eu-west-3"),
    ),
)
