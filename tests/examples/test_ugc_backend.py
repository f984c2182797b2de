"""What the function of the ugc_backend example asks of IVS."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from tests.examples.apps import EXAMPLES, golden
from tests.examples.golden_templates import properties_of
from tests.examples.ugc_backend import NAME, TAGS, ivs_statements
from tests.support.arns import REGION, arn

CHANNEL = arn("channel/AbCdef1G2hij")
KEY = arn("stream-key/MnOpqr9S0tuv")
STAGE = arn("stage/EfGhij5K6lmn")
ROOM = arn("room/IjKlmn7O8pqr", service="ivschat")
SHOW = {"channelArn": CHANNEL, "stageArn": STAGE, "roomArn": ROOM}

MADE_CHANNEL = {
    "channel": {
        "arn": CHANNEL,
        "ingestEndpoint": "a1b2c3d4e5f6.global-contribute.live-video.net",
        "playbackUrl": "https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/channel.m3u8",
        "tags": TAGS,
    },
    "streamKey": {"arn": KEY, "channelArn": CHANNEL, "value": "sk_us-west-2_a_b"},
}


class Function:
    """The handler, whose clients are stubbed: each request is checked by botocore's model."""

    def __init__(self, stubs: ExitStack) -> None:
        self.module = runpy.run_path(str(EXAMPLES / NAME / "handler.py"))
        self.ivs, self.real_time, self.chat = (
            stubs.enter_context(Stubber(self.module[name])) for name in ("ivs", "real_time", "chat")
        )

    def __call__(self, event: dict[str, Any]) -> Any:
        """Call it as Lambda does; all that was expected must have been asked."""
        try:
            return self.module["handle"](event, None)
        finally:
            for stub in (self.ivs, self.real_time, self.chat):
                stub.assert_no_pending_responses()


