"""Models of the APIs."""

from __future__ import annotations

import copy
from types import ModuleType
from typing import Any

import botocore.session
import pytest
from botocore.model import ServiceModel

from .conftest import Compare

# The script and its data are of the repository, and the data of the newest packages.
pytestmark = pytest.mark.newest


class TestApi:
    @pytest.fixture
    def model(self) -> dict[str, Any]:
        """A copy of the model of low-latency streaming."""
        loader = botocore.session.Session().get_component("data_loader")
        copied: dict[str, Any] = copy.deepcopy(loader.load_service_model("ivs", "service-2"))
        return copied

    def test_operations(
        self, drift: ModuleType, differences: Compare, model: dict[str, Any]
    ) -> None:
        """
        An operation with its parameters and results is compared.
        """
        known = drift.api.facts_of_service(ServiceModel(model, "ivs"))
        model["operations"]["MuteStream"] = {
            "name": "MuteStream",
            "input": {"shape": "StopStreamRequest"},
            "output": {"shape": "StopStreamResponse"},
        }
        del model["operations"]["StopStream"]
        found = differences(known, drift.api.facts_of_service(ServiceModel(model, "ivs")))
        (arn,) = {value for kind, fact, *_, value in found if fact == "MuteStream takes channelArn"}
        assert arn.startswith("string, min 1, max 128, pattern")
        assert [one[:2] for one in found] == [
            ("new", "MuteStream"),
            ("new", "MuteStream takes channelArn"),
            ("new", "MuteStream takes channelArn required"),
            ("gone", "StopStream"),
            ("gone", "StopStream takes channelArn"),
            ("gone", "StopStream takes channelArn required"),
        ]

    def test_parameters_and_enums(
        self, drift: ModuleType, differences: Compare, model: dict[str, Any]
    ) -> None:
        """
        A parameter, a limit, a result, a value of an enum, and a documented code are compared.
        """
        known = drift.api.facts_of_service(ServiceModel(model, "ivs"))
        shapes = model["shapes"]
        shapes["UpdateChannelRequest"]["members"]["color"] = {"shape": "ChannelName"}
        shapes["ThumbnailConfiguration"]["members"]["targetIntervalSeconds"] = {"shape": "Seconds"}
        shapes["Seconds"] = {"type": "long", "min": 2, "max": 60}
        shapes["StopStreamResponse"]["members"]["when"] = {"shape": "Seconds"}
        shapes["StreamState"]["enum"].append("PAUSED")
        code = shapes["StreamEvent"]["members"]["code"]
        code["documentation"] += "<p><code>NewCode</code> \N{EM DASH} New.</p>"
        found = differences(known, drift.api.facts_of_service(ServiceModel(model, "ivs")))
        assert [one[:2] for one in found] == [
            (
                "changed",
                "CreateRecordingConfiguration takes thumbnailConfiguration/targetIntervalSeconds",
            ),
            ("new", "StopStream returns when"),
            ("new", "StreamEvent code NewCode"),
            ("new", "UpdateChannel takes color"),
            ("new", "enum StreamState PAUSED"),
        ]
        assert found[0][3] == "long, min 2, max 60"

    def test_a_structure_in_itself_ends(
        self, drift: ModuleType, differences: Compare, model: dict[str, Any]
    ) -> None:
        """
        The members of a structure that contains itself are listed once.
        """
        known = drift.api.facts_of_service(ServiceModel(model, "ivs"))
        model["shapes"]["StopStreamRequest"]["members"]["next"] = {"shape": "Requests"}
        model["shapes"]["Requests"] = {"type": "list", "member": {"shape": "StopStreamRequest"}}
        found = differences(known, drift.api.facts_of_service(ServiceModel(model, "ivs")))
        assert found == [("new", "StopStream takes next", "", "list")]

    def test_regions(self, drift: ModuleType, differences: Compare) -> None:
        """
        A Region of one of the APIs is compared.
        """
        endpoints = copy.deepcopy(botocore.session.Session().get_data("endpoints"))
        known = drift.api.regions_of(endpoints)
        endpoints["partitions"][0]["services"]["ivschat"]["endpoints"]["eu-north-1"] = {}
        found = differences(known, drift.api.regions_of(endpoints))
        assert found == [("new", "ivschat eu-north-1", "", "")]
