"""
The function of the ugc_backend example, run in an account that enforces the policy of its role.

The channels are moto's. It has no stream keys, stages and rooms, so these are here, and the key
that a channel is created with has no tags, as AWS leaves it. Each call is allowed or denied by a
simulator of IAM, on each type of resource that the Service Authorization Reference requires.
"""

from __future__ import annotations

import itertools
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.examples.apps import EXAMPLES
from tests.examples.golden_templates import properties_of
from tests.examples.ugc_backend import NAME, TAGS, ivs_statements
from tests.support.arns import REGION, arn
from tests.support.simulation import Request, decisions

# It starts from the golden template: nothing of aws-cdk-lib takes part.
pytestmark = pytest.mark.once

OTHERS = {"application": "shop"}
TAGGING = {"ivs": "ivs:TagResource", "ivschat": "ivschat:TagResource"}


class Account:
    """
    What is in the account, and what it answers.

    Attributes:
        tags: The tags of the resources that there are, by ARN.
        keys: The stream keys: the channel, by ARN.
        live: The channels that are live.
        calls: The operations that were allowed.
    """

    def __init__(self) -> None:
        self.tags: dict[str, dict[str, str]] = {}
        self.keys: dict[str, str] = {}
        self.live: set[str] = set()
        self.calls: list[str] = []
        self.statements = ivs_statements()
        self.numbers = itertools.count(1)

    def add(self, kind: str, tags: dict[str, str], service: str = "ivs") -> str:
        """Something new."""
        made = arn(f"{kind}/New{next(self.numbers)}", service=service)
        self.tags[made] = tags
        return made

    def key_of(self, channel: str) -> str:
        """The stream key of a channel."""
        (key,) = (key for key, owner in self.keys.items() if owner == channel)
        return key

    def authorize(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        """Deny what the policy does not allow on all resources."""
        operation, gives = model.name, params.get("tags", {})
        service = "ivschat" if model.service_model.service_name == "ivschat" else "ivs"
        asked = [
            Request(f"{service}:{operation}", resource, self.tags.get(resource, {}), gives)
            for resource in self.resources(operation, params)
        ]
        if operation.startswith("Create") and gives:
            asked.append(Request(TAGGING[service], asked[0].resource, {}, gives))
        if not all(decisions(self.statements, asked)):
            error = {"Error": {"Code": "AccessDeniedException", "Message": operation}}
            raise ClientError(error, operation)  # type: ignore[arg-type] - the part that is read
        self.calls.append(operation)

    def resources(self, operation: str, params: dict[str, Any]) -> list[str]:
        """The resources on which a call is authorized. What is new has another ARN in fact."""
        new = {"CreateStage": arn("stage/new"), "CreateStreamKey": arn("stream-key/new")}
        channel = params.get("channelArn", params.get("arn", ""))
        match operation:
            case "CreateChannel":
                return [arn("channel/new"), arn("stream-key/new")]
            case "CreateRoom":
                return [arn("room/new", service="ivschat")]
            case "CreateStage" | "CreateStreamKey":
                return [new[operation]]
            case "DeleteChannel" | "ListStreamKeys":
                return [channel, *(key for key, owner in self.keys.items() if owner == channel)]
            case "DeleteRoom":
                return [params["identifier"]]
        return [channel]

    def answer(self, model: Any, params: dict[str, Any], **_: Any) -> tuple[Any, Any] | None:
        """The answer to a call for what moto does not have."""
        asked = self.asked
        match model.name:
            case "ListStreamKeys":
                keys = [key for key, owner in self.keys.items() if owner == asked["channelArn"]]
                found: dict[str, Any] = {"streamKeys": [{"arn": key} for key in keys]}
            case "DeleteStreamKey":
                del self.keys[asked["arn"]]
                found = {}
            case "CreateStreamKey":
                # A channel has one key at most.
                assert asked["channelArn"] not in self.keys.values()
                key = self.add("stream-key", asked["tags"])
                self.keys[key] = asked["channelArn"]
                found = {"streamKey": {"arn": key, "value": f"sk_{key[-4:]}"}}
            case "StopStream":
                self.live.discard(asked["channelArn"])
                found = {}
            case "CreateStage":
                found = {"stage": {"arn": self.add("stage", asked["tags"])}}
            case "CreateRoom":
                found = {"arn": self.add("room", asked["tags"], "ivschat")}
            case "DeleteStage" | "DeleteRoom":
                del self.tags[asked.get("arn") or asked["identifier"]]
                found = {}
            case _:
                return None
        return AWSResponse("", 200, {}, None), found

    def remember(self, params: dict[str, Any], **_: Any) -> None:
        """Keep what is asked, as the caller wrote it."""
        self.asked = params

    def learn(self, model: Any, parsed: dict[str, Any], **_: Any) -> None:
        """Know the channel that moto created or deleted, and its key, which gets no tags."""
        match model.name:
            case "CreateChannel":
                channel = parsed["channel"]
                self.tags[channel["arn"]] = channel["tags"]
                self.keys[parsed["streamKey"]["arn"]] = channel["arn"]
            case "DeleteChannel":
                del self.keys[self.key_of(self.asked["arn"])]
                del self.tags[self.asked["arn"]]


@pytest.fixture
def account() -> Account:
    """An account without anything."""
    return Account()


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch, account: Account) -> Iterator[dict[str, Any]]:
    """The module of the function, with the environment of the template."""
    variables = properties_of(NAME, "AWS::Lambda::Function")["Environment"]["Variables"]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        module = runpy.run_path(str(EXAMPLES / NAME / "handler.py"))
        for name in ("ivs", "real_time", "chat"):
            events = module[name].meta.events
            events.register("provide-client-params", account.remember)
            events.register("provide-client-params", account.authorize)
            events.register("before-call", account.answer)
            events.register("after-call.ivs", account.learn)
        yield module


