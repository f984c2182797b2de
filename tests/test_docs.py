"""What the pages of the site show is run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import chat, patterns
from cdk_ivs._iam.resource_types import TYPES
from tests.support.keys import P384_PEM

ROOT = Path(__file__).parent.parent
SOURCE = Path(ivs.__file__).parent
QUESTIONS = sorted(f"questions/{page.stem}" for page in (ROOT / "docs/questions").glob("*.md"))
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in (
        "low-latency",
        "real-time",
        "chat",
        "permissions",
        "monitoring",
        "tokens",
        "patterns",
        *(f"jobs/{page.stem}" for page in sorted((ROOT / "docs" / "jobs").glob("*.md"))),
        *QUESTIONS,
    )
}
# The blocks of the page on tokens need KMS and files: tests/ivs_tokens runs them.
RUN_HERE = [name for name in PAGES if name != "tokens"]


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(
            block,
            id=f"{page}: {block.splitlines()[-1]}",
            marks=[pytest.mark.newest] if "AdConfiguration(" in block else [],
        )
        for page in RUN_HERE
        for block in blocks(page, "python")
    ],
)
def test_python_blocks_run(
    block: str, located_stack: cdk.Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Each Python block runs, and what it makes can be synthesized.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public.pem").write_text(P384_PEM)
    exec(block, {"cdk": cdk, "ivs": ivs, "stack": located_stack})  # noqa: S102 - the page is ours
    assert cdk.App.of(located_stack).synth().stacks


GET_STARTED = "get-started.md#2-write-the-app"
NEEDS_AN_APP = [
    name
    for name in RUN_HERE
    if name.startswith("jobs/")
    or name in {"chat", "low-latency", "monitoring", "permissions", "real-time"}
]


@pytest.mark.parametrize("page", NEEDS_AN_APP)
def test_a_page_says_where_its_code_belongs(page: str) -> None:
    """
    The blocks use names of the app of the tutorial, so the first one is followed by a link to it.
    """
    first, *_ = blocks(page, "python")
    assert "ivs." in first or "patterns." in first or "chat." in first
    assert "app = cdk.App()" not in first
    after = PAGES[page].split(first, 1)[1]
    link = f"../{GET_STARTED}" if "/" in page else GET_STARTED
    assert f"[Get started]({link})" in after.split("\n\n")[1]


def test_private_playback_is_one_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One block of the page on low latency has the whole path: IVS gets the public half of the key
    that signs, and a user who signed in calls the function.
    """
    monkeypatch.chdir(tmp_path)
    (block,) = (each for each in blocks("low-latency", "python") if "HttpApi(" in each)
    names: dict[str, object] = {}
    exec(block, names)  # noqa: S102 - the page is ours
    template = Template.from_stack(names["stack"])
    (reader,) = template.find_resources("Custom::IVSSigningKeyPem")
    material = {"Fn::GetAtt": [reader, "PublicKeyPem"]}
    template.has_resource_properties("AWS::IVS::PlaybackKeyPair", {"PublicKeyMaterial": material})
    template.has_resource_properties(
        "AWS::ApiGatewayV2::Route",
        {"AuthorizationScopes": ["tokens/create"], "AuthorizationType": "JWT"},
    )
    template.has_resource_properties(
        "AWS::Cognito::UserPoolResourceServer",
        {"Identifier": "tokens", "Scopes": [{"ScopeName": "create"}]},
    )


def warnings_of(page: str) -> list[str]:
    """The ids in the table of warnings of a page."""
    return re.findall(r"^\| `(cdk-ivs:[\w-]+)` \|", PAGES[page], re.MULTILINE)


def test_the_warnings_are_those_that_there_are() -> None:
    """
    The tables together name every id that the library warns under, and no other.
    """
    source = "\n".join(file.read_text() for file in SOURCE.rglob("*.py"))
    ids = set(re.findall(r'"(cdk-ivs:[\w-]+)"[,)]', source))
    ids |= {
        f"cdk-ivs:Quota{what.title().replace(' ', '')}"
        for what in re.findall(r'warn_about_quota\(\s*\w+,\s*scope,\s*"([a-z ]+)"', source)
    }
    quotas = [one.quota.plural for one in TYPES if one.quota is not None]
    ids |= {f"cdk-ivs:Quota{plural.title().replace(' ', '')}" for plural in quotas}
    assert {id for page in PAGES for id in warnings_of(page)} == ids
    counts = [len(warnings_of(page)) for page in PAGES]
    assert [count for count in counts if count] == [13, 9, 8, 1, 3, 2, 4]


