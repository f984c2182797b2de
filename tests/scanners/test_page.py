"""docs/scanners.md: its data is complete, and its code suppresses what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template
from aws_cdk.aws_lambda import Runtime
from constructs import Construct

pytest.importorskip("cdk_nag", reason="where the wheel is tested, there is no cdk-nag")

from tests.examples.apps import EXAMPLES, NAMES, golden
from tests.support.arns import ACCOUNT, REGION
from tests.support.reflection import CLASSES

from .apps import APPS, THE_REST, build, build_the_rest
from .arguments import ROOT, module
from .nag import IS_PLUGIN, found_by_nag
from .page import REASON, accept_all, names

pytestmark = pytest.mark.newest

BY_PLUGIN = pytest.mark.skipif(not IS_PLUGIN, reason="this is for cdk-nag 3")
BY_ASPECT = pytest.mark.skipif(IS_PLUGIN, reason="`make nag` runs it")


class TestData:
    def test_is_complete(self) -> None:
        """
        Each argument has a reason, a source, and apps that exist.
        """
        for each in module().arguments():
            assert each.scanner in {"cdk-nag", "checkov"}
            assert each.resources
            assert each.why.endswith(".")
            assert each.source.startswith("https://docs.aws.amazon.com/")
            assert each.found
            for apps in each.found.values():
                assert apps == sorted(set(apps))
                assert set(apps) <= set(APPS)

    def test_has_no_argument_for_what_is_mended(self) -> None:
        """
        A finding that was mended cannot be argued later.
        """
        argued = {(each.scanner, each.rule, each.type) for each in module().arguments()}
        mended = {(each.scanner, each.rule, each.type) for each in module().mended()}
        assert len(mended) == len(module().mended()) == 5
        assert argued & mended == set()

    def test_no_service_may_call_a_function_for_all_accounts(self) -> None:
        """
        Each permission of a service in the examples names an account or a resource.
        """
        permissions = [
            (name, logical_id, resource["Properties"])
            for name in NAMES
            for logical_id, resource in golden(name)["Resources"].items()
            if resource["Type"] == "AWS::Lambda::Permission"
        ]
        assert len(permissions) == 4
        assert [
            (name, logical_id)
            for name, logical_id, properties in permissions
            if str(properties["Principal"]).endswith(".amazonaws.com")
            and not {"SourceAccount", "SourceArn"} & set(properties)
        ] == []

    def test_scanned_apps_have_every_construct(self) -> None:
        """
        Each public construct is in the code of an example, or of the app beside them.
        """
        code = "".join(
            file.read_text()
            for file in [*EXAMPLES.glob("*/app.py"), Path(__file__).with_name("apps.py")]
        )
        constructs = {
            name.rpartition(".")[2]
            for name, kind in CLASSES.items()
            if issubclass(kind, Construct) and not re.match(r"I[A-Z]", name.rpartition(".")[2])
        }
        assert len(constructs) > 25
        assert {name for name in constructs if not re.search(rf"\b{name}\(", code)} == set()


class TestLists:
    def test_are_those_of_the_data(self) -> None:
        """
        `make tables` would change nothing in the lists for the pipelines of users.
        """
        page = (ROOT / "docs/scanners.md").read_text(encoding="utf-8")
        lists = "\n".join(module().suppressions())
        assert f"<!-- suppressions -->\n\n{lists}\n<!-- /suppressions -->" in page


class TestRuntimes:
    def test_are_the_newest(self) -> None:
        """
        The functions have the newest runtime for Python that the newest aws-cdk-lib knows.
        """
        newest = max(
            int(name.removeprefix("PYTHON_3_"))
            for name in dir(Runtime)
            if re.fullmatch(r"PYTHON_3_\d+", name)
        )
        used = [
            resource["Properties"]["Runtime"]
            for name in NAMES
            for resource in golden(name)["Resources"].values()
            if resource["Type"] == "AWS::Lambda::Function"
        ]
        # That of the provider framework depends on the Region.
        assert {each for each in used if isinstance(each, str) and "python" in each} == {
            f"python3.{newest}"
        }


class TestCode:
    @BY_PLUGIN
    @pytest.mark.parametrize(
        "environment", [None, cdk.Environment(account=ACCOUNT, region=REGION)], ids=str
    )
    def test_suppresses_all_in_cdk_nag_3(
        self, tmp_path: Path, environment: cdk.Environment | None
    ) -> None:
        """
        No finding of what the library creates is left, with or without an account and a Region.
        """
        app = cdk.App(outdir=str(tmp_path), analytics_reporting=False)
        stack = build_the_rest(app, environment)
        before = found_by_nag(app, stack)
        assert len(before) > 4
        accept_all(stack)
        assert found_by_nag(app, stack) == []

    @BY_ASPECT
    def test_suppresses_all_in_cdk_nag_2(self, tmp_path: Path) -> None:
        """
        No finding of what the library creates is left.
        """
        app, stack = build(THE_REST, tmp_path)
        accept = names(0, 1, 3)["accept_with_cdk_nag_2"]
        for child in stack.node.children:
            accept(child, REASON)
        assert found_by_nag(app, stack) == []

    def test_writes_what_checkov_reads(self, stack: cdk.Stack) -> None:
        """
        The metadata of a resource lists each rule with the reason.
        """
        accept = names(0, 1)["accept"]
        queue = cdk.CfnResource(stack, "Queue", type="AWS::SQS::Queue")
        cdk.CfnResource(stack, "Other", type="AWS::SNS::Topic")
        accept(queue, REASON)
        assert Template.from_stack(stack).to_json()["Resources"] == {
            "Queue": {
                "Type": "AWS::SQS::Queue",
                "Metadata": {"checkov": {"skip": [{"id": "CKV_AWS_27", "comment": REASON}]}},
            },
            "Other": {"Type": "AWS::SNS::Topic"},
        }

    def test_of_the_example_runs(self) -> None:
        """
        The example of the page accepts the findings of each of its constructs.
        """
        stack: cdk.Stack = names(0, 1, 2, 4)["stack"]
        template: dict[str, Any] = Template.from_stack(stack).to_json()
        skipped = {
            rule["id"]
            for resource in template["Resources"].values()
            for rule in resource.get("Metadata", {}).get("checkov", {}).get("skip", [])
        }
        assert skipped == {
            *("CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_117", "CKV_AWS_149"),
            *("CKV_AWS_158", "CKV_AWS_173", "CKV_AWS_27"),
        }
        assert json.dumps(template).count('"ReservedConcurrentExecutions": 2') == 1


def test_the_page_is_in_the_navigation() -> None:
    """
    Readers find the page.
    """
    assert "scanners.md" in (ROOT / "mkdocs.yml").read_text()
