"""How each example is rehearsed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jwt

from tests.rehearsal.cycle import Edit, Rehearsal
from tests.support.arns import arn
from tests.token_functions.handler_parts import SUBJECT, by_jwt

if TYPE_CHECKING:
    from tests.rehearsal.emulation import Cloud

# What CI rehearses: the function of the library, a bucket policy, and a function that IVS calls.
QUICK = {"chat_room", "geo_restricted_channel", "recorded_stage"}
# What creating a channel takes: the type of CloudFormation deletes the key that the API creates.
CHANNEL = ["CreateChannel", "DeleteStreamKey"]
CHANNEL_WITH_KEY = [*CHANNEL, "CreateStreamKey"]
NO_CHANNEL = ["DeleteStreamKey", "DeleteChannel"]
IMPORTED = {
    "Channel": arn("channel/AbCdef1G2hij"),
    "RecordingConfiguration": arn("recording-configuration/KlMnop3Q4rst"),
}
# A new channel for the old one, and its key with it.
MOVED = [*CHANNEL_WITH_KEY, *NO_CHANNEL]


def _secret_of(cloud: Cloud, outputs: dict[str, str]) -> str:
    secrets = cloud.client("secretsmanager")
    return str(secrets.get_secret_value(SecretId=outputs["StreamKeySecretArn"])["SecretString"])


def _has_urls(cloud: Cloud, outputs: dict[str, str]) -> None:
    channel = cloud.ivs.only("Channel").details
    assert outputs["IngestUrl"] == f"rtmps://{channel['ingestEndpoint']}:443/app/"
    assert outputs.get("PlaybackUrl") in {None, channel["playbackUrl"]}
    key = cloud.ivs.only("StreamKey")
    assert key.details["channelArn"] == channel["arn"]
    assert outputs.get("StreamKeyArn") in {None, key.arn}


def _check_ads(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    ads = cloud.ivs.only("AdConfiguration")
    assert cloud.ivs.only("Channel").details["adConfigurationArn"] == ads.arn
    (configuration,) = cloud.provisioning.playback_configurations.values()
    # MediaTailor wants the playback URL up to this.
    assert configuration["VideoContentSourceUrl"].endswith(".live-video.net/")
    assert ads.details["mediaTailorPlaybackConfigurations"] == [
        {
            "playbackConfigurationArn": arn(
                "playbackConfiguration/ads-channel", service="mediatailor"
            )
        }
    ]


def _check_all_stages(cloud: Cloud, outputs: dict[str, str]) -> None:
    patterns = _patterns_of_rules(cloud)
    assert {pattern["detail-type"][0] for pattern in patterns} == {
        "IVS Participant Recording State Change",
        "IVS Stage Update",
    }
    assert not any("resources" in pattern for pattern in patterns)
    assert cloud.client("dynamodb").list_tables()["TableNames"] == [outputs["TableName"]]


def _check_basic(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    assert _secret_of(cloud, outputs) == cloud.ivs.only("StreamKey").details["value"]


def _check_chat_audit(cloud: Cloud, outputs: dict[str, str]) -> None:
    room = cloud.ivs.only("Room")
    assert outputs["RoomArn"] == room.arn
    destinations = [
        name
        for identifier in room.details["loggingConfigurationIdentifiers"]
        for name in cloud.ivs.resources[identifier].details["destinationConfiguration"]
    ]
    assert sorted(destinations) == ["cloudWatchLogs", "firehose", "s3"]


def _check_chat_room(cloud: Cloud, outputs: dict[str, str]) -> None:
    room = cloud.ivs.only("Room")
    assert outputs["RoomArn"] == room.arn
    assert room.details["messageReviewHandler"]["uri"].endswith(outputs["ReviewFunction"])
    assert room.details["loggingConfigurationIdentifiers"] == [
        cloud.ivs.only("LoggingConfiguration").arn
    ]


def _check_composition(cloud: Cloud, outputs: dict[str, str]) -> None:
    machine = cloud.client("stepfunctions").describe_state_machine(
        stateMachineArn=outputs["StateMachineArn"]
    )
    start = json.loads(machine["definition"])["States"]["StartComposition"]["Parameters"]
    assert start["StageArn"] == outputs["StageArn"] == cloud.ivs.only("Stage").arn
    (destination,) = start["Destinations"]
    assert destination["S3"] == {
        "StorageConfigurationArn": cloud.ivs.only("StorageConfiguration").arn,
        "EncoderConfigurationArns": [cloud.ivs.only("EncoderConfiguration").arn],
    }
    _has_rules(cloud, cloud.ivs.only("Stage").arn)


def _check_broadcast(cloud: Cloud, outputs: dict[str, str]) -> None:
    machine = cloud.client("stepfunctions").describe_state_machine(
        stateMachineArn=outputs["StateMachineArn"]
    )
    # What CloudFormation puts into the definition is compared where the emulator does so too.
    assert json.loads(machine["definition"])["StartAt"] == "WhatHappened"
    assert outputs["StageArn"] == cloud.ivs.only("Stage").arn
    assert outputs["PlaybackUrl"] == cloud.ivs.only("Channel").details["playbackUrl"]
    assert [
        pattern["resources"] for pattern in _patterns_of_rules(cloud) if "resources" in pattern
    ] == [[outputs["StageArn"]]]


def _check_idle_guard(cloud: Cloud, outputs: dict[str, str]) -> None:
    channel = cloud.ivs.only("Channel")
    assert outputs["ChannelArn"] == channel.arn
    assert outputs["IngestUrl"] == f"rtmps://{channel.details['ingestEndpoint']}:443/app/"
    # The first rotation creates the key.
    assert _secret_of(cloud, outputs) == cloud.ivs.only("StreamKey").details["value"]
    machines = cloud.client("stepfunctions").list_state_machines()["stateMachines"]
    assert len(machines) == 2


def _has_rules(cloud: Cloud, resource: str, count: int = 1) -> None:
    patterns = _patterns_of_rules(cloud)
    assert [each["resources"] for each in patterns if "resources" in each] == [[resource]] * count


def _patterns_of_rules(cloud: Cloud) -> list[dict[str, Any]]:
    """The patterns of the rules, which all have targets."""
    events = cloud.client("events")
    rules = events.list_rules()["Rules"]
    for rule in rules:
        assert events.list_targets_by_rule(Rule=rule["Name"])["Targets"], rule
    return [json.loads(rule["EventPattern"]) for rule in rules]


def _check_geo(cloud: Cloud, outputs: dict[str, str], countries: list[str]) -> None:
    _has_urls(cloud, outputs)
    policy = cloud.ivs.only("PlaybackRestrictionPolicy")
    assert cloud.ivs.only("Channel").details["playbackRestrictionPolicyArn"] == policy.arn
    assert policy.details["allowedCountries"] == countries


def _prepare_imported(cloud: Cloud) -> None:
    for kind, its_arn in IMPORTED.items():
        cloud.ivs.add(kind, arn=its_arn)


def _check_imported(cloud: Cloud, outputs: dict[str, str]) -> None:
    (channel,) = (each for each in cloud.ivs.of_kind("Channel") if each.arn != IMPORTED["Channel"])
    assert channel.details["recordingConfigurationArn"] == IMPORTED["RecordingConfiguration"]
    assert {key.details["channelArn"] for key in cloud.ivs.of_kind("StreamKey")} == {
        IMPORTED["Channel"],
        channel.arn,
    }


def _check_lookup(cloud: Cloud, outputs: dict[str, str], name: str, scheme: str) -> None:
    names = [name, "/live/playback-url"]
    found = cloud.client("ssm").get_parameters(Names=names)["Parameters"]
    values = {each["Name"]: each["Value"] for each in found}
    schemes = [values[each].rpartition("://")[0] for each in names]
    assert schemes == [scheme, "https"]


def _check_migrated(cloud: Cloud, outputs: dict[str, str]) -> None:
    channel = cloud.ivs.only("Channel").details
    assert outputs == {"PlaybackUrl": channel["playbackUrl"]}
    assert channel["recordingConfigurationArn"] == cloud.ivs.only("RecordingConfiguration").arn


def _check_monitored(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    id = cloud.ivs.only("Channel").arn.rpartition("/")[2]
    dimensions = [
        dimension["Value"]
        for alarm in cloud.client("cloudwatch").describe_alarms()["MetricAlarms"]
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "Channel"
    ]
    assert dimensions == [id] * 4
    _has_rules(cloud, cloud.ivs.only("Channel").arn)


def _check_multitrack(cloud: Cloud, outputs: dict[str, str], resolution: str) -> None:
    _has_urls(cloud, outputs)
    channel = cloud.ivs.only("Channel").details
    assert channel["multitrackInputConfiguration"]["maximumResolution"] == resolution


def _check_private(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    assert cloud.ivs.only("Channel").details["authorized"] is True
    answer = _answer_for_tokens(cloud, scope="tokens/create")
    pair = cloud.ivs.only("PlaybackKeyPair").details
    claims = jwt.decode(answer["token"], pair["publicKeyMaterial"], algorithms=["ES384"])
    assert claims["aws:channel-arn"] == outputs["ChannelArn"]


def _check_recorded(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    recording = cloud.ivs.only("RecordingConfiguration")
    assert cloud.ivs.only("Channel").details["recordingConfigurationArn"] == recording.arn
    bucket = recording.details["destinationConfiguration"]["s3"]["bucketName"]
    assert outputs.get("RecordingBucket") in {None, bucket}


def _check_recorded_stage(cloud: Cloud, outputs: dict[str, str]) -> None:
    storage = cloud.ivs.only("StorageConfiguration")
    recording = cloud.ivs.only("Stage").details["autoParticipantRecordingConfiguration"]
    assert recording["storageConfigurationArn"] == storage.arn
    bucket = outputs["RecordingBucket"]
    assert storage.details["s3"]["bucketName"] == bucket
    policy = json.loads(cloud.client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    writers = [each for each in policy["Statement"] if "Service" in (each["Principal"] or {})]
    assert [each["Principal"] for each in writers] == [
        {"Service": "ivs-composite.us-west-2.amazonaws.com"}
    ]


def _check_index(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    channel, stage = cloud.ivs.only("Channel").arn, cloud.ivs.only("Stage").arn
    assert outputs["ChannelArn"] == channel
    table = cloud.client("dynamodb").describe_table(TableName=outputs["TableName"])["Table"]
    patterns = {
        pattern["detail-type"][0]: pattern.get("resources") or pattern["detail"]["stage_arn"]
        for pattern in _patterns_of_rules(cloud)
    }
    assert patterns == {
        "IVS Recording State Change": [channel],
        "IVS Participant Recording State Change": [stage],
        "IVS Composition State Change": [stage],
        "IVS Recording Ready": [table["TableArn"]],
    }
    machine = cloud.client("stepfunctions").describe_state_machine(
        stateMachineArn=outputs["StateMachineArn"]
    )
    states = json.loads(machine["definition"])["States"]
    assert states["Write"]["Parameters"]["TableName"] == outputs["TableName"]
    assert states["Undeliverable"]["Parameters"]["QueueUrl"] == outputs["DeadLetterQueueUrl"]
    (pipe,) = cloud.client("pipes").list_pipes()["Pipes"]
    assert pipe["Source"] == table["LatestStreamArn"]


def _check_pipeline(cloud: Cloud, outputs: dict[str, str]) -> None:
    _check_recorded(cloud, outputs)
    _has_rules(cloud, cloud.ivs.only("Channel").arn)


def _check_watched(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    recording = cloud.ivs.only("RecordingConfiguration")
    bucket = recording.details["destinationConfiguration"]["s3"]["bucketName"]
    storage = cloud.ivs.only("StorageConfiguration")
    assert storage.details["s3"]["bucketName"] == bucket
    policy = json.loads(cloud.client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    allowed = [each["Principal"] for each in policy["Statement"] if each["Effect"] == "Allow"]
    assert sorted(each["Service"] for each in allowed) == [
        "cloudfront.amazonaws.com",
        "ivs-composite.us-west-2.amazonaws.com",
    ]
    (served,) = cloud.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    assert outputs["RecordingsUrl"] == f"https://{served['DomainName']}"
    (origin,) = served["Origins"]["Items"]
    assert origin["DomainName"].startswith(f"{bucket}.s3.")


def _check_rtmp(cloud: Cloud, outputs: dict[str, str]) -> None:
    ingest = cloud.ivs.only("IngestConfiguration").details
    stage = cloud.ivs.only("Stage").details
    assert ingest["stageArn"] == stage["arn"]
    assert outputs["RtmpsUrl"] == stage["endpoints"]["rtmps"]
    assert outputs["ParticipantId"] == ingest["participantId"]
    assert _secret_of(cloud, outputs) == ingest["streamKey"]


def _check_stage_with_tokens(cloud: Cloud, outputs: dict[str, str]) -> None:
    answer = _answer_for_tokens(cloud, {"role": "host"}, **{"cognito:groups": "[hosts]"})
    public_key, stage = cloud.ivs.only("PublicKey"), cloud.ivs.only("Stage").details
    assert jwt.get_unverified_header(answer["token"])["kid"] == public_key.arn
    material = public_key.details["publicKeyMaterial"]
    claims = jwt.decode(answer["token"], material, algorithms=["ES384"])
    assert claims["resource"] == outputs["StageArn"] == stage["arn"]
    assert claims["events_url"] == stage["endpoints"]["events"]


def _answer_for_tokens(
    cloud: Cloud, body: dict[str, str] | None = None, **claims: str
) -> dict[str, Any]:
    """What the deployed function answers to a request that the HTTP API passes on."""
    functions = cloud.client("lambda")
    (name,) = (
        function["FunctionName"]
        for function in functions.list_functions()["Functions"]
        if "CDK_IVS_TOKENS" in function.get("Environment", {}).get("Variables", {})
    )
    event = by_jwt(body, {"sub": SUBJECT, **claims})
    # Functions meet KMS where the emulator looks for it.
    answer = json.load(functions.invoke(FunctionName=name, Payload=json.dumps(event))["Payload"])
    assert answer.get("statusCode") == 200, answer
    found: dict[str, Any] = json.loads(answer["body"])
    return found


def _check_chat_with_tokens(cloud: Cloud, outputs: dict[str, str]) -> None:
    assert outputs["RoomArn"] == cloud.ivs.only("Room").arn


def _check_stage(cloud: Cloud, outputs: dict[str, str]) -> None:
    stage = cloud.ivs.only("Stage").details
    assert outputs == {
        "StageArn": stage["arn"],
        "PublicKeyArn": cloud.ivs.only("PublicKey").arn,
        "EventsUrl": stage["endpoints"]["events"],
        "WhipUrl": stage["endpoints"]["whip"],
    }


def _check_lifecycle(cloud: Cloud, outputs: dict[str, str]) -> None:
    _has_urls(cloud, outputs)
    _has_rules(cloud, cloud.ivs.only("Channel").arn, 2)
    tables = cloud.client("dynamodb").list_tables()["TableNames"]
    assert tables == [outputs["TableName"]]


LATENCY = Edit(
    'ivs.Channel(self, "Channel")',
    'ivs.Channel(self, "Channel", latency_mode=ivs.LatencyMode.NORMAL)',
    ["UpdateChannel"],
)
OTHER_CHANNEL = Edit('ivs.Channel(self, "Channel"', 'ivs.Channel(self, "Main"', MOVED)

REHEARSALS = [
    Rehearsal(
        name="ads_channel",
        created=[*CHANNEL_WITH_KEY, "CreateAdConfiguration", "UpdateChannel"],
        in_place=Edit("seconds(30)", "seconds(45)", ["UpdateAdConfiguration"]),
        replacing=Edit(
            '"Ads",',
            '"Breaks",',
            ["CreateAdConfiguration", "UpdateChannel", "DeleteAdConfiguration"],
        ),
        destroyed=["UpdateChannel", "DeleteAdConfiguration", *NO_CHANNEL],
        refused="UpdateChannel",
        check=_check_ads,
    ),
    Rehearsal(
        name="all_stages_events",
        created=[],
        in_place=Edit(
            "visibility_timeout=Duration.minutes(3)", "visibility_timeout=Duration.minutes(4)", []
        ),
        replacing=Edit('"GuestsPublish"', '"GuestsInStages"', []),
        destroyed=[],
        check=_check_all_stages,
    ),
    Rehearsal(
        name="basic_channel",
        created=CHANNEL_WITH_KEY,
        in_place=LATENCY,
        replacing=OTHER_CHANNEL,
        destroyed=NO_CHANNEL,
        refused="CreateStreamKey",
        check=_check_basic,
    ),
    Rehearsal(
        name="chat_audit",
        created=[*["CreateLoggingConfiguration"] * 3, "CreateRoom"],
        in_place=Edit(
            '"Room",\n', '"Room",\n            maximum_message_length=200,\n', ["UpdateRoom"]
        ),
        replacing=Edit('"Room",\n', '"Lounge",\n', ["CreateRoom", "DeleteRoom"]),
        destroyed=["DeleteRoom", *["DeleteLoggingConfiguration"] * 3],
        refused="CreateRoom",
        check=_check_chat_audit,
    ),
    Rehearsal(
        name="chat_room",
        created=["CreateLoggingConfiguration", "CreateRoom"],
        in_place=Edit(
            '"Room",\n', '"Room",\n            maximum_message_length=200,\n', ["UpdateRoom"]
        ),
        replacing=Edit('"Room",\n', '"Lounge",\n', ["CreateRoom", "DeleteRoom"]),
        destroyed=["DeleteRoom", "DeleteLoggingConfiguration"],
        refused="CreateRoom",
        check=_check_chat_room,
    ),
    Rehearsal(
        name="chat_with_tokens",
        created=["CreateRoom"],
        in_place=Edit(
            'chat.Room(self, "Room")',
            'chat.Room(self, "Room", maximum_message_length=200)',
            ["UpdateRoom"],
        ),
        replacing=Edit(
            'chat.Room(self, "Room"', 'chat.Room(self, "Lounge"', ["CreateRoom", "DeleteRoom"]
        ),
        destroyed=["DeleteRoom"],
        refused="CreateRoom",
        check=_check_chat_with_tokens,
    ),
    Rehearsal(
        name="composition_recorder",
        created=["CreateEncoderConfiguration", "CreateStage", "CreateStorageConfiguration"],
        in_place=Edit(
            'ivs.Stage(self, "Stage")',
            'ivs.Stage(self, "Stage", tags={"team": "video"})',
            ["TagResource"],
        ),
        replacing=Edit(
            "4_500_000", "3_000_000", ["CreateEncoderConfiguration", "DeleteEncoderConfiguration"]
        ),
        destroyed=["DeleteStorageConfiguration", "DeleteStage", "DeleteEncoderConfiguration"],
        refused="CreateStage",
        check=_check_composition,
    ),
    Rehearsal(
        name="geo_restricted_channel",
        created=[*CHANNEL_WITH_KEY, "CreatePlaybackRestrictionPolicy", "UpdateChannel"],
        in_place=Edit(
            '"AT", ', "", ["UpdatePlaybackRestrictionPolicy"], {"countries": ["CH", "DE"]}
        ),
        replacing=Edit(
            '"Policy",',
            '"Rules",',
            [
                "CreatePlaybackRestrictionPolicy",
                "UpdateChannel",
                "DeletePlaybackRestrictionPolicy",
            ],
        ),
        destroyed=["UpdateChannel", "DeletePlaybackRestrictionPolicy", *NO_CHANNEL],
        refused="UpdateChannel",
        check=_check_geo,
        values={"countries": ["AT", "CH", "DE"]},
    ),
    Rehearsal(
        name="idle_guard",
        created=CHANNEL_WITH_KEY,
        in_place=Edit(
            'ivs.Channel(self, "Channel")',
            'ivs.Channel(self, "Channel", latency_mode=ivs.LatencyMode.NORMAL)',
            ["UpdateChannel"],
        ),
        replacing=Edit('"Channel"', '"Main"', [*CHANNEL_WITH_KEY, "DeleteChannel"]),
        destroyed=["DeleteChannel"],
        check=_check_idle_guard,
    ),
    Rehearsal(
        name="imported_channel",
        created=["CreateStreamKey", *CHANNEL_WITH_KEY],
        in_place=Edit(
            '"Rehearsal", ', '"Rehearsal", latency_mode=ivs.LatencyMode.NORMAL, ', ["UpdateChannel"]
        ),
        replacing=Edit('"Rehearsal", ', '"Test", ', MOVED),
        destroyed=["DeleteStreamKey", "DeleteChannel", "DeleteStreamKey"],
        refused="CreateChannel",
        check=_check_imported,
        prepare=_prepare_imported,
    ),
    Rehearsal(
        name="lookup_channel",
        created=[],
        in_place=Edit(
            "channel.rtmps_ingest_url", "channel.channel_ingest_endpoint", [], {"scheme": ""}
        ),
        replacing=Edit("/live/ingest-url", "/live/ingest", [], {"name": "/live/ingest"}),
        destroyed=[],
        check=_check_lookup,
        values={"name": "/live/ingest-url", "scheme": "rtmps"},
    ),
    Rehearsal(
        name="migrate_from_alpha",
        created=["CreateRecordingConfiguration", *CHANNEL_WITH_KEY],
        in_place=Edit("LatencyMode.NORMAL", "LatencyMode.LOW", ["UpdateChannel"]),
        replacing=Edit(
            "seconds(30)",
            "seconds(60)",
            ["CreateRecordingConfiguration", "UpdateChannel", "DeleteRecordingConfiguration"],
        ),
        destroyed=[*NO_CHANNEL, "DeleteRecordingConfiguration"],
        refused="CreateChannel",
        check=_check_migrated,
    ),
    Rehearsal(
        name="monitored_channel",
        created=CHANNEL_WITH_KEY,
        in_place=Edit("5_000", "6_000", []),
        replacing=OTHER_CHANNEL,
        destroyed=NO_CHANNEL,
        check=_check_monitored,
        parameters=("Email=operators@example.com",),
    ),
    Rehearsal(
        name="multitrack_channel",
        created=CHANNEL_WITH_KEY,
        in_place=Edit(
            "MaximumResolution.FULL_HD",
            "MaximumResolution.HD",
            ["UpdateChannel"],
            {"resolution": "HD"},
        ),
        replacing=Edit('"Channel",\n', '"Main",\n', MOVED),
        destroyed=NO_CHANNEL,
        refused="CreateStreamKey",
        check=_check_multitrack,
        values={"resolution": "FULL_HD"},
    ),
    Rehearsal(
        name="private_channel",
        created=[*CHANNEL_WITH_KEY, "ImportPlaybackKeyPair"],
        in_place=Edit(
            "authorized=True",
            "authorized=True, latency_mode=ivs.LatencyMode.NORMAL",
            ["UpdateChannel"],
        ),
        replacing=Edit(
            '"KeyPair", ',
            '"KeyPair", playback_key_pair_name="main", ',
            ["ImportPlaybackKeyPair", "DeletePlaybackKeyPair"],
        ),
        destroyed=["DeletePlaybackKeyPair", *NO_CHANNEL],
        refused="ImportPlaybackKeyPair",
        check=_check_private,
    ),
    Rehearsal(
        name="recorded_channel",
        created=["CreateRecordingConfiguration", *CHANNEL_WITH_KEY],
        in_place=Edit(
            '"Channel", ', '"Channel", latency_mode=ivs.LatencyMode.NORMAL, ', ["UpdateChannel"]
        ),
        replacing=Edit(
            "seconds(60)",
            "seconds(90)",
            ["CreateRecordingConfiguration", "UpdateChannel", "DeleteRecordingConfiguration"],
        ),
        destroyed=[*NO_CHANNEL, "DeleteRecordingConfiguration"],
        refused="CreateChannel",
        check=_check_recorded,
    ),
    Rehearsal(
        name="recorded_stage",
        created=["CreateStorageConfiguration", "CreateStage"],
        in_place=Edit("seconds(4)", "seconds(6)", ["UpdateStage"]),
        replacing=Edit(
            '"Storage", ',
            '"Store", ',
            ["CreateStorageConfiguration", "UpdateStage", "DeleteStorageConfiguration"],
        ),
        destroyed=["DeleteStage", "DeleteStorageConfiguration"],
        refused="CreateStage",
        check=_check_recorded_stage,
    ),
    Rehearsal(
        name="recording_index",
        created=[
            "CreateRecordingConfiguration",
            *CHANNEL_WITH_KEY,
            "CreateStorageConfiguration",
            "CreateStage",
        ],
        in_place=Edit(
            '"Channel", ', '"Channel", latency_mode=ivs.LatencyMode.NORMAL, ', ["UpdateChannel"]
        ),
        replacing=Edit(
            "recording_reconnect_window=Duration.seconds(60)",
            "recording_reconnect_window=Duration.seconds(90)",
            ["CreateRecordingConfiguration", "UpdateChannel", "DeleteRecordingConfiguration"],
        ),
        destroyed=[
            "DeleteStage",
            "DeleteStorageConfiguration",
            *NO_CHANNEL,
            "DeleteRecordingConfiguration",
        ],
        refused="CreateStage",
        check=_check_index,
    ),
    Rehearsal(
        name="recording_pipeline",
        created=["CreateRecordingConfiguration", *CHANNEL_WITH_KEY],
        in_place=Edit(
            '"Channel", ', '"Channel", latency_mode=ivs.LatencyMode.NORMAL, ', ["UpdateChannel"]
        ),
        replacing=Edit(
            '"Recording", ',
            '"Recording", recording_reconnect_window=Duration.seconds(60), ',
            ["CreateRecordingConfiguration", "UpdateChannel", "DeleteRecordingConfiguration"],
        ),
        destroyed=[*NO_CHANNEL, "DeleteRecordingConfiguration"],
        refused="CreateChannel",
        check=_check_pipeline,
    ),
    Rehearsal(
        name="rtmp_ingest_stage",
        created=["CreateStage", "CreateIngestConfiguration"],
        in_place=Edit(
            'ivs.Stage(self, "Stage")',
            'ivs.Stage(self, "Stage", tags={"team": "video"})',
            ["TagResource"],
        ),
        replacing=Edit(
            "studio-camera",
            "hand-camera",
            ["CreateIngestConfiguration", "DeleteIngestConfiguration"],
        ),
        destroyed=["DeleteIngestConfiguration", "DeleteStage"],
        refused="CreateIngestConfiguration",
        check=_check_rtmp,
    ),
    Rehearsal(
        name="stage",
        created=["ImportPublicKey", "CreateStage"],
        in_place=Edit(
            'ivs.Stage(self, "Stage")',
            'ivs.Stage(self, "Stage", tags={"team": "video"})',
            ["TagResource"],
        ),
        replacing=Edit(
            '"PublicKey", ',
            '"PublicKey", public_key_name="main", ',
            ["ImportPublicKey", "DeletePublicKey"],
        ),
        destroyed=["DeleteStage", "DeletePublicKey"],
        refused="CreateStage",
        check=_check_stage,
    ),
    Rehearsal(
        name="stage_broadcast",
        created=[
            *CHANNEL,
            "CreateEncoderConfiguration",
            "CreateStage",
            "CreateStorageConfiguration",
        ],
        in_place=Edit(
            'ivs.Stage(self, "Stage")',
            'ivs.Stage(self, "Stage", tags={"team": "video"})',
            ["TagResource"],
        ),
        replacing=Edit(
            "4_500_000", "3_000_000", ["CreateEncoderConfiguration", "DeleteEncoderConfiguration"]
        ),
        destroyed=[
            "DeleteStorageConfiguration",
            "DeleteStage",
            "DeleteEncoderConfiguration",
            "DeleteChannel",
        ],
        refused="CreateStage",
        check=_check_broadcast,
    ),
    Rehearsal(
        name="stage_with_tokens",
        # The key has to be read before it is imported.
        created=["CreateStage", "ImportPublicKey"],
        in_place=Edit(
            'ivs.Stage(self, "Stage")',
            'ivs.Stage(self, "Stage", tags={"team": "video"})',
            ["TagResource"],
        ),
        replacing=Edit(
            '"PublicKey", ',
            '"PublicKey", public_key_name="main", ',
            ["ImportPublicKey", "DeletePublicKey"],
        ),
        destroyed=["DeletePublicKey", "DeleteStage"],
        refused="ImportPublicKey",
        check=_check_stage_with_tokens,
    ),
    Rehearsal(
        name="stream_lifecycle",
        created=CHANNEL_WITH_KEY,
        in_place=LATENCY,
        replacing=OTHER_CHANNEL,
        destroyed=NO_CHANNEL,
        check=_check_lifecycle,
    ),
    Rehearsal(
        name="ugc_backend",
        created=[],
        in_place=Edit("seconds(30)", "seconds(20)", []),
        replacing=Edit('"Shows",', '"Programs",', []),
        destroyed=[],
    ),
    Rehearsal(
        name="watch_recordings",
        created=[
            "CreateRecordingConfiguration",
            *CHANNEL_WITH_KEY,
            "CreateStorageConfiguration",
            "CreateStage",
        ],
        in_place=Edit(
            '"Channel", ', '"Channel", latency_mode=ivs.LatencyMode.NORMAL, ', ["UpdateChannel"]
        ),
        replacing=Edit(
            "seconds(60)",
            "seconds(90)",
            ["CreateRecordingConfiguration", "UpdateChannel", "DeleteRecordingConfiguration"],
        ),
        destroyed=[
            "DeleteStage",
            "DeleteStorageConfiguration",
            *NO_CHANNEL,
            "DeleteRecordingConfiguration",
        ],
        refused="CreateStage",
        check=_check_watched,
    ),
]
