"""What is imported, and when."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import cdk_ivs
import ivs_tokens
from tests.examples.apps import clean_environment
from tests.support.keys import PRIVATE_PEM

FOLDER = Path(ivs_tokens.__file__).parent
NAMES = [
    "KmsSigner",
    "PemSigner",
    "TokenError",
    "connection_token",
    "participant_token",
    "playback_token",
]
HEAVY = {
    "argparse",
    "aws_cdk",
    "boto3",
    "botocore",
    "cdk_ivs",
    "constructs",
    "cryptography",
    "dataclasses",
    "datetime",
    "hashlib",
    "jsii",
    "logging",
    "typing",
    "uuid",
}


def loaded_by(code: str) -> set[str]:
    """Which of the heavy modules a fresh process has after it ran some code."""
    script = f"import sys; before = set(sys.modules)\n{code}\nprint(*set(sys.modules) - before)"
    # Without the site module, which may load some of them for tools of the environment.
    command = [sys.executable, "-S", "-c", script]
    printed = subprocess.check_output(command, env=clean_environment(), text=True)
    return HEAVY & set(printed.split())


def test_the_import_loads_nothing_heavy() -> None:
    """
    The library is loaded without the CDK, without boto3 and without cryptography.
    """
    assert loaded_by("import ivs_tokens") == set()


def test_a_token_needs_nothing_heavy() -> None:
    """
    A token that an object of yours signs is made without them too.
    """
    code = """
        class Signer:
            def sign(self, message): return bytes(96)
        import ivs_tokens
        ivs_tokens.playback_token(
            Signer(),
            channel_arn="arn:aws:ivs:us-west-2:123456789012:channel/a",
            expires_in=300,
            allowed_origins=["https://example.com"],
        )
    """
    assert loaded_by("\n".join(line[8:] for line in code.splitlines())) == set()


def test_a_pem_loads_cryptography() -> None:
    """
    A signer with a PEM loads cryptography, and not boto3.
    """
    loaded = loaded_by(f"import ivs_tokens; ivs_tokens.PemSigner({PRIVATE_PEM!r})")
    assert "cryptography" in loaded
    assert loaded.isdisjoint({"aws_cdk", "boto3", "botocore", "cdk_ivs", "jsii"})


def test_kms_loads_boto3() -> None:
    """
    A signer with a key in KMS loads boto3, unless it is given a client, and not cryptography.
    """
    arn = "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    made = f"import ivs_tokens; ivs_tokens.KmsSigner({arn!r}"
    assert "boto3" in loaded_by(f"{made})")
    client = "class Client:\n    def sign(self, **_): pass\n"
    assert loaded_by(f"{client}{made}, client=Client())") == set()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.py")), ids=lambda file: file.name)
def test_only_the_standard_library_is_imported(file: Path) -> None:
    """
    A module imports the standard library and its neighbors; the two other packages are imported
    where they are used.
    """
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef)
        for node in ast.walk(outer)
    }
    allowed = {*sys.stdlib_module_names, "__future__"}
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [str(node.module)]
        extra = {"boto3", "cryptography"} if id(node) in inner else set()
        assert {name.partition(".")[0] for name in names} <= allowed | extra


def test_argparse_is_for_the_command_line() -> None:
    """
    No module but that of the command line imports argparse.
    """
    files = [file.name for file in FOLDER.glob("*.py") if "import argparse" in file.read_text()]
    assert files == ["__main__.py"]


def test_the_constructs_do_not_import_the_library() -> None:
    """
    No module of cdk_ivs imports ivs_tokens, but for the code that runs in Lambda beside it.
    """
    for file in Path(str(cdk_ivs.__file__)).parent.rglob("*.py"):
        if file.parent.name == "cdk_ivs_token_handler":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert "ivs_tokens" not in {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                assert str(node.module).partition(".")[0] != "ivs_tokens"


class TestPublicNames:
    def test_are_those_of_the_list(self) -> None:
        """
        What can be imported is what is named, in the order of the alphabet.
        """
        assert ivs_tokens.__all__ == NAMES
        assert {
            name
            for name, value in vars(ivs_tokens).items()
            if not name.startswith("_") and getattr(value, "__module__", "") == "ivs_tokens"
        } == set(NAMES)

    @pytest.mark.parametrize("name", NAMES)
    def test_are_of_the_package(self, name: str) -> None:
        """
        A traceback and a pickle have the name that users import, and each name is documented.
        """
        value = getattr(ivs_tokens, name)
        assert (value.__module__, value.__qualname__) == ("ivs_tokens", name)
        assert pickle.loads(pickle.dumps(value)) is value  # noqa: S301 - made here
        assert value.__doc__

    def test_an_error_is_a_value_error(self) -> None:
        """
        Code that expects a ValueError catches what the library raises.
        """
        assert issubclass(ivs_tokens.TokenError, ValueError)

    def test_types_are_published(self) -> None:
        """
        Type checkers are told that the package has types.
        """
        assert (FOLDER / "py.typed").is_file()
