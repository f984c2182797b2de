"""The function of a StreamKeyRotation, step by step, also when calls fail."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from cdk_ivs.patterns._idle_guard import rotation_handler
from tests.patterns.rotation_service import PLACEHOLDER, Ivs, Secrets, rotate
from tests.support.clock import Clock
from tests.support.events import CHANNEL

TAGS = {"CdkIvsStreamKeyRotation": "tag"}


@pytest.fixture
def service() -> Ivs:
    """IVS, of which the function gets a client."""
    return Ivs()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the function, without waiting."""
    clock = Clock()
    monkeypatch.setattr(rotation_handler, "time", clock)
    return clock


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch, service: Ivs, clock: Clock) -> Secrets:
    """Secrets Manager, of which the function gets a client."""
    secrets = Secrets()
    clients = {"ivs": service, "secretsmanager": secrets}
    monkeypatch.setattr(rotation_handler, "boto3", SimpleNamespace(client=clients.__getitem__))
    monkeypatch.setenv("CHANNEL_ARN", CHANNEL)
    monkeypatch.setenv("TAG_VALUE", "tag")
    return secrets


class TestRotation:
    def test_first_creates_a_key(self, service: Ivs, secrets: Secrets) -> None:
        """
        The channel of CloudFormation has no key: the first rotation creates one.
        """
        rotate("one")
        assert service.values() == [secrets.current] == ["sk_1"]
        assert service.keys["arn:1"]["tags"] == TAGS

    def test_replaces_the_key(self, service: Ivs, secrets: Secrets) -> None:
        """
        Each rotation leaves one key, which is the one in the secret.
        """
        for version in ("one", "two", "three"):
            rotate(version)
            assert service.values() == [secrets.current]
        assert secrets.current == "sk_3"

    @pytest.mark.parametrize("step", ["createSecret", "testSecret", "finishSecret"])
    def test_steps_may_come_twice(self, service: Ivs, secrets: Secrets, step: str) -> None:
        """
        A step that is repeated changes nothing.
        """
        rotate("one")
        event = {"Step": step, "SecretId": "secret", "ClientRequestToken": "one"}
        rotation_handler.handler(event, None)
        assert service.values() == [secrets.current] == ["sk_1"]

    def test_is_refused_while_live(self, service: Ivs, secrets: Secrets) -> None:
        """
        Of a live channel nothing is deleted, and the secret stays.
        """
        rotate("one")
        service.live = True
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"the channel is live.* \[cdk-ivs:RotationWhileLive\]$",
        ):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]

    @pytest.mark.parametrize(
        "code", ["AccessDeniedException", "PendingVerification", "ThrottlingException"]
    )
    def test_is_given_up_before_the_key_is_gone(
        self, service: Ivs, secrets: Secrets, code: str
    ) -> None:
        """
        Where no key can be created, the old one is not deleted.
        """
        rotate("one")
        service.errors["create_stream_key"] = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]
        assert "delete_stream_key" not in service.calls

    def test_goes_on_when_creating_fails_for_a_while(
        self, service: Ivs, secrets: Secrets, clock: Clock
    ) -> None:
        """
        Once the old key is gone, a new one is asked for again and again, with longer pauses that
        are half a minute in all.
        """
        rotate("one")
        service.errors["create_stream_key"] = ["", *["ThrottlingException"] * 5]
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]
        assert clock.pauses == [1, 2, 4, 8, 16]

    def test_next_attempt_creates_what_is_missing(self, service: Ivs, secrets: Secrets) -> None:
        """
        If none could be created for a minute, the next attempt creates one.
        """
        rotate("one")
        service.errors["create_stream_key"] = ["", *["InternalServerException"] * 6]
        with pytest.raises(ClientError):
            rotate("two")
        assert service.values() == []
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]

    def test_next_attempt_keeps_what_was_not_kept(self, service: Ivs, secrets: Secrets) -> None:
        """
        A key that could not be put into the secret gets there by the next attempt.
        """
        rotate("one")
        secrets.put_errors = ["InternalServiceError"] * 6
        with pytest.raises(ClientError):
            rotate("two")
        assert (service.values(), secrets.current) == (["sk_2"], "sk_1")
        rotate("three")
        assert service.values() == [secrets.current] == ["sk_2"]

    def test_next_attempt_may_be_of_a_live_channel(self, service: Ivs, secrets: Secrets) -> None:
        """
        Keeping the key that there is disturbs no stream.
        """
        rotate("one")
        secrets.values["first"] = secrets.values["one"] = "sk_lost"
        service.live = True
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]

    def test_of_several_keys_has_no_gap(self, service: Ivs, secrets: Secrets) -> None:
        """
        Where the quota allows a second key, the old one is deleted when the new one is kept.
        """
        rotate("one")
        service.quota = 2
        rotate("two")
        assert service.values() == [secrets.current] == ["sk_2"]

    @pytest.mark.parametrize(
        "tags",
        [{}, {"tags": {}}, {"tags": {"CdkIvsStreamKeyRotation": "of another"}}],
        ids=["no tags", "empty", "another"],
    )
    def test_leaves_keys_of_others_alone(
        self, service: Ivs, secrets: Secrets, tags: dict[str, dict[str, str]]
    ) -> None:
        """
        A key without the tag is neither read nor deleted, and what to do is said.
        """
        service.keys["arn:other"] = {"value": "sk_other", **tags}
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"arn:other was not created.* \[cdk-ivs:ForeignStreamKey\]$",
        ):
            rotate("one")
        assert (service.values(), secrets.current) == (["sk_other"], PLACEHOLDER)
        assert service.calls == ["list_stream_keys"]

    def test_fails_when_the_key_was_replaced_meanwhile(
        self, service: Ivs, secrets: Secrets
    ) -> None:
        """
        The test finds that the channel has another key, or none.
        """
        rotate("one")
        service.keys["arn:1"]["value"] = "sk_other"
        event = {"Step": "testSecret", "SecretId": "secret", "ClientRequestToken": "one"}
        with pytest.raises(
            rotation_handler.RotationError,
            match=r"have different keys.* \[cdk-ivs:RotationMismatch\]$",
        ):
            rotation_handler.handler(event, None)

    def test_fails_for_a_version_that_is_not_pending(self, service: Ivs, secrets: Secrets) -> None:
        """
        The test is of the version that Secrets Manager asks about, and not of a later one.
        """
        rotate("one")
        event = {"Step": "createSecret", "SecretId": "secret", "ClientRequestToken": "two"}
        rotation_handler.handler(event, None)
        event |= {"Step": "testSecret"}
        rotation_handler.handler(event, None)
        with pytest.raises(rotation_handler.RotationError, match="RotationMismatch"):
            rotation_handler.handler({**event, "ClientRequestToken": "earlier"}, None)

    @pytest.mark.parametrize("code", ["AccessDeniedException", "ThrottlingException"])
    def test_does_not_guess(self, service: Ivs, secrets: Secrets, code: str) -> None:
        """
        Whether the channel is live, or what is in the secret, is known or the rotation fails.
        """
        rotate("one")
        service.errors["get_stream"] = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        secrets.get_errors = [code]
        with pytest.raises(ClientError, match=code):
            rotate("two")
        assert service.values() == [secrets.current] == ["sk_1"]
