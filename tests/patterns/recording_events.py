"""Events of recordings in their order, and the answers of the API about a composition."""

from __future__ import annotations

from tests.patterns.indexing import Json, at
from tests.support.events import CHANNEL, COMPOSITION, SAMPLES, STAGE

PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"
PARTICIPANT_PREFIX = "ZyXwvu1T2sRq/st-ZyXwvu1T2s/xYz1c2d3e4f/2024-01-01T12-00-55Z"
COMPOSITION_PREFIX = "ZyXwvu1T2sRq/s2AdaGUbvQgp/2pBRKrNgX1ff/composite"
STORAGE = "arn:aws:ivs:us-west-2:123456789012:storage-configuration/a1B2c3D4e5F6"
FIRST_STREAM, SECOND_STREAM = "st-254sopYUvi6F78ghpO9vn0A", "st-1A2b3c4D5e6F78ghij9Klmn"

CHANNEL_EVENTS = {
    "start failure": at(SAMPLES["recording start failure"], "16:17:20", "a"),
    "start": at(SAMPLES["recording start"], "16:17:26", "b", stream_id=FIRST_STREAM),
    # The stream was interrupted, and the recording goes on with the next one.
    "end failure": at(
        SAMPLES["recording end failure"], "16:19:00", "c", recording_duration_ms=94000
    ),
    "end": at(SAMPLES["recording end"], "16:20:00", "d", recording_duration_ms=154000),
}
# The same once more, with another id: of two ends the later one counts.
LATER_END = at(SAMPLES["recording end"], "16:21:00", "e", recording_duration_ms=154500)
PARTICIPANT_EVENTS = {
    "start": at(SAMPLES["participant recording start"], "12:00:55", "a"),
    # The participant came back into another session of the stage.
    "end failure": at(
        SAMPLES["participant recording end failure"], "12:09:00", "b", session_id="st-Next1Session"
    ),
    "end": at(SAMPLES["participant recording end"], "12:10:02", "c", session_id="st-Next1Session"),
}
COMPOSITION_EVENTS = {
    "start": at(SAMPLES["destination start"], "12:00:00", "a"),
    "failure": at(SAMPLES["destination failure"], "12:05:00", "b"),
    "end": at(SAMPLES["destination end"], "12:06:00", "c"),
}
DESTINATIONS = {
    "destinations": [
        {"Id": "AbCdef1G2hij", "Configuration": {"Channel": {"ChannelArn": CHANNEL}}},
        {
            "Id": "2pBRKrNgX1ff",
            "Configuration": {"S3": {"StorageConfigurationArn": STORAGE}},
            "Detail": {"S3": {"RecordingPrefix": COMPOSITION_PREFIX}},
        },
    ]
}


def composition(destinations: list[Json]) -> Json:
    """What the API answers about the composition."""
    return {"Composition": {"Arn": COMPOSITION, "StageArn": STAGE, "Destinations": destinations}}


ANSWERS = {
    "ReadComposition": composition(DESTINATIONS["destinations"]),
    "ReadStorage": {"StorageConfiguration": {"S3": {"BucketName": "amzn-s3-demo-bucket"}}},
}