@pytest.mark.parametrize("page", PAGES)
def test_a_warning_is_listed_once_a_page(page: str) -> None:
    """
    What concerns several pages may be on each of them, but on none twice.
    """
    assert len(warnings_of(page)) == len(set(warnings_of(page)))


def test_the_statement_is_the_one_that_is_warned_about(located_stack: cdk.Stack) -> None:
    """
    The page on real time shows the statement that a bucket from elsewhere needs.
    """
    bucket = s3.Bucket.from_bucket_name(located_stack, "Bucket", cdk.Fn.import_value("Name"))
    ivs.StorageConfiguration(located_stack, "Storage", bucket=bucket)
    assembly = cdk.App.of(located_stack).synth()
    (message,) = assembly.get_stack_artifact(located_stack.artifact_id).messages
    (statement,) = blocks("real-time", "json")
    assert json.dumps([json.loads(statement)]) in str(message.entry.data)


def test_the_statements_of_logs_are_those_that_are_warned_about(located_stack: cdk.Stack) -> None:
    """
    The page on chat shows what the policies of a bucket and a key from elsewhere need.
    """
    key = kms.Key.from_key_arn(
        located_stack, "Key", "arn:aws:kms:us-west-2:123456789012:key/00000000"
    )
    bucket = s3.Bucket.from_bucket_attributes(
        located_stack, "Bucket", bucket_name=cdk.Fn.import_value("Name"), encryption_key=key
    )
    destination = chat.LoggingDestination.s3(bucket)
    chat.LoggingConfiguration(located_stack, "Logging", destination=destination)
    assembly = cdk.App.of(located_stack).synth()
    messages = assembly.get_stack_artifact(located_stack.artifact_id).messages
    shown = [json.dumps(json.loads(block)) for block in blocks("chat", "json")]
    warned = sorted(str(message.entry.data) for message in messages)
    assert len(shown) == len(warned) == 2
    assert [text in warning for text, warning in zip(shown, warned, strict=True)] == [True, True]


def test_the_statements_of_cloudfront_are_those_that_are_warned_about(
    located_stack: cdk.Stack,
) -> None:
    """
    The page shows what the policies of a bucket and a key from elsewhere need.
    """
    key = kms.Key.from_key_arn(
        located_stack, "Key", "arn:aws:kms:us-west-2:123456789012:key/00000000"
    )
    bucket = s3.Bucket.from_bucket_attributes(
        located_stack, "Bucket", bucket_name=cdk.Fn.import_value("Name"), encryption_key=key
    )
    patterns.RecordingDelivery(located_stack, "Delivery", bucket=bucket)
    assembly = cdk.App.of(located_stack).synth()
    messages = assembly.get_stack_artifact(located_stack.artifact_id).messages
    warned = "\n".join(str(message.entry.data) for message in messages)
    shown = [json.dumps(json.loads(block)) for block in blocks("jobs/watch-recordings", "json")]
    assert len(shown) == 2
    assert [text for text in shown if text not in warned] == []


def test_costs_come_to_what_is_said() -> None:
    """
    Each line of the arithmetic comes to the number in its comment, and the text has the same.
    """
    (block,) = re.findall(
        r"<!-- costs -->\n```python\n(.*?)^```$",
        PAGES["jobs/watch-recordings"],
        re.DOTALL | re.MULTILINE,
    )
    values: dict[str, float] = {}
    exec(block, values)  # noqa: S102 - the page is ours
    said = re.findall(r"^(\w+) = .*  # ([\d,.]+)$", block, re.MULTILINE)
    assert len(said) == 15
    for name, number in said:
        places = len(number.partition(".")[2])
        assert f"{values[name]:,.{places}f}" == number, name
    for text in ("11 cents", "9 cents a month", "50,000 viewers at 3 Mbps"):
        assert text in PAGES["jobs/watch-recordings"]
