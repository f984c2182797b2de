"""The example apps, and how they are built and run."""

from __future__ import annotations

import json
import os
import re
import runpy
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import App, Stack

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SNAPSHOTS = Path(__file__).parent / "__snapshots__" / "test_templates"
NAMES = sorted(
    folder.name
    for folder in EXAMPLES.iterdir()
    if folder.is_dir() and not folder.name.startswith((".", "_"))
)

# They have resources or runtimes that the oldest aws-cdk-lib does not know, functions of the CDK's,
# whose code is another with every aws-cdk-lib, or a role of a state machine, which had no condition
# once.
NEWEST = {
    "ads_channel",
    "all_stages_events",
    "composition_recorder",
    "geo_restricted_channel",
    "idle_guard",
    "private_channel",
    "recording_index",
    "recording_pipeline",
    "rtmp_ingest_stage",
    "stage",
    "stage_broadcast",
    "stage_with_tokens",
    "stream_lifecycle",
    "ugc_backend",
}


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """
    What the synthesis of an example has made.

    Attributes:
        directory: The cloud assembly.
        text: The template as it was written.
        annotations: The informations, warnings and errors that constructs were annotated with.
    """

    directory: Path
    text: str
    annotations: list[str]

    @property
    def template(self) -> dict[str, Any]:
        """The template."""
        return as_dict(self.text)


def synthesize(
    folder: Path, directory: Path, change: Callable[[Stack], None] | None = None
) -> Assembly:
    """
    Build the app in the folder with the context that the CLI gives it, and synthesize it.

    Args:
        folder: The folder of the app.
        directory: Where the cloud assembly is written.
        change: Changes the stack before it is synthesized.
    """
    app = App(
        outdir=str(directory),
        analytics_reporting=False,
        context=as_dict((folder / "cdk.json").read_text())["context"] | looked_up(folder),
    )
    stack = runpy.run_path(str(folder / "app.py"))["build"](app)
    if change is not None:
        change(stack)
    artifact = app.synth().get_stack_artifact(stack.artifact_id)
    return Assembly(
        directory=directory,
        text=(directory / stack.template_file).read_text(),
        annotations=[str(message.entry.data) for message in artifact.messages],
    )


def looked_up(folder: Path) -> dict[str, Any]:
    """The answers of look-ups that are among the files of an app."""
    file = folder / "cdk.context.json"
    return as_dict(file.read_text()) if file.exists() else {}


def golden_file(name: str) -> Path:
    """The file of the template that an example is known to make."""
    return SNAPSHOTS / f"test_template[{name}].json"


def golden(name: str) -> dict[str, Any]:
    """The template that an example is known to make."""
    return as_dict(golden_file(name).read_text())


def readme_blocks(name: str, language: str) -> list[str]:
    """The blocks of a language in the README of an example."""
    text = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def clean_environment(**variables: str) -> dict[str, str]:
    """
    The environment for a child: the imports of this process, nobody's account or settings.

    A child does not validate its templates, which takes two seconds: ``cdk_findings`` is asked
    about the same templates in the process of the tests.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "CDK_")) and name not in {"CI", "FORCE_COLOR"}
    }
    imports = os.pathsep.join(path for path in sys.path if path)
    ours = {
        "AWS_EC2_METADATA_DISABLED": "true",
        # The CDK writes to the error stream otherwise, where nobody reads it.
        "JSII_DEPRECATED": "fail",
        "CDK_VALIDATION": "false",
        "PYTHONPATH": imports,
    }
    return kept | ours | variables


def unmeasured_environment(**variables: str) -> dict[str, str]:
    """The environment for a child that imports a copy, whose coverage is not to be measured."""
    environment = clean_environment(**variables)
    return {name: environment[name] for name in environment if not name.startswith("COVERAGE_")}


def as_dict(text: str) -> dict[str, Any]:
    """The object that a JSON text holds."""
    content = json.loads(text)
    assert isinstance(content, dict)
    return content
