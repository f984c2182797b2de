"""The model of Amazon IVS, against the models of its API and what AWS documents."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.model import ListShape

from tests.rehearsal.service.ivs import CHANNEL_DEFAULTS, AmazonIvs
from tests.rehearsal.service.kinds import KINDS, REFERENCES, Reference
from tests.rehearsal.service.limits import operations
from tests.rehearsal.service.neighbors import Neighbors
from tests.rehearsal.service_calls import (
    REQUIRED,
    RESTRICTION,
    arns,
    authorized_arns,
    create,
    named,
    refused,
    statuses,
)
from tests.support.arns import ACCOUNT, REGION
from tests.support.service import ServiceError

POLICY = "playbackRestrictionPolicyArn"
# https://docs.aws.amazon.com/ivs/latest/{LowLatency,RealTime,Chat}UserGuide/service-quotas.html
# Of what the library does not warn about.
QUOTAS = {"Channel": 5_000, "Room": 50_000, "Stage": 1_000, "StreamKey": 1}
KEEPING = [reference for reference in REFERENCES if reference.keeps]


@pytest.fixture
def ivs() -> AmazonIvs:
    """The service, without resources."""
    return AmazonIvs(Neighbors())


def naming(reference: Reference, target: str) -> dict[str, Any]:
    """The parameter that names a resource."""
    shape = operations()[f"Create{reference.kind}"].input_shape
    for name in reference.path:
        shape = shape.members[name]
    value: Any = [target] if isinstance(shape, ListShape) else target
    for name in reversed(reference.path):
        value = {name: value}
    return dict(value)


def refer(ivs: AmazonIvs, reference: Reference) -> tuple[str, str]:
    """The ARNs of a resource and of the one that it names."""
    target = create(ivs, reference.target)
    return create(ivs, reference.kind, **naming(reference, target)), target


class TestKinds:
    @pytest.mark.parametrize("kind", KINDS)
    def test_have_actions(self, kind: str) -> None:
        """
        A kind can be created, read and deleted, and has its member in the answers.
        """
        for action in (f"{KINDS[kind].verb}{kind}", f"Get{kind}"):
            members = operations()[action].output_shape.members
            assert (KINDS[kind].member or "arn") in members
        assert f"Delete{kind}" in operations()

    def test_are_all(self) -> None:
        """
        There is no other kind of which the API creates resources. Compositions and tokens are not
        configured.
        """
        made = {
            match[1]
            for match in (re.fullmatch("(?:Create|Import)(.*)", name) for name in operations())
            if match
        }
        assert made - KINDS.keys() == {"ChatToken", "ParticipantToken"}
        assert KINDS.keys() <= made

    @pytest.mark.parametrize("kind", KINDS)
    def test_have_arns_of_the_authorization_table(self, kind: str) -> None:
        """
        The ARN of a new resource is of the type that its Delete action is authorized by.
        """
        (pattern,) = (
            each
            for each in authorized_arns(KINDS[kind].service, f"Delete{kind}")
            # With a channel its key is deleted.
            if kind != "Channel" or "stream-key" not in each
        )
        values = {
            "Partition": "aws",
            "Region": REGION,
            "Account": ACCOUNT,
            "ResourceId": "[a-z0-9]+",
        }
        for name, value in values.items():
            pattern = pattern.replace(f"${{{name}}}", value)
        assert re.fullmatch(pattern, create(AmazonIvs(Neighbors()), kind))

    def test_have_published_quotas(self) -> None:
        """
        Quotas are those of the user guides, most of which the records of all tests have. That of
        failover slates is not published.
        """
        assert {kind: KINDS[kind].quota for kind in QUOTAS} == QUOTAS

    def test_have_documented_defaults(self) -> None:
        """
        A new channel has the defaults that the model of CreateChannel documents.
        """
        documented = self._documented("CreateChannel")
        # It says in words that there is no multitrack input configuration.
        assert documented.pop("multitrackInputConfiguration") == "no"
        defaults = {
            name: str(value).lower() if isinstance(value, bool) else value
            for name, value in CHANNEL_DEFAULTS.items()
        }
        assert defaults.pop("name") == ""
        assert defaults == documented

    def test_rooms_have_documented_defaults(self) -> None:
        """
        A new room has the defaults that the model of CreateRoom documents.
        """
        documented = {name: int(value) for name, value in self._documented("CreateRoom").items()}
        assert len(documented) == 2
        ivs = AmazonIvs(Neighbors())
        room = ivs.resources[create(ivs, "Room")].details
        assert {name: room[name] for name in documented} == documented

    def _documented(self, action: str) -> dict[str, str]:
        documented = {}
        for name, member in operations()[action].input_shape.members.items():
            text = re.sub("<[^>]+>", "", member.documentation)
            if match := re.search(r"Default: (?:(\w+)\b|\"\" \(empty)", text):
                documented[name] = match[1] or ""
        return documented


class TestReferences:
    @pytest.mark.parametrize("kind", KINDS)
    def test_are_all_that_the_api_takes(self, kind: str) -> None:
        """
        Where an action that creates takes an ARN of Amazon IVS, there is a reference, and to the
        kind that the pattern allows.
        """
        wanted = {
            path: re.search(":([a-z-]+)/", pattern)[1]
            for path, pattern in arns(operations()[f"{KINDS[kind].verb}{kind}"].input_shape)
        }
        assert wanted == {
            reference.path: KINDS[reference.target].segment
            for reference in REFERENCES
            if reference.kind == kind
        }

    @pytest.mark.parametrize("reference", KEEPING, ids=lambda each: f"{each.kind}-{each.target}")
    def test_keep_what_can_conflict(self, reference: Reference) -> None:
        """
        Only that is kept of which the model says that a deletion can conflict.
        """
        assert "ConflictException" in statuses(f"Delete{reference.target}")

    def test_keep_all_but_two(self) -> None:
        """
        A channel takes its key along, and a stage can be deleted under an ingest configuration. The
        latter is INFERRED.
        """
        assert [(each.kind, each.target) for each in REFERENCES if not each.keeps] == [
            ("IngestConfiguration", "Stage"),
            ("StreamKey", "Channel"),
        ]

    @pytest.mark.parametrize("reference", REFERENCES, ids=lambda each: f"{each.kind}-{each.target}")
    def test_need_what_they_name(self, reference: Reference, ivs: AmazonIvs) -> None:
        """
        A resource cannot name what does not exist. It can name what exists.
        """
        target = create(ivs, reference.target)
        given = REQUIRED.get(reference.kind, {}) | naming(reference, target)
        if reference.kind == "StreamKey":
            ivs.answer("DeleteStreamKey", {"arn": ivs.only("StreamKey").arn})
        action = f"Create{reference.kind}"
        assert ivs.answer(action, given)
        del ivs.resources[target]
        with pytest.raises(ServiceError, match=f"{target} does not exist") as error:
            ivs.answer(action, given)
        assert error.value.code == "ResourceNotFoundException"

    @pytest.mark.parametrize("reference", KEEPING, ids=lambda each: f"{each.kind}-{each.target}")
    def test_keep_from_deleting(self, reference: Reference, ivs: AmazonIvs) -> None:
        """
        What is in use cannot be deleted until its user is deleted.
        """
        user, target = refer(ivs, reference)
        delete = f"Delete{reference.target}"
        assert user in refused(ivs, "ConflictException", delete, **named(delete, target))
        other = f"Delete{reference.kind}"
        ivs.answer(other, named(other, user))
        assert ivs.answer(delete, named(delete, target)) == {}
        assert target not in ivs.resources

    def test_are_checked_by_updates(self, ivs: AmazonIvs) -> None:
        """
        An update cannot name what does not exist, and leaves what was named.
        """
        one, two = (create(ivs, RESTRICTION) for _ in range(2))
        channel = create(ivs, "Channel", playbackRestrictionPolicyArn=one)
        ivs.answer("DeletePlaybackRestrictionPolicy", {"arn": two})
        new = {"arn": channel, POLICY: two}
        assert two in refused(ivs, "ResourceNotFoundException", "UpdateChannel", **new)
        assert ivs.resources[channel].details[POLICY] == one

    def test_end_when_they_are_emptied(self, ivs: AmazonIvs) -> None:
        """
        A policy can be deleted when the channel has another, or none.
        """
        one, two = (create(ivs, "PlaybackRestrictionPolicy") for _ in range(2))
        channel = create(ivs, "Channel", playbackRestrictionPolicyArn=one)
        ivs.answer("UpdateChannel", {"arn": channel, POLICY: two})
        ivs.answer("DeletePlaybackRestrictionPolicy", {"arn": one})
        ivs.answer("UpdateChannel", {"arn": channel, POLICY: ""})
        ivs.answer("DeletePlaybackRestrictionPolicy", {"arn": two})
        assert ivs.of_kind("PlaybackRestrictionPolicy") == []