def call(function: dict[str, Any], **event: Any) -> Any:
    """Call the function as Lambda does."""
    return function["handle"](event, None)


class TestShow:
    def test_is_created_reset_and_deleted(self, function: dict[str, Any], account: Account) -> None:
        """
        A show is created, gets another key twice, and goes; the role may do each of the calls.
        """
        made = call(function, action="create", user="ada")
        show = made["show"]
        assert [account.tags[show[name]] for name in sorted(show)] == [TAGS] * 3
        first = account.key_of(show["channelArn"])
        # As AWS leaves it: a condition on the tags of the key would deny the reset.
        assert account.tags.get(first, {}) == {}

        values = [call(function, action="reset", show=show)["streamKey"] for _ in range(2)]
        assert len({made["streamKey"], *values}) == 3
        assert first not in account.keys
        assert account.tags[account.key_of(show["channelArn"])] == TAGS

        assert call(function, action="delete", show=show) == {}
        assert not set(show.values()) & set(account.tags)
        assert account.keys == {}
        replaced = ["ListStreamKeys", "DeleteStreamKey", "CreateStreamKey"]
        assert account.calls == [
            *["CreateChannel", "CreateStage", "CreateRoom"],
            *replaced,
            *replaced,
            *["DeleteRoom", "DeleteStage", "StopStream", "DeleteChannel"],
        ]


class TestOthers:
    @pytest.mark.parametrize("tags", [OTHERS, {}], ids=["tag of others", "no tag"])
    def test_keep_their_keys(
        self, function: dict[str, Any], account: Account, tags: dict[str, str]
    ) -> None:
        """
        The key of a channel without the tag is not reset: it cannot be listed.
        """
        channel = account.add("channel", tags)
        key = account.add("stream-key", {})
        account.keys[key] = channel
        with pytest.raises(ClientError, match="AccessDeniedException"):
            call(function, action="reset", show={"channelArn": channel})
        assert account.keys == {key: channel}
        assert account.calls == []

    @pytest.mark.parametrize("tags", [OTHERS, {}], ids=["tag of others", "no tag"])
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("channelArn", ("channel", "ivs")),
            ("stageArn", ("stage", "ivs")),
            ("roomArn", ("room", "ivschat")),
        ],
        ids=["channel", "stage", "room"],
    )
    def test_keep_what_they_have(
        self,
        function: dict[str, Any],
        account: Account,
        tags: dict[str, str],
        name: str,
        kind: tuple[str, str],
    ) -> None:
        """
        What has not the tag is neither stopped nor deleted.
        """
        other = account.add(kind[0], tags, kind[1])
        with pytest.raises(ClientError, match="AccessDeniedException"):
            call(function, action="delete", show={name: other})
        assert account.calls == []

    @pytest.mark.parametrize(
        ("tags", "is_allowed"),
        [({}, True), (TAGS, True), (OTHERS, False)],
        ids=["no tag", "tag", "tag of others"],
    )
    def test_lose_their_keys_where_these_have_no_tag(
        self, tags: dict[str, str], is_allowed: bool
    ) -> None:
        """
        What the README says of the permission, beyond what the function does with it.
        """
        request = Request("ivs:DeleteStreamKey", arn("stream-key/Other"), tags)
        assert decisions(ivs_statements(), [request]) == [is_allowed]


def test_requests_without_the_tag_are_denied(
    function: dict[str, Any], account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    A function that forgets the tags creates nothing.
    """
    monkeypatch.setitem(function["create"].__globals__, "TAGS", {})
    with pytest.raises(ClientError, match="AccessDeniedException"):
        call(function, action="create", user="ada")
    assert account.tags == {}
