#!/usr/bin/env bash
# SimulatePrincipalPolicy of ministack does not read ContextEntries.
#
# A role may call kms:Sign if kms:MessageType is DIGEST. The simulation gets this key and this value as
# a context entry. The simulator of IAM then answers "allowed". ministack answers "implicitDeny", as it
# does without the entry. Without the condition, it answers "allowed".
# This affects you if you rehearse who can sign tokens of IVS, or any other permission with a condition
# on a key of the service: a correct policy seems to allow nothing.
# Instead: pass the context to the evaluator of ministack in its own process, or use another simulator.
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
os.environ.update(
    {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "AWS_ACCESS_KEY_ID": "example",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
)
KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ENTRY = {
    "ContextKeyName": "kms:MessageType",
    "ContextKeyType": "string",
    "ContextKeyValues": ["DIGEST"],
}


def role(iam, name, **condition):
    trust = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
    statement = {"Effect": "Allow", "Action": "kms:Sign", "Resource": KEY, **condition}
    policy = {"Version": "2012-10-17", "Statement": statement}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="sign", PolicyDocument=json.dumps(policy))
    return arn


def decision(iam, arn, entries):
    answer = iam.simulate_principal_policy(
        PolicySourceArn=arn, ActionNames=["kms:Sign"], ResourceArns=[KEY], ContextEntries=entries
    )
    return answer["EvaluationResults"][0]["EvalDecision"]


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
    iam = boto3.client("iam", endpoint_url=endpoint)
    condition = {"StringEquals": {"kms:MessageType": "DIGEST"}}
    limited = role(iam, "limited", Condition=condition)
    free = role(iam, "free")
    found = {
        "with the condition and its entry": decision(iam, limited, [ENTRY]),
        "with the condition, without an entry": decision(iam, limited, []),
        "without the condition": decision(iam, free, []),
    }
finally:
    emulator.terminate()
    emulator.wait()

print("ministack", version("ministack"))
for case, answer in found.items():
    print(f"{case}: {answer}")
assert list(found.values()) == ["implicitDeny", "implicitDeny", "allowed"], found
PY
