"""The resources of elsewhere that stage broadcasts are given."""

from __future__ import annotations

from tests.support.arns import arn
from tests.support.events import CHANNEL, STAGE

ENCODER = arn("encoder-configuration/CdEfgh7I8jkl")
STORAGE = arn("storage-configuration/EfGhij3K4lmn")
VALUES = {
    "StageArn": STAGE,
    "ChannelArn": CHANNEL,
    "EncoderConfigurationArn": ENCODER,
    "StorageConfigurationArn": STORAGE,
}
