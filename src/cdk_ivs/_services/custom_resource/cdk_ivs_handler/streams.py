"""The streams of channels."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .errors import OFFLINE, CallError, coded

if TYPE_CHECKING:
    from .api import Api

STOP_SECONDS = 300
SECONDS_BETWEEN_STOPS = 3


def stop_stream(api: Api) -> None:
    """
    Stop the stream of a channel until the channel is offline.

    A channel can be deleted only after its stream has ended, which takes some time. An encoder
    whose stream key still exists can reconnect, and is then stopped again.
    """
    end = min(time.monotonic() + STOP_SECONDS, api.deadline)
    while True:
        try:
            api.call("ivs", "StopStream", channelArn=api.arn)
        except CallError as error:
            if error.code == OFFLINE:
                return
            raise
        if time.monotonic() + SECONDS_BETWEEN_STOPS > end:
            raise TimeoutError(
                coded(
                    "StreamStillLive",
                    f"{api.arn} is still live although its stream was stopped repeatedly; stop "
                    "its encoder, and delete the channel again",
                )
            )
        time.sleep(SECONDS_BETWEEN_STOPS)
