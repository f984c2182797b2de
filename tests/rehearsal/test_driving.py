"""Deployments by change sets give what the CLI gives."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.examples.apps import EXAMPLES, synthesize
from tests.rehearsal.emulation import Cloud
from tests.rehearsal.generated.driving import Driver
from tests.rehearsal.inventory import inventory

pytestmark = [pytest.mark.newest, pytest.mark.rehearsal]

# A function of the library, and a function that IVS calls.
APPS = {"chat_room": "ChatRoom", "geo_restricted_channel": "GeoRestrictedChannel"}


def _result(cloud: Cloud, name: str) -> dict[str, Any]:
    """What a deployment has made, without names that are different each time."""
    driver = Driver(cloud, name)
    template = driver.formation.get_template(StackName=name)["TemplateBody"]
    return {
        "calls": cloud.ivs.written(),
        "kinds": Counter(item.kind for item in inventory(cloud)),
        "outputs": sorted(cloud.outputs(name)),
        "resources": {id: kind for id, (kind, _) in driver.resources().items()},
        "status": cloud.stack(name)["StackStatus"],
        "template": template,
    }


@pytest.mark.parametrize("example", APPS)
def test_driver_does_what_the_cli_does(example: str, cloud: Cloud, tmp_path: Path) -> None:
    """
    The same app has the same calls, resources, outputs and template, and no changes afterward.
    """
    name, folder = APPS[example], tmp_path / "out"
    synthesize(EXAMPLES / example, folder)
    outcome = cloud.deploy(folder)
    assert outcome.succeeded, outcome.text
    by_cli = _result(cloud, name)
    driver = Driver(cloud, name)
    assert driver.prepare(folder) == []
    cloud.clear()

    assert driver.prepare(folder) != []
    assert driver.execute() == "CREATE_COMPLETE"
    assert _result(cloud, name) == by_cli
    assert "(no changes)" in cloud.deploy(folder).text
    driver.destroy()
    assert cloud.ivs.state() == {}
