"""The code that is uploaded for functions and for the layer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from aws_cdk import App, Stack

import cdk_ivs as ivs
import ivs_tokens
from cdk_ivs._services.custom_resource.construct import Handler
from cdk_ivs._token_functions.asset import HANDLER, TOKENS, Package
from tests.examples.apps import unmeasured_environment
from tests.support.rendered import resource_of
from tests.token_functions.construct_parts import KINDS, Make, playback

IVS_TOKENS = Path(str(ivs_tokens.__file__)).parent
CDK_IVS = Path(str(ivs.__file__)).parent
FILES = {
    f"{package.name}/{module}.py" for package in (TOKENS, HANDLER) for module in package.modules
}
HASHES = """
import json, sys
from aws_cdk import App, Stack
import cdk_ivs as ivs
app = App(outdir=sys.argv[1])
stack = Stack(app, "Stack")
room = ivs.chat.Room(stack, "Room")
ivs.ChatTokenFunction(
    stack,
    "Function",
    rooms=[room],
    roles={"reader": ivs.ChatRole()},
    identity=ivs.TokenIdentity.event_field("user"),
)
ivs.TokenLayer(stack, "Layer")
files = json.load(open(f"{app.synth().directory}/Stack.assets.json"))["files"]
hashes = [key for key, file in files.items() if file["source"]["packaging"] == "zip"]
print(json.dumps([ivs.__file__, sorted(hashes)]))
"""


def asset_of(app: App, construct: object) -> Path:
    """The folder of the asset that a resource has in the template."""
    metadata = resource_of(construct)["Metadata"]  # type: ignore[arg-type] - a construct
    return Path(app.outdir, metadata["aws:asset:path"])


def content_of(folder: Path) -> dict[str, bytes]:
    """The files in a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def metadata_stack(app: App) -> Stack:
    """A stack whose resources say where their assets are."""
    app.node.set_context("aws:cdk:enable-asset-metadata", True)
    return Stack(app, "Stack")


@pytest.fixture
def strict_umask() -> Iterator[None]:
    """A umask that leaves what is created to its owner."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.mark.parametrize("package", [TOKENS, HANDLER], ids=lambda package: package.name)
def test_all_modules_are_listed(package: Package) -> None:
    """
    The list of the modules of a package is that of its files.
    """
    names = [file.name for file in files(package.anchor).iterdir()]
    modules = sorted(name.removesuffix(".py") for name in names if name.endswith(".py"))
    assert list(package.modules) == modules


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_functions_have_both_packages(app: App, metadata_stack: Stack, make: Make) -> None:
    """
    Each is in a folder of its name, as the source has it, and there is nothing else.
    """
    function = make(metadata_stack)
    content = content_of(asset_of(app, function.function))
    assert content.keys() == FILES
    for name, source in (("ivs_tokens/_tokens.py", IVS_TOKENS / "_tokens.py"),):
        assert content[name] == source.read_bytes()
    assert not any(b"\r" in text for text in content.values())


def test_the_layer_has_the_library(app: App, metadata_stack: Stack) -> None:
    """
    A layer has its packages in the folder where Lambda looks for those of Python.
    """
    layer = ivs.TokenLayer(metadata_stack, "Layer")
    content = content_of(asset_of(app, layer))
    assert content.keys() == {f"python/ivs_tokens/{module}.py" for module in TOKENS.modules}


def test_all_functions_have_one_asset(app: App, metadata_stack: Stack) -> None:
    """
    The code is uploaded once, whatever the functions give out.
    """
    functions = [make(metadata_stack, kind) for kind, make in KINDS.items()]
    assert len({asset_of(app, function.function) for function in functions}) == 1


def test_nothing_is_left_in_the_temporary_folder(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What is staged is deleted as soon as the CDK has a copy.
    """
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    playback(stack)
    ivs.TokenLayer(stack, "Layer")
    assert [path.name for path in folder.iterdir() if not path.name.startswith("jsii")] == []


def _wheel(site: Path) -> Path:
    """Installed as by pip, which compiles the files."""
    for source in (CDK_IVS, IVS_TOKENS):
        shutil.copytree(source, site / source.name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(site)], check=True)
    return site


def _junk(site: Path) -> Path:
    """Installed with other line ends, and with what editors and systems leave behind."""
    _wheel(site)
    handler = site / "cdk_ivs" / "_token_functions" / "cdk_ivs_token_handler"
    for package in (site / "ivs_tokens", handler):
        for file in package.glob("*.py"):
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        for name in (".DS_Store", "._handler.py", "handler.py~", "untitled.py", "notes.txt"):
            (package / name).write_text("junk")
        (package / ".ipynb_checkpoints").mkdir()
    return site


def _archive(site: Path) -> Path:
    """In a zip file, as on the import path."""
    path = site.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for source in (CDK_IVS, IVS_TOKENS):
            for file in source.rglob("*.py"):
                archive.write(file, file.relative_to(source.parent))
    return path


@pytest.mark.once
@pytest.mark.parametrize("install", [_wheel, _junk, _archive], ids=lambda install: install.__name__)
def test_the_hash_is_the_same_everywhere(
    app: App, stack: Stack, tmp_path: Path, install: Callable[[Path], Path]
) -> None:
    """
    A wheel, a zip file and an editable installation upload the same, with compiled files and junk
    beside the source.
    """
    # Once: it starts processes of its own, of the installations that it makes.
    playback(stack)
    ivs.TokenLayer(stack, "Layer")
    found = json.loads(Path(app.synth().directory, "Stack.assets.json").read_text())["files"]
    expected = [key for key, file in found.items() if file["source"]["packaging"] == "zip"]
    place = install(tmp_path / "site")
    path = os.pathsep.join([str(place), *filter(None, sys.path)])
    printed = subprocess.check_output(
        [sys.executable, "-c", HASHES, str(tmp_path / "other.out")],
        env=unmeasured_environment(PYTHONPATH=path),
        text=True,
    )
    origin, hashes = json.loads(printed.splitlines()[-1])
    assert origin.startswith(str(place))
    assert hashes == sorted(expected)
    assert len(hashes) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_everybody_can_read_what_is_uploaded(
    metadata_stack: Stack, app: App, strict_umask: None
) -> None:
    """
    Lambda runs as another user than the one who deploys, whose umask may be strict.
    """
    layer = ivs.TokenLayer(metadata_stack, "Layer")
    function = playback(metadata_stack, signing_key=ivs.SigningKey(metadata_stack, "Key"))
    handler = Handler.of(metadata_stack).node.find_child("Handler")
    for construct in (layer, function.function, handler):
        modes = {
            file.stat().st_mode & 0o777
            for file in asset_of(app, construct).rglob("*")
            if file.is_file()
        }
        assert modes == {0o644}
