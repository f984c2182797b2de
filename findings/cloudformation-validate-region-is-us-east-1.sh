#!/usr/bin/env bash
# The engine of the CDK's template validation gives rules the Region us-east-1 for AWS::Region.
#
# A rule sees most intrinsic functions as values that are not known: `Ref` of a parameter without a
# default is an object. The Region of a stack is not known before it is deployed either. The engine
# still gives a rule the string us-east-1 for `AWS::Region`, also inside `Fn::Sub`, as if the template
# contained that string.
# This affects you if you write a rule about Regions, such as "the bucket of a recording configuration
# must be in the Region of the stack": it compares with us-east-1 in every Region.
# Instead: read `input.resolutionSources`, which says that the value came from a pseudo parameter.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cloudformation-validate==1.14.0

cd "$work"
cat > template.yaml <<'YAML'
Parameters:
  Where:
    Type: String
Resources:
  Storage:
    Type: AWS::IVS::StorageConfiguration
    Properties:
      S3:
        BucketName: recordings
      Tags:
        - Key: region
          Value: !Ref AWS::Region
        - Key: text
          Value: !Sub "in ${AWS::Region}"
        - Key: parameter
          Value: !Ref Where
YAML
cat > region.rego <<'REGO'
package finding

import rego.v1

violation contains diag if {
	tag := input.resources.Storage.properties.Tags[_]
	diag := make_diag("FINDING-1", "ERROR", "Storage", sprintf("%v=%v", [tag.Key, json.marshal(tag.Value)]))
}
REGO
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from cloudformation_validate import (
    CompositeEngine,
    CompositeEngineConfig,
    DetailLevel,
    ValidateConfig,
    file_to_external_rule_source,
)

engine = CompositeEngine(
    CompositeEngineConfig(rego_rules=[file_to_external_rule_source("region.rego")])
)
config = ValidateConfig(disable_builtin_rules=True, detail_level=DetailLevel.STANDARD)
report = engine.validate_template("template.yaml", config)
seen = dict(each.message.split("=", 1) for each in report.diagnostics)
print(f"cloudformation-validate {version('cloudformation-validate')}")
print("Expected: AWS::Region is not known, as the parameter without a default is not.")
for name, value in sorted(seen.items()):
    print(f"Observed: {name} is {value}")
applies = (
    seen.get("region") == '"us-east-1"'
    and seen.get("text") == '"in us-east-1"'
    and "us-east-1" not in seen.get("parameter", "us-east-1")
)
sys.exit(0 if applies else 1)
PY
