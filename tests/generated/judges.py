"""What judges of templates find: our rules, the validation of the CDK, and cfn-lint."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cdk_ivs.rules._engine import Engine
from tests.support.oracles import cfn_lint_findings

from .assemblies import REPORT, Assembly

# Of what is in the apps on purpose: stream keys, channels and configurations beyond the quotas,
# private channels whose key pair is elsewhere, and RTMP, which is insecure by itself.
RULES_ON_PURPOSE = {"IVS-006", "IVS-016", "IVS-045", "IVS-046", "IVS-048"}
# The generator creates parameters and conditions that only references to imported resources
# use, which may be in no template. A stack can have references alone, and so no resource. The CDK
# does not know where ad configurations are.
CDK_ON_PURPOSE = {"F0001", "F3006", "W2001", "W8001", "W9053"}
# Actions that are newer than the list of cfn-lint.
_NEW_ACTIONS = "failoverslateconfiguration"


def findings_of(assembly: Assembly, engine: Engine, *, lint: bool) -> Iterator[str]:
    """What the judges find, but for what is on purpose."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.json"
        for name, content in assembly.items():
            if not name.endswith(".template.json") or b'"Resources"' not in content:
                continue
            path.write_bytes(content)
            for finding in engine.check(str(path)):
                if finding.rule.id not in RULES_ON_PURPOSE:
                    yield f"{name}: {finding.rule.id}: {finding.message}"
            if lint:
                yield from (f"{name}: {text}" for text in _linted(content.decode()))
    if REPORT in assembly:
        for report in json.loads(assembly[REPORT])["pluginReports"]:
            for violation in report["violations"]:
                id = violation["ruleName"].rpartition("::")[2]
                if id not in RULES_ON_PURPOSE | CDK_ON_PURPOSE:
                    yield f"{violation['ruleName']}: {violation['description']}"


def _linted(template: str) -> list[str]:
    return [
        text
        for text in cfn_lint_findings(template)
        if not any(f"[{id}:" in text for id in CDK_ON_PURPOSE)
        and not ("[W3037:" in text and _NEW_ACTIONS in text)
    ]
