"""
The public names, each imported from the module that defines it.

Type checkers read these imports, and so does the loader. There is no other list of the names.
"""

from ._event_webhook.construct import EventWebhook as EventWebhook
from ._idle_guard.construct import IdleGuard as IdleGuard
from ._idle_guard.stream_key_rotation import StreamKeyRotation as StreamKeyRotation
from ._private_ingest import PrivateIngest as PrivateIngest
from ._recording_delivery.construct import RecordingDelivery as RecordingDelivery
from ._recording_delivery.prefixes import RecordingKind as RecordingKind
from ._recording_index.construct import RecordingIndex as RecordingIndex
from ._stage_broadcast.construct import StageBroadcast as StageBroadcast
from ._stage_broadcast.layout import (
    CompositionLayout as CompositionLayout,
    LayoutKind as LayoutKind,
    PipBehavior as PipBehavior,
    PipPosition as PipPosition,
    VideoAspectRatio as VideoAspectRatio,
    VideoFillMode as VideoFillMode,
)
