"""The resources and calls of the service that the rehearsals deploy to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.rehearsal.service import ivs as model
from tests.rehearsal.service.ivs import AmazonIvs, Call, Change
from tests.rehearsal.service.kinds import KINDS
from tests.rehearsal.service.limits import operations
from tests.rehearsal.service.neighbors import Neighbors
from tests.rehearsal.service_calls import (
    BUCKET,
    REQUIRED,
    RESTRICTION,
    authorized_arns,
    create,
    named,
    refused,
)
from tests.support.arns import ACCOUNT, arn
from tests.support.kms import KEY_ARN
from tests.support.service import NOT_RECORDED, RATE, RECORDING, ServiceError

COUNTRIES = "allowedCountries"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/handler"
UPDATABLE = [kind for kind in KINDS if f"Update{kind}" in operations()]


@pytest.fixture
def ivs() -> AmazonIvs:
    """The service, without resources."""
    return AmazonIvs(Neighbors())


class TestResources:
    @pytest.mark.parametrize("kind", KINDS)
    def test_are_read_until_they_are_deleted(self, kind: str, ivs: AmazonIvs) -> None:
        """
        A resource is what it was created as, with what the model returns, and is then gone.
        """
        its_arn = create(ivs, kind)
        get, delete = f"Get{kind}", f"Delete{kind}"
        answer = ivs.answer(get, named(get, its_arn))
        details = answer.get(KINDS[kind].member, answer)
        assert details["arn"] == its_arn
        assert REQUIRED.get(kind, {}).items() <= details.items()
        output = operations()[get].output_shape
        shape = output.members[KINDS[kind].member] if KINDS[kind].member else output
        # No answer has the key itself.
        assert details.keys() - shape.members.keys() <= {"publicKeyMaterial"}
        assert ivs.answer(delete, named(delete, its_arn)) == {}
        assert its_arn in refused(ivs, "ResourceNotFoundException", get, **named(get, its_arn))

    @pytest.mark.parametrize("kind", KINDS)
    def test_are_of_their_kind(self, kind: str, ivs: AmazonIvs) -> None:
        """
        An action takes only ARNs of its kind.
        """
        other = create(ivs, "Stage" if kind != "Stage" else "Channel")
        action = f"Delete{kind}"
        message = refused(ivs, "ValidationException", action, **named(action, other))
        assert f":{KINDS[kind].segment}/" in message

    @pytest.mark.parametrize("kind", UPDATABLE)
    def test_are_updated(self, kind: str, ivs: AmazonIvs) -> None:
        """
        An update changes what it names, and the log has what was there before.
        """
        its_arn, update = create(ivs, kind, name="old"), f"Update{kind}"
        if "name" not in operations()[update].input_shape.members:
            assert kind == "IngestConfiguration"
            return
        required = {
            name: ivs.resources[its_arn].details[name]
            for name in operations()[update].input_shape.required_members[1:]
        }
        answer = ivs.answer(update, {**named(update, its_arn), **required, "name": "new"})
        assert answer.get(KINDS[kind].member, answer)["name"] == "new"
        assert ivs.changes == [Change(its_arn, "name", "old", "new")]

    def test_are_not_changed_by_the_same_value(self, ivs: AmazonIvs) -> None:
        """
        An update to the same value changes nothing.
        """
        channel = create(ivs, "Channel", name="same")
        ivs.answer("UpdateChannel", {"arn": channel, "name": "same"})
        assert ivs.changes == []

    @pytest.mark.parametrize("kind", ["PlaybackKeyPair", "PlaybackRestrictionPolicy", "PublicKey"])
    def test_are_limited_by_quotas(self, kind: str, ivs: AmazonIvs) -> None:
        """
        There can be three of them, and not four. When one is deleted, there can be another.
        """
        first, *_ = (create(ivs, kind) for _ in range(3))
        action = f"{KINDS[kind].verb}{kind}"
        refused(ivs, "ServiceQuotaExceededException", action, **REQUIRED.get(kind, {}))
        ivs.answer(f"Delete{kind}", {"arn": first})
        create(ivs, kind)
        assert len(ivs.of_kind(kind)) == 3

    def test_have_tags(self, ivs: AmazonIvs) -> None:
        """
        Tags are given, added, replaced and taken away.
        """
        its_arn = create(ivs, "Channel", tags={"Team 1": "a/b", "stage": "é"})
        ivs.answer("TagResource", {"resourceArn": its_arn, "tags": {"stage": "prod", "new": ""}})
        ivs.answer("UntagResource", {"resourceArn": its_arn, "tagKeys": ["new"]})
        tags = ivs.answer("ListTagsForResource", {"resourceArn": its_arn})["tags"]
        assert tags == {"Team 1": "a/b", "stage": "prod"}
        assert ivs.written() == ["CreateChannel", "TagResource", "UntagResource"]
        refused(ivs, "ValidationException", "TagResource", resourceArn=its_arn)
        refused(ivs, "ValidationException", "CreateChannel", tags={"a?": "b"})

    @pytest.mark.parametrize("kind", KINDS)
    def test_are_listed(self, kind: str, ivs: AmazonIvs) -> None:
        """
        A list has the resources of its kind, each with what the model of the list has.
        """
        its_arn = create(ivs, kind)
        create(ivs, "Stage" if kind != "Stage" else "Channel")
        action = f"List{KINDS[kind].plural or f'{kind}s'}"
        given = {"channelArn": ivs.resources[its_arn].details.get("channelArn")}
        answer = ivs.answer(action, given if kind == "StreamKey" else {})
        (members,) = answer.values()
        assert [each["arn"] for each in members] == [its_arn]
        (name,) = answer
        shape = operations()[action].output_shape.members[name].member
        assert members[0].keys() == shape.members.keys() & ivs.resources[its_arn].details.keys()

    def test_are_listed_by_pages(self, ivs: AmazonIvs) -> None:
        """
        A page has as many as asked for, and no more than the service gives. What comes of it
        changes nothing.
        """
        arns = [create(ivs, "FailoverSlateConfiguration") for _ in range(5)]
        ivs.page = 2

        def page(**parameters: Any) -> tuple[list[str], str | None]:
            answer = ivs.answer("ListFailoverSlateConfigurations", parameters)
            listed = answer["failoverSlateConfigurations"]
            found = [each["arn"] for each in listed]
            listed[0]["tags"]["new"] = "value"
            return found, answer.get("nextToken")

        assert page() == (arns[:2], "2")
        assert page(nextToken="2", maxResults=3) == (arns[2:4], "4")
        assert page(nextToken="4") == (arns[4:], None)
        assert page(maxResults=1) == (arns[:1], "1")
        assert all(each.details["tags"] == {} for each in ivs.resources.values())

    def test_are_listed_by_channel(self, ivs: AmazonIvs) -> None:
        """
        The keys of a channel are those of no other.
        """
        one, two = (create(ivs, "Channel") for _ in range(2))
        for channel in (one, two):
            (key,) = ivs.answer("ListStreamKeys", {"channelArn": channel})["streamKeys"]
            assert key["channelArn"] == channel

    def test_of_stages_have_whole_recordings(self, ivs: AmazonIvs) -> None:
        """
        What a call leaves out of a recording has its default, also where it had another value
        before. Without a storage configuration nothing is left. This is UNCONFIRMED.
        """
        storage = create(ivs, "StorageConfiguration")
        given = {"storageConfigurationArn": storage, "recordParticipantReplicas": False}
        stage = create(ivs, "Stage", **{RECORDING: given})
        assert ivs.resources[stage].details[RECORDING] == {**NOT_RECORDED, **given}
        given = {"storageConfigurationArn": storage, "recordingReconnectWindowSeconds": 9}
        ivs.answer("UpdateStage", {"arn": stage, RECORDING: given})
        assert ivs.resources[stage].details[RECORDING] == {**NOT_RECORDED, **given}
        ivs.answer(
            "UpdateStage", {"arn": stage, RECORDING: {**given, "storageConfigurationArn": ""}}
        )
        assert ivs.resources[stage].details[RECORDING] == NOT_RECORDED
        ivs.answer("UpdateStage", {"arn": stage, "name": "new"})
        assert ivs.resources[stage].details[RECORDING] == NOT_RECORDED


class TestParameters:
    @pytest.mark.parametrize(
        ("action", "wrong", "right"),
        [
            ("CreateChannel", {"nme": "a"}, {"name": "a"}),
            ("CreateChannel", {"name": "a b"}, {"name": "a-b_1"}),
            ("CreateChannel", {"name": "a" * 129}, {"name": "a" * 128}),
            ("CreateChannel", {"name": 1}, {"name": "1"}),
            ("CreateChannel", {"type": "standard"}, {"type": "STANDARD"}),
            ("CreateChannel", {"authorized": "true"}, {"authorized": True}),
            ("CreateRoom", {RATE: 101}, {RATE: 100}),
            ("CreateRoom", {"maximumMessageLength": 0}, {"maximumMessageLength": 1}),
            ("CreateRoom", {"maximumMessageLength": True}, {"maximumMessageLength": 500}),
            ("CreateEncoderConfiguration", {"video": {"height": "2"}}, {"video": {"height": 2}}),
            (f"Create{RESTRICTION}", {COUNTRIES: ["AUT"]}, {COUNTRIES: ["AT"]}),
            ("CreateRecordingConfiguration", {}, {"destinationConfiguration": BUCKET}),
            ("CreateStorageConfiguration", {"s3": {}}, {"s3": {"bucketName": "abc"}}),
        ],
    )  # fmt: skip
    def test_are_checked_by_the_models(
        self, action: str, wrong: dict[str, Any], right: dict[str, Any], ivs: AmazonIvs
    ) -> None:
        """
        What the model of an action does not allow is refused, and its neighbor is taken.
        """
        assert action in refused(ivs, "ValidationException", action, **wrong)
        assert ivs.answer(action, right)

    def test_name_actions_that_exist(self, ivs: AmazonIvs) -> None:
        """
        What is no action is refused, and so is what the model does not have.
        """
        for action, code in (("MakeChannel", "UnknownOperation"), ("PutMetadata", "NotImpl")):
            parameters = {"channelArn": create(ivs, "Channel"), "metadata": "a"}
            with pytest.raises(ServiceError) as error:
                ivs.answer(action, parameters)
            assert error.value.code.startswith(code)


class TestChannels:
    def test_have_one_key(self, ivs: AmazonIvs) -> None:
        """
        A channel has the key that it was created with, and no second one. Others have theirs.
        """
        channel = create(ivs, "Channel")
        key = ivs.only("StreamKey")
        assert key.details["channelArn"] == channel
        refused(ivs, "ServiceQuotaExceededException", "CreateStreamKey", channelArn=channel)
        ivs.answer("DeleteStreamKey", {"arn": key.arn})
        assert create(ivs, "StreamKey", channelArn=channel) != key.arn
        create(ivs, "Channel")
        assert len(ivs.of_kind("StreamKey")) == 2

    def test_take_their_keys_along(self, ivs: AmazonIvs) -> None:
        """
        With a channel its key is deleted, and no other one.
        """
        one, two = (create(ivs, "Channel") for _ in range(2))
        ivs.answer("DeleteChannel", {"arn": one})
        assert ivs.only("StreamKey").details["channelArn"] == two

    def test_that_are_live_stay_as_they_are(self, ivs: AmazonIvs) -> None:
        """
        A live channel cannot be updated or deleted until its stream is stopped. Others can.
        """
        live, offline = (create(ivs, "Channel") for _ in range(2))
        ivs.live.add(live)
        refused(ivs, "ConflictException", "UpdateChannel", arn=live, name="new")
        refused(ivs, "ConflictException", "DeleteChannel", arn=live)
        assert ivs.answer("UpdateChannel", {"arn": offline, "name": "new"})
        assert ivs.answer("StopStream", {"channelArn": live}) == {}
        refused(ivs, "ChannelNotBroadcasting", "StopStream", channelArn=live)
        assert ivs.answer("UpdateChannel", {"arn": live, "name": "new"})
        assert ivs.answer("DeleteChannel", {"arn": live}) == {}
        refused(ivs, "ResourceNotFoundException", "StopStream", channelArn=live)


class TestCalls:
    def test_are_throttled_by_rate(self, ivs: AmazonIvs, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        In a second as many calls of an action are answered as its rate says. Others have no limit.
        """
        now = [100.0]
        monkeypatch.setattr(model, "time", SimpleNamespace(monotonic=lambda: now[0]))
        channel = create(ivs, "Channel")
        ivs.rates["UpdateChannel"] = 2
        for name in ("a", "b"):
            ivs.answer("UpdateChannel", {"arn": channel, "name": name})
        refused(ivs, "ThrottlingException", "UpdateChannel", arn=channel, name="c")
        assert ivs.answer("GetChannel", {"arn": channel})["channel"]["name"] == "b"
        now[0] += 0.99
        refused(ivs, "ThrottlingException", "UpdateChannel", arn=channel, name="c")
        now[0] += 0.01
        assert ivs.answer("UpdateChannel", {"arn": channel, "name": "c"})

    def test_are_refused_on_demand(self, ivs: AmazonIvs) -> None:
        """
        The next calls of an action fail as they were told to, in order, and then no more.
        """
        channel = create(ivs, "Channel")
        conflict = ServiceError("ConflictException", 409)
        ivs.refuse("UpdateChannel", conflict, ServiceError("ValidationException", 400))
        assert ivs.answer("GetChannel", {"arn": channel})
        refused(ivs, "ConflictException", "UpdateChannel", arn=channel, name="a")
        refused(ivs, "ValidationException", "UpdateChannel", arn=channel, name="a")
        assert ivs.answer("UpdateChannel", {"arn": channel, "name": "a"})
        ivs.refuse("UpdateChannel", None, conflict)
        assert ivs.answer("UpdateChannel", {"arn": channel, "name": "b"})
        refused(ivs, "ConflictException", "UpdateChannel", arn=channel, name="c")

    def test_are_logged(self, ivs: AmazonIvs) -> None:
        """
        The log has all calls with their parameters. Those that wrote can be told from the others.
        """
        channel = create(ivs, "Channel", name="a")
        ivs.answer("GetChannel", {"arn": channel})
        refused(ivs, "ValidationException", "UpdateChannel", arn=channel, name="?")
        ivs.answer("UpdateChannel", {"arn": channel, "name": "b"})
        assert ivs.calls == [
            Call("CreateChannel", {"name": "a"}, ""),
            Call("GetChannel", {"arn": channel}, ""),
            Call("UpdateChannel", {"arn": channel, "name": "?"}, "ValidationException"),
            Call("UpdateChannel", {"arn": channel, "name": "b"}, ""),
        ]
        assert ivs.written() == ["CreateChannel", "UpdateChannel"]
        assert ivs.written(3) == ["UpdateChannel"]

    def test_do_not_change_what_was_read(self, ivs: AmazonIvs) -> None:
        """
        An answer and a copy of the state stay as they were.
        """
        policy = create(ivs, "PlaybackRestrictionPolicy", allowedCountries=["AT"])
        state = ivs.state()
        answer = ivs.answer("GetPlaybackRestrictionPolicy", {"arn": policy})
        answer["playbackRestrictionPolicy"]["allowedCountries"].append("CH")
        assert ivs.state() == state
        ivs.resources[policy].details["allowedCountries"].append("DE")
        assert state[policy]["allowedCountries"] == ["AT"]

    def test_are_forgotten(self, ivs: AmazonIvs) -> None:
        """
        After a reset nothing is left, but ARNs are new ones.
        """
        channel = create(ivs, "Channel")
        ivs.answer("UpdateChannel", {"arn": channel, "name": "b"})
        ivs.live.add(channel)
        ivs.rates["CreateChannel"] = 0
        ivs.page = 1
        ivs.refuse("CreateChannel", ServiceError("ConflictException", 409))
        ivs.reset()
        assert ivs.page == 50
        assert (ivs.state(), ivs.calls, ivs.changes, ivs.live) == ({}, [], [], set())
        assert create(ivs, "Channel") != channel

    @pytest.mark.parametrize(
        ("action", "kind", "permission"),
        [
            ("UpdateChannel", "Channel", "ivs:UpdateChannel"),
            ("StopStream", "Channel", "ivs:StopStream"),
            ("GetStage", "Stage", "ivs:GetStage"),
            ("UpdateRoom", "Room", "ivschat:UpdateRoom"),
        ],
    )
    def test_need_a_permission_of_their_role(
        self,
        action: str,
        kind: str,
        permission: str,
        ivs: AmazonIvs,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        A call by a role needs the permission for its action and resource. Others do not.
        """
        asked, allowed = [], [False, True]

        def allows(*question: object) -> bool:
            asked.append(question)
            return allowed.pop(0)

        monkeypatch.setattr(Neighbors, "allows", lambda self, *question: allows(*question))
        its_arn = create(ivs, kind)
        ivs.live.update({its_arn} if action == "StopStream" else ())
        with pytest.raises(
            ServiceError, match=f"perform: {permission} on resource: {its_arn}"
        ) as error:
            ivs.answer(action, named(action, its_arn), role=ROLE)
        assert (error.value.code, error.value.status) == ("AccessDeniedException", 403)
        ivs.answer(action, named(action, its_arn), role=ROLE)
        assert asked == [(ROLE, permission, its_arn, {})] * 2
        assert authorized_arns(*permission.split(":"))

    def test_of_kms_need_one_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A role needs the permission for its call of KMS on the key, in the way that it signs.
        """
        digest = {"kms:MessageType": "DIGEST", "kms:SigningAlgorithm": "ECDSA_SHA_384"}
        allowed = [
            (ROLE, "kms:GetPublicKey", KEY_ARN, {}),
            (ROLE, "kms:Sign", KEY_ARN, digest),
        ]
        monkeypatch.setattr(Neighbors, "allows", lambda self, *question: question in allowed)
        neighbors = Neighbors()
        neighbors.check_key(ROLE, "TrentService.GetPublicKey", {"KeyId": KEY_ARN})
        asked = {"KeyId": KEY_ARN, "MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_384"}
        neighbors.check_key(ROLE, "TrentService.Sign", asked)
        with pytest.raises(
            ServiceError, match=f"perform: kms:Sign on resource: {KEY_ARN}"
        ) as error:
            neighbors.check_key(ROLE, "TrentService.Sign", {**asked, "MessageType": "RAW"})
        assert error.value.code == "AccessDeniedException"

    @pytest.mark.parametrize(
        ("action", "parameters", "resource"),
        [
            ("CreateChannel", {}, arn("channel/*")),
            ("ImportPublicKey", REQUIRED["PublicKey"], arn("public-key/*")),
            ("CreateRoom", {}, arn("room/*", service="ivschat")),
            ("ListChannels", {}, arn("channel/*")),
            ("ListFailoverSlateConfigurations", {}, arn("failover-slate-configuration/*")),
            ("TagResource", {"resourceArn": arn("stage/A"), "tags": {}}, arn("stage/A")),
            (
                "TagResource",
                {"resourceArn": arn("room/A", service="ivschat"), "tags": {}},
                arn("room/A", service="ivschat"),
            ),
        ],
    )
    def test_without_a_resource_need_a_permission_on_all(
        self,
        action: str,
        parameters: dict[str, Any],
        resource: str,
        ivs: AmazonIvs,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """
        What is created or listed is authorized on all of its kind, and tags on their resource.
        """
        asked = []
        monkeypatch.setattr(
            Neighbors, "allows", lambda self, *question: bool(asked.append(question))
        )
        with pytest.raises(ServiceError, match="is not authorized to perform"):
            ivs.answer(action, parameters, role=ROLE)
        service = resource.split(":")[2]
        tags = {f"aws:RequestTag/{key}": tag for key, tag in parameters.get("tags", {}).items()}
        assert asked == [(ROLE, f"{service}:{action}", resource, tags)]

    def test_have_the_tags_in_the_context(
        self, ivs: AmazonIvs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Conditions of policies see the tags of the resource, and those of the request.
        """
        channel = create(ivs, "Channel", tags={"team": "video"})
        asked = []
        monkeypatch.setattr(
            Neighbors, "allows", lambda self, *question: bool(asked.append(question[-1])) or True
        )
        ivs.answer("DeleteChannel", {"arn": channel}, role=ROLE)
        create_with_role = {"tags": {"team": "audio"}}
        ivs.answer("CreateChannel", create_with_role, role=ROLE)
        assert asked == [{"aws:ResourceTag/team": "video"}, {"aws:RequestTag/team": "audio"}]
