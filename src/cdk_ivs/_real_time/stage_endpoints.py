"""The endpoints of a stage, which CloudFormation does not return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._base.environments import check_arn_environment
from cdk_ivs._base.errors import located
from cdk_ivs._base.sdk_calls import SdkCall, call_sdk

if TYPE_CHECKING:
    from aws_cdk.custom_resources import AwsCustomResource
    from constructs import Construct

_ID = "GetStage"
_PATH = "stage.endpoints"
_NAMES = ("events", "rtmp", "rtmps", "whip")


class StageEndpoints:
    """
    The endpoints of one stage: ``stage.endpoints``.

    The first that is read makes a custom resource, once a stage, which asks ``ivs:GetStage``
    when the stack is deployed. They are asked for when the resource is made and not again: an
    application that signs participant tokens may keep them for 14 days by the guide, and asks
    ``ivs:GetStage`` itself after that.
    """

    def __init__(self, stage: Construct, stage_arn: str) -> None:
        self._stage = stage
        self._stage_arn = stage_arn
        self._call: AwsCustomResource | None = None
        self._read: dict[str, str] = {}

    @property
    def events(self) -> str:
        """The URL for events, ``events_url`` in participant tokens that are self-signed."""
        return self._field("events")

    @property
    def whip(self) -> str:
        """The URL for WHIP, ``whip_url`` in participant tokens that are self-signed."""
        return self._field("whip")

    @property
    def rtmp(self) -> str:
        """The URL that encoders open to send over RTMP, which is insecure."""
        return self._field("rtmp")

    @property
    def rtmps(self) -> str:
        """The URL that encoders open to send over RTMPS."""
        return self._field("rtmps")

    def _field(self, name: str) -> str:
        if name not in self._read:
            if self._call is None:
                self._call = self._ask()
            self._read[name] = self._call.get_response_field(f"{_PATH}.{name}")
        return self._read[name]

    def _ask(self) -> AwsCustomResource:
        with located(self._stage, _ID):
            check_arn_environment("stage_arn", self._stage_arn, self._stage)
        return call_sdk(
            self._stage,
            _ID,
            resource_arn=self._stage_arn,
            resource_type="Custom::IVSStageEndpoints",
            on_update=SdkCall(
                "getStage",
                {"arn": self._stage_arn},
                outputs=[f"{_PATH}.{name}" for name in _NAMES],
                service="IVSRealTime",
            ),
        )
