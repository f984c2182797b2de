"""What checkov finds is what docs/scanners.md argues. It runs by `make scan` alone."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk.aws_s3 import Bucket

from .apps import APPS, THE_REST, build
from .arguments import NOTHING, Finding, compared
from .checkov import COMMAND, Scan, scan
from .page import accept_all

pytestmark = [
    pytest.mark.newest,
    pytest.mark.skipif(COMMAND is None, reason="needs checkov: run `make scan`"),
]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scan]:
    """What checkov finds in each app, in one run of it."""
    apps = [build(name, tmp_path_factory.mktemp("scan")) for name in APPS]
    return dict(zip(APPS, scan(apps), strict=True))


@pytest.mark.parametrize("name", APPS)
def test_each_finding_is_argued(name: str, scans: dict[str, Scan]) -> None:
    """
    Every finding has a reason, and every reason still has its finding. Nothing is skipped.
    """
    assert compared(scans[name].found, "checkov", name) == NOTHING
    assert scans[name].skipped == []


def test_checkov_finds_what_is_wrong(tmp_path: Path) -> None:
    """
    All rules are really run: a bucket of the CDK has six findings.
    """
    app = cdk.App(outdir=str(tmp_path), analytics_reporting=False)
    stack = cdk.Stack(app, "Wrong")
    Bucket(stack, "Bucket")
    ((found, skipped),) = scan([(app, stack)])
    assert found == [
        Finding(f"CKV_AWS_{number}", "AWS::S3::Bucket", "Bucket/Resource")
        for number in ("18", "21", "53", "54", "55", "56")
    ]
    assert skipped == []


def test_the_code_of_the_page_suppresses_all(tmp_path: Path, scans: dict[str, Scan]) -> None:
    """
    With the code of the page, no finding of what the library creates is left: all are skipped.
    """
    app, stack = build(THE_REST, tmp_path)
    accept_all(stack)
    ((found, skipped),) = scan([(app, stack)])
    assert found == []
    # checkov also lists rules that the resource would keep.
    assert {*scans[THE_REST].found} <= {*skipped}
