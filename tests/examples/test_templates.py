"""What the examples synthesize."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

from tests.examples.apps import (
    EXAMPLES,
    NAMES,
    NEWEST,
    Assembly,
    as_dict,
    clean_environment,
    golden,
    looked_up,
    synthesize,
)
from tests.support.oracles import cdk_findings, cfn_lint_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion


PARAMETERS = [
    pytest.param(name, marks=pytest.mark.newest) if name in NEWEST else name for name in NAMES
]


@pytest.fixture(scope="module", params=PARAMETERS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of an example."""
    return str(request.param)


@pytest.fixture(scope="module")
def assembly(name: str, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The example, synthesized once for all tests."""
    return synthesize(EXAMPLES / name, tmp_path_factory.mktemp(name))


def test_template(assembly: Assembly, snapshot: SnapshotAssertion) -> None:
    """
    An example makes the template that was read and found right.
    """
    assert assembly.template == snapshot(extension_class=JSONSnapshotExtension)


def test_cfn_lint_finds_nothing(assembly: Assembly) -> None:
    """
    cfn-lint has nothing to say to an example.
    """
    assert cfn_lint_findings(assembly.text) == []


@pytest.mark.newest
def test_cdk_validation_finds_nothing(assembly: Assembly) -> None:
    """
    The CDK's own validation has nothing to say to an example.
    """
    assert cdk_findings(assembly.directory) == []


def test_nothing_is_annotated(assembly: Assembly) -> None:
    """
    No construct of an example has a warning.
    """
    assert assembly.annotations == []


def test_stream_keys_go_into_secrets_only() -> None:
    """
    The value of a stream key, of a channel or a stage, goes into the secret that is there for it.
    """
    places = [place for name in NAMES for place in _values_of_stream_keys(golden(name), name)]
    assert places == [
        "basic_channel/Resources/ChannelStreamKeySecret9A44621F/Properties/SecretString",
        "rtmp_ingest_stage/Resources/StageEncoderStreamKeyAD86A36B/Properties/SecretString",
    ]


@pytest.mark.newest
@pytest.mark.parametrize("script", NAMES)
def test_apps_run_as_scripts(script: str, tmp_path: Path) -> None:
    """
    Started from its folder, with neither the CLI nor its cdk.json, an app makes the same template.
    """
    assert _run(script, tmp_path) == golden(script)


def test_nothing_is_left_to_look_up(assembly: Assembly) -> None:
    """
    The answers of all look-ups are among the files, so that no account is needed.
    """
    assert "missing" not in as_dict((assembly.directory / "manifest.json").read_text())


def _run(name: str, directory: Path) -> dict[str, Any]:
    subprocess.run(
        [sys.executable, "app.py"],
        cwd=EXAMPLES / name,
        env=clean_environment(
            CDK_OUTDIR=str(directory), CDK_CONTEXT_JSON=json.dumps(looked_up(EXAMPLES / name))
        ),
        check=True,
    )
    (template,) = directory.glob("*.template.json")
    return as_dict(template.read_text())


def _values_of_stream_keys(node: object, place: str) -> Iterator[str]:
    match node:
        case {"Fn::GetAtt": [_, "Value" | "StreamKey"]}:
            yield place
        case dict():
            for key, value in node.items():
                yield from _values_of_stream_keys(value, f"{place}/{key}")
        case list():
            for index, value in enumerate(node):
                yield from _values_of_stream_keys(value, f"{place}/{index}")
