"""What cdk-nag's pack AwsSolutions finds is what docs/scanners.md argues."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cdk_nag", reason="where the wheel is tested, there is no cdk-nag")

from .apps import APPS, build, build_example
from .arguments import NOTHING, Finding, argued, compared
from .nag import IS_PLUGIN, found_by_nag
from .page import accept_all

pytestmark = pytest.mark.newest


@pytest.mark.parametrize("name", APPS)
def test_each_finding_is_argued(name: str, tmp_path: Path) -> None:
    """
    Every finding has a reason, and every reason still has its finding. The code of the page
    suppresses all findings of what the library creates.
    """
    app, stack = build(name, tmp_path)
    found = found_by_nag(app, stack)
    assert compared(found, "cdk-nag", name) == NOTHING
    if IS_PLUGIN and found:
        accept_all(stack)
        assert {*found_by_nag(app, stack)}.isdisjoint(argued("cdk-nag", name, library=True))


def test_pack_finds_what_is_wrong(tmp_path: Path) -> None:
    """
    The pack is really run: a bucket without encryption in transit is found.
    """
    (tmp_path / "cdk.json").write_text('{"context": {}}')
    (tmp_path / "app.py").write_text(
        "import aws_cdk as cdk\n"
        "from aws_cdk.aws_s3 import Bucket\n"
        "def build(app):\n"
        "    stack = cdk.Stack(app, 'Wrong')\n"
        "    Bucket(stack, 'Bucket')\n"
        "    return stack\n"
    )
    app, stack = build_example(tmp_path, tmp_path / "cdk.out")
    assert found_by_nag(app, stack) == [
        Finding("AwsSolutions-S1", "AWS::S3::Bucket", "Bucket/Resource"),
        Finding("AwsSolutions-S10", "AWS::S3::Bucket", "Bucket/Resource"),
    ]
