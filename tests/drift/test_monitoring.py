"""Metrics, events and types in the database of the CDK CLI."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from .conftest import Compare

# The script and its data are of the repository, and the data of the newest packages.
pytestmark = pytest.mark.newest


class TestDatabase:
    @pytest.fixture
    def database(self) -> dict[str, Any]:
        """A database with a type of resources, a metric, and a type of events."""
        return {
            "resource": {
                "entities": [
                    {
                        "$id": "1",
                        "cloudFormationType": "AWS::IVS::Stage",
                        "properties": {"Name": {}},
                        "attributes": {"Arn": {}},
                    },
                    {"$id": "2", "cloudFormationType": "AWS::S3::Bucket", "properties": {"A": {}}},
                ]
            },
            "metric": {
                "entities": [
                    {"$id": "3", "namespace": "AWS/S3", "name": "Other"},
                    {
                        "$id": "4",
                        "namespace": "AWS/IVS",
                        "name": "ConcurrentViews",
                        "statistic": "Maximum",
                    },
                ]
            },
            "event": {
                "entities": [
                    {"$id": "5", "source": "aws.ivs", "detailType": "IVS Stream Health Change"},
                    {"$id": "6", "source": "aws.s3", "detailType": "Other"},
                ]
            },
            "eventTypeDefinition": {
                "entities": [{"$id": "7", "properties": {"event_name": {}, "stream_id": {}}}]
            },
            "eventUsesType": {"forward": {"5": [{"$id": "7"}]}},
        }

    def test_types(self, drift: ModuleType, differences: Compare, database: dict[str, Any]) -> None:
        """
        The properties and attributes of the types of IVS are compared, and of no other.
        """
        known = {
            "AWS::IVS::Stage": "",
            "AWS::IVS::Stage attributes Arn": "",
            "AWS::IVS::Stage properties Name": "",
        }
        assert differences(known, drift.monitoring.types_of_database(database)) == []
        database["resource"]["entities"][0]["properties"] = {"New": {}}
        assert differences(known, drift.monitoring.types_of_database(database)) == [
            ("gone", "AWS::IVS::Stage properties Name", "", ""),
            ("new", "AWS::IVS::Stage properties New", "", ""),
        ]

    def test_metrics(
        self, drift: ModuleType, differences: Compare, database: dict[str, Any]
    ) -> None:
        """
        A metric and its statistic are compared; one that only the guides have is no difference.
        """
        known = drift.monitoring.metrics_of_library()
        metrics = database["metric"]["entities"]

        def found() -> list[tuple[str, ...]]:
            facts = drift.monitoring.metrics_of_database(database)
            return differences(known, facts, is_complete=False)

        assert found() == []
        metrics[1]["statistic"] = "Sum"
        metrics[0] |= {"namespace": "AWS/IVSChat", "statistic": "Average"}
        assert found() == [
            ("changed", "AWS/IVS ConcurrentViews", "Maximum", "Sum"),
            ("new", "AWS/IVSChat Other", "", "Average"),
        ]

    def test_events(
        self, drift: ModuleType, differences: Compare, database: dict[str, Any]
    ) -> None:
        """
        A type of events and a field are compared; what only the guides have is no difference.
        """
        known = drift.monitoring.events_of_library()

        def found() -> list[tuple[str, ...]]:
            facts = drift.monitoring.events_of_database(database)
            return differences(known, facts, is_complete=False)

        assert found() == []
        database["eventTypeDefinition"]["entities"][0]["properties"]["color"] = {}
        database["event"]["entities"][1] |= {"source": "aws.ivs", "detailType": "IVS New"}
        assert found() == [
            ("new", "IVS New", "", ""),
            ("new", "IVS Stream Health Change color", "", ""),
        ]
