"""How the apps that are no examples are rehearsed: what no example has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jwt

from tests.rehearsal.cycle import Edit, Rehearsal
from tests.rehearsal.rehearsals import CHANNEL, CHANNEL_WITH_KEY, NO_CHANNEL
from tests.token_functions.handler_parts import by_iam

if TYPE_CHECKING:
    from tests.rehearsal.emulation import Cloud

POOL_IDENTITY = {
    "amr": ["authenticated"],
    "identityId": "us-west-2:0f1e2d3c-1111-2222-3333-444455556666",
    "identityPoolId": "us-west-2:0f1e2d3c-5555-6666-7777-888899990000",
}


def _check_webhook(cloud: Cloud, outputs: dict[str, str], url: str) -> None:
    events = cloud.client("events")
    (connection,) = events.list_connections()["Connections"]
    (destination,) = events.list_api_destinations()["ApiDestinations"]
    assert destination["ConnectionArn"] == connection["ConnectionArn"]
    assert destination["InvocationEndpoint"] == url
    described_destination = events.describe_api_destination(Name=destination["Name"])
    assert described_destination["InvocationRateLimitPerSecond"] == 10
    described = events.describe_connection(Name=connection["Name"])
    parameters = described["AuthParameters"]["ApiKeyAuthParameters"]
    assert parameters["ApiKeyName"] == "Authorization"
    resources = {cloud.ivs.only("Channel").arn, cloud.ivs.only("Stage").arn}
    for rule in events.list_rules()["Rules"]:
        pattern = json.loads(rule["EventPattern"])
        named = pattern.get("resources") or pattern["detail"]["stage_arn"]
        assert set(named) <= resources
        (target,) = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        assert target["Arn"] == destination["ApiDestinationArn"]
        queue = cloud.client("sqs").get_queue_attributes(
            QueueUrl=outputs["DeadLetterQueueUrl"], AttributeNames=["QueueArn"]
        )
        assert target["DeadLetterConfig"]["Arn"] == queue["Attributes"]["QueueArn"]


def _check_private(cloud: Cloud, outputs: dict[str, str], peer: str) -> None:
    network = cloud.client("ec2")
    (endpoint,) = network.describe_vpc_endpoints()["VpcEndpoints"]
    assert endpoint["VpcEndpointId"] == outputs["EndpointId"]
    assert endpoint["ServiceName"] == "com.amazonaws.us-west-2.ivs.contribute"
    assert outputs["IngestUrl"].startswith(f"rtmps://{outputs['EndpointId']}.")
    # The endpoint does not show its group, which is the only one of the stack.
    (found,) = (
        each
        for each in network.describe_security_groups()["SecurityGroups"]
        if each["GroupName"] != "default"
    )
    assert found["VpcId"] == endpoint["VpcId"]
    opened = {
        (rule["FromPort"], each["CidrIp"])
        for rule in found["IpPermissions"]
        for each in rule["IpRanges"]
    }
    assert opened == {(443, peer), (1935, peer)}


def _answer(cloud: Cloud, function: str, event: object) -> Any:
    answer = cloud.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    assert "FunctionError" not in answer, answer["Payload"].read()
    return json.load(answer["Payload"])


def _check_callers(cloud: Cloud, outputs: dict[str, str]) -> None:
    pair = cloud.ivs.only("PlaybackKeyPair").details
    events = {
        "ByIam": by_iam(),
        "ByPool": by_iam(cognitoIdentity=POOL_IDENTITY),
        "ByNobody": by_iam(),
    }
    viewers = {}
    for id, event in events.items():
        answer = _answer(cloud, outputs[f"{id}Name"], event)
        assert answer["statusCode"] == 200, answer
        token = json.loads(answer["body"])["token"]
        claims = jwt.decode(token, pair["publicKeyMaterial"], algorithms=["ES384"])
        assert claims["aws:channel-arn"] == outputs["ChannelArn"]
        viewers[id] = claims.get("aws:viewer-id")
    assert viewers["ByNobody"] is None
    assert len({viewers["ByIam"], viewers["ByPool"], None}) == 3
    answer = _answer(cloud, outputs["ChatsName"], {"user_id": "jane", "role": "member"})
    assert answer["token"]
    call = cloud.ivs.calls[-1]
    assert call.action == "CreateChatToken"
    assert call.parameters["roomIdentifier"] == outputs["RoomArn"] == cloud.ivs.only("Room").arn
    assert call.parameters["userId"] == "jane"
    assert call.parameters["capabilities"] == ["SEND_MESSAGE"]
    assert "playback_token" in _answer(cloud, outputs["UserName"], {})


FURTHER = [
    Rehearsal(
        name="private_ingest",
        created=CHANNEL_WITH_KEY,
        in_place=Edit("10.0.0.0/24", "10.0.1.0/24", [], {"peer": "10.0.1.0/24"}),
        replacing=Edit('"Ingest"', '"Studio"', []),
        destroyed=NO_CHANNEL,
        check=_check_private,
        values={"peer": "10.0.0.0/24"},
    ),
    Rehearsal(
        name="tokens_for_callers",
        created=[*CHANNEL, "CreateRoom", "ImportPlaybackKeyPair"],
        in_place=Edit("minutes(60)", "minutes(90)", []),
        replacing=Edit('layer_version_name="tokens"', 'layer_version_name="more"', []),
        destroyed=["DeletePlaybackKeyPair", "DeleteRoom", "DeleteChannel"],
        refused="ImportPlaybackKeyPair",
        check=_check_callers,
    ),
    Rehearsal(
        name="webhook",
        created=[*CHANNEL, "CreateStage"],
        in_place=Edit("com/events", "com/other", [], {"url": "https://example.com/other"}),
        replacing=Edit('"Hook"', '"Endpoint"', []),
        destroyed=["DeleteStage", "DeleteChannel"],
        check=_check_webhook,
        values={"url": "https://example.com/events"},
    ),
]
