#!/usr/bin/env bash
# In ministack, Ref of a secret is its name, not its ARN.
#
# In CloudFormation, Ref of an AWS::SecretsManager::Secret is the ARN. In ministack it is the name,
# while Fn::GetAtt returns the ARN. There is no error, but every value that is built from Ref is wrong.
# This affects you if you rehearse stacks that keep a stream key of IVS in Secrets Manager. The CDK
# uses Ref for secret_arn, so outputs, environments and policies contain a name instead of the ARN. It
# computes secret_name by splitting the ARN at its colons, and a name has no colons.
# Instead: use Fn::GetAtt "Id" in your own templates. If the CDK writes the template, replace the
# handler of the resource type in ministack.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  ministack==1.5.33 boto3==1.43.106 botocore==1.43.106

cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import boto3

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
endpoint = f"http://127.0.0.1:{port}"
settings = {
    "BIND_HOST": "127.0.0.1",
    "GATEWAY_PORT": str(port),
    "AWS_ACCESS_KEY_ID": "example",
    "AWS_SECRET_ACCESS_KEY": "example",
    "AWS_DEFAULT_REGION": "us-east-1",
}
os.environ.update(settings)
template = {
    "Resources": {
        "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"SecretString": "example"}}
    },
    "Outputs": {
        "Ref": {"Value": {"Ref": "Secret"}},
        "GetAtt": {"Value": {"Fn::GetAtt": ["Secret", "Id"]}},
    },
}

emulator = subprocess.Popen(
    [sys.executable, "-c", "from ministack.app import main; main()"],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{endpoint}/_ministack/health").close()
            break
        except OSError:
            time.sleep(0.1)
    cloudformation = boto3.client("cloudformation", endpoint_url=endpoint)
    cloudformation.create_stack(StackName="demo", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="demo", WaiterConfig={"Delay": 1}
    )
    (stack,) = cloudformation.describe_stacks(StackName="demo")["Stacks"]
    seen = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
finally:
    emulator.terminate()
    emulator.wait()

print("ministack", version("ministack"))
print("Expected: Ref of a secret is its ARN (CloudFormation template reference,")
print("  AWS::SecretsManager::Secret, Return values, Ref).")
print(f"Seen: Ref {seen['Ref']}")
print(f"Seen: Fn::GetAtt of Id {seen['GetAtt']}")
if seen["Ref"].startswith("arn:") or not seen["GetAtt"].startswith("arn:"):
    sys.exit("The behavior has changed.")
PY
