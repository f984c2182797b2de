"""Stage the code of the functions and of the layer."""

from __future__ import annotations

import contextlib
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cdk_ivs._services.sources import copy_module

if TYPE_CHECKING:
    from collections.abc import Iterator


class Package(NamedTuple):
    """
    A package that runs in AWS Lambda.

    Attributes:
        name: The name by which Lambda imports it.
        anchor: The name by which this library finds its files.
        modules: Its modules. Other files in the folder, such as compiled files, are left out: they
            would change the hash of the asset from machine to machine.
    """

    name: str
    anchor: str
    modules: tuple[str, ...]


TOKENS = Package(
    "ivs_tokens",
    "ivs_tokens",
    (
        "__init__",
        "__main__",
        "_checks",
        "_claims",
        "_der",
        "_errors",
        "_explain",
        "_jws",
        "_lifetimes",
        "_reading",
        "_shown",
        "_signers",
        "_tokens",
        "_verify",
    ),
)
HANDLER = Package(
    "cdk_ivs_token_handler",
    f"{__package__}.cdk_ivs_token_handler",
    (
        "__init__",
        "aws",
        "callers",
        "choices",
        "configuration",
        "errors",
        "events",
        "handler",
        "minters",
    ),
)
CALLED = f"{HANDLER.name}.handler.handle"
# Where Lambda looks for the packages in a layer.
LAYER_FOLDER = "python"


@contextlib.contextmanager
def staged(*packages: Package, folder: str = "") -> Iterator[str]:
    """
    Copy packages into a temporary folder, which is deleted at the end.

    The files have the same bytes wherever this library is installed, and the asset the same hash.
    """
    with tempfile.TemporaryDirectory() as root:
        for package in packages:
            source = files(package.anchor)
            target = Path(root, folder, package.name)
            target.mkdir(parents=True)
            for module in package.modules:
                copy_module(source, target, module)
        yield root