@pytest.fixture
def function(monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """The function, with the environment of the template."""
    variables = properties_of(NAME, "AWS::Lambda::Function")["Environment"]["Variables"]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with ExitStack() as stubs:
        yield Function(stubs)


class TestCreate:
    def test_makes_a_show_with_the_tag(self, function: Function) -> None:
        """
        All three get the tag, without which the role could not make them.
        """
        asked = {"name": "ada", "tags": TAGS}
        function.ivs.add_response("create_channel", MADE_CHANNEL, asked)
        function.real_time.add_response("create_stage", {"stage": {"arn": STAGE}}, asked)
        function.chat.add_response("create_room", {"arn": ROOM}, asked)
        assert function({"action": "create", "user": "ada"}) == {
            "show": SHOW,
            "ingestUrl": "rtmps://a1b2c3d4e5f6.global-contribute.live-video.net:443/app/",
            "playbackUrl": ("https://a1b2c3d4e5f6.us-west-2.playback.live-video.net/channel.m3u8"),
            "streamKey": "sk_us-west-2_a_b",
        }

    def test_makes_all_or_nothing(self, function: Function) -> None:
        """
        What was made is deleted if the rest cannot be, and the error is the first one.
        """
        asked = {"name": "ada", "tags": TAGS}
        function.ivs.add_response("create_channel", MADE_CHANNEL, asked)
        function.real_time.add_response("create_stage", {"stage": {"arn": STAGE}}, asked)
        function.chat.add_client_error("create_room", "ServiceQuotaExceededException")
        function.real_time.add_response("delete_stage", {}, {"arn": STAGE})
        function.ivs.add_client_error("stop_stream", "ChannelNotBroadcasting")
        function.ivs.add_response("delete_channel", {}, {"arn": CHANNEL})
        with pytest.raises(ClientError, match="ServiceQuotaExceededException"):
            function({"action": "create", "user": "ada"})

    def test_makes_nothing_if_there_is_no_channel(self, function: Function) -> None:
        """
        There is nothing to delete then.
        """
        function.ivs.add_client_error("create_channel", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            function({"action": "create", "user": "ada"})


class TestReset:
    def test_replaces_the_key(self, function: Function) -> None:
        """
        The key is found by its channel and deleted, and the new one gets the tag.
        """
        listed = {"streamKeys": [{"arn": KEY, "channelArn": CHANNEL}]}
        created = {"streamKey": {"arn": KEY, "channelArn": CHANNEL, "value": "sk_us-west-2_c_d"}}
        function.ivs.add_response("list_stream_keys", listed, {"channelArn": CHANNEL})
        function.ivs.add_response("delete_stream_key", {}, {"arn": KEY})
        function.ivs.add_response(
            "create_stream_key", created, {"channelArn": CHANNEL, "tags": TAGS}
        )
        assert function({"action": "reset", "show": SHOW}) == {"streamKey": "sk_us-west-2_c_d"}

    def test_can_be_called_again(self, function: Function) -> None:
        """
        A channel without a key gets one: the call before may have ended in the middle.
        """
        created = {"streamKey": {"arn": KEY, "channelArn": CHANNEL, "value": "sk_us-west-2_c_d"}}
        function.ivs.add_response("list_stream_keys", {"streamKeys": []})
        function.ivs.add_response("create_stream_key", created)
        assert function({"action": "reset", "show": SHOW}) == {"streamKey": "sk_us-west-2_c_d"}


class TestDelete:
    def test_ends_the_stream_first(self, function: Function) -> None:
        """
        A channel that is live cannot be deleted.
        """
        function.chat.add_response("delete_room", {}, {"identifier": ROOM})
        function.real_time.add_response("delete_stage", {}, {"arn": STAGE})
        function.ivs.add_response("stop_stream", {}, {"channelArn": CHANNEL})
        function.ivs.add_response("delete_channel", {}, {"arn": CHANNEL})
        assert function({"action": "delete", "show": SHOW}) == {}

    def test_can_be_called_again(self, function: Function) -> None:
        """
        What is gone already is no error.
        """
        function.chat.add_client_error("delete_room", "ResourceNotFoundException")
        function.real_time.add_client_error("delete_stage", "ResourceNotFoundException")
        function.ivs.add_client_error("stop_stream", "ResourceNotFoundException")
        function.ivs.add_client_error("delete_channel", "ResourceNotFoundException")
        assert function({"action": "delete", "show": SHOW}) == {}

    def test_deletes_a_part(self, function: Function) -> None:
        """
        A show may be a channel alone.
        """
        function.ivs.add_response("stop_stream", {}, {"channelArn": CHANNEL})
        function.ivs.add_response("delete_channel", {}, {"arn": CHANNEL})
        assert function({"action": "delete", "show": {"channelArn": CHANNEL}}) == {}

    def test_tells_of_other_errors(self, function: Function) -> None:
        """
        A channel without the tag is refused by IAM, and the caller is told.
        """
        function.ivs.add_client_error("stop_stream", "AccessDeniedException")
        with pytest.raises(ClientError, match="AccessDeniedException"):
            function({"action": "delete", "show": {"channelArn": CHANNEL}})


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"action": "create"},
        {"action": "create", "user": 1},
        {"action": "reset"},
        {"action": "reset", "show": {"stageArn": STAGE}},
        {"action": "delete"},
        {"action": "delete", "show": CHANNEL},
        {"action": "list", "user": "ada"},
    ],
    ids=[
        "nothing",
        "no user",
        "number",
        "no show to reset",
        "no channel",
        "no show",
        "ARN",
        "unknown action",
    ],
)
def test_other_events_are_refused(function: Function, event: dict[str, Any]) -> None:
    """
    An event that is not understood asks nothing of IVS.
    """
    with pytest.raises(ValueError, match="'action' must be"):
        function(event)


class TestRole:
    def test_may_create_what_has_the_tags_of_the_requests(self) -> None:
        """
        The tags that the function gives are those that its role asks for.
        """
        function = properties_of(NAME, "AWS::Lambda::Function")
        assert json.loads(function["Environment"]["Variables"]["TAGS"]) == TAGS

    def test_may_do_what_the_function_asks_and_no_more(self) -> None:
        """
        The role has the actions of the handler's calls, and those that tag.
        """
        granted = {
            action
            for statement in ivs_statements()
            for action in (
                [statement["Action"]]
                if isinstance(statement["Action"], str)
                else statement["Action"]
            )
        }
        assert granted == {
            "ivs:CreateChannel",
            "ivs:CreateStage",
            "ivs:CreateStreamKey",
            "ivs:DeleteChannel",
            "ivs:DeleteStage",
            "ivs:DeleteStreamKey",
            "ivs:ListStreamKeys",
            "ivs:StopStream",
            "ivs:TagResource",
            "ivschat:CreateRoom",
            "ivschat:DeleteRoom",
            "ivschat:TagResource",
        }


def test_function_is_the_handler_of_the_folder() -> None:
    """
    The code in the template is the file that is tested here, and short enough to be there.
    """
    function = properties_of(NAME, "AWS::Lambda::Function")
    code = (EXAMPLES / NAME / "handler.py").read_text()
    assert function["Code"] == {"ZipFile": code}
    assert len(code) <= 4096
    # Lambda puts such code into index.py.
    assert function["Handler"] == "index.handle"
    assert "handle" in code
    assert golden(NAME)["Outputs"].keys() == {"FunctionName"}
