"""What the import of the library sends and loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

LARGE_MODULES = {
    "aws_cdk.aws_cloudwatch",
    "aws_cdk.aws_events",
    "aws_cdk.aws_kms",
    "aws_cdk.aws_lambda",
    "aws_cdk.aws_s3",
    "aws_cdk.custom_resources",
}

# Older versions of aws_cdk load all their modules themselves, which takes eight seconds: one
# process tells all.
IMPORT = """
import json, sys
import aws_cdk
from benchmarks.messages import sent_messages
from importlib import resources
read = []
files = resources.files
resources.files = lambda package: read.append(package) or files(package)
before = set(sys.modules)
with sent_messages() as messages:
    import cdk_ivs
modules = sorted(set(sys.modules) - before)
hasattr(cdk_ivs, "__wrapped__")
found = {"messages": messages, "modules": modules, "read": [*read]}
cdk_ivs.PublicKey
found["used"] = sorted(set(sys.modules) - before - set(modules))
cdk_ivs.ChannelType
found["read for names"] = [*read]
cdk_ivs.chat.FallbackResult
found["read for names of chat"] = [*read]
channel = cdk_ivs.Channel(aws_cdk.Stack(aws_cdk.App(), "Stack"), "Channel")
came = [type(channel.add_stream_key("Key")), type(channel.grants)]
assert "StreamKey" not in vars(cdk_ivs)
cdk_ivs.chat.Room
came.append(sys.modules["cdk_ivs._monitoring.metric_options"].MetricOptions)
try:
    cdk_ivs.Channel(None, None, name="x")
except TypeError as error:
    came += [type(error), repr(error)[:17]]
found["came"] = [str(each) for each in came]
print(json.dumps(found))
"""


def resources_in(module: str) -> bool:
    """Whether a module is one of the library's that define resources, or has such in it."""
    return module.startswith(("cdk_ivs._low_latency", "cdk_ivs._real_time"))


@pytest.fixture(scope="module")
def imported() -> dict[str, list[str]]:
    """What the import of the library does after that of aws_cdk, in a fresh process."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    output = subprocess.check_output([sys.executable, "-c", IMPORT], env=environment, text=True)
    result: dict[str, list[str]] = json.loads(output)
    return result


class TestImport:
    def test_sends_nothing(self, imported: dict[str, list[str]]) -> None:
        """
        The import takes no message.
        """
        assert imported["messages"] == []

    def test_loads_no_large_module(self, imported: dict[str, list[str]]) -> None:
        """
        The import loads none of the CDK's large modules.
        """
        assert "cdk_ivs" in imported["modules"]
        assert LARGE_MODULES.isdisjoint(imported["modules"])

    def test_loads_no_resource(self, imported: dict[str, list[str]]) -> None:
        """
        The import loads none of the library's own modules of resources.
        """
        assert [name for name in imported["modules"] if resources_in(name)] == []

    def test_a_use_loads_one_resource(self, imported: dict[str, list[str]]) -> None:
        """
        The first use of a name loads the module that defines it, and no other resource.
        """
        assert [name for name in imported["used"] if resources_in(name)] == [
            "cdk_ivs._real_time",
            "cdk_ivs._real_time.public_key",
        ]

    def test_does_not_read_the_names(self, imported: dict[str, list[str]]) -> None:
        """
        The import of a package does not wait for the list of names, nor does what Python itself
        looks for: the list is read before the first name is used, and once.
        """
        assert imported["read"] == []
        assert imported["read for names"] == ["cdk_ivs"]
        assert imported["read for names of chat"] == ["cdk_ivs", "cdk_ivs.chat"]

    def test_what_comes_with_a_name_is_of_its_package_too(
        self, imported: dict[str, list[str]]
    ) -> None:
        """
        A class that no one asked for, and that a method of another one makes, has its public name.
        """
        assert imported["came"] == [
            "<class 'cdk_ivs.StreamKey'>",
            "<class 'cdk_ivs.ChannelGrants'>",
            "<class 'cdk_ivs.MetricOptions'>",
            "<class 'cdk_ivs.ArgumentTypeError'>",
            "ArgumentTypeError",
        ]
