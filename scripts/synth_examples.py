"""Synthesize every example into its cdk.out folder, and print what was made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def synthesize(example: Path) -> subprocess.CompletedProcess[str]:
    """Run an app as the CDK CLI does, with the context of its cdk.json and of look-ups."""
    out = example / "cdk.out"
    shutil.rmtree(out, ignore_errors=True)
    context = json.loads((example / "cdk.json").read_text()).get("context", {})
    looked_up = example / "cdk.context.json"
    if looked_up.exists():
        context |= json.loads(looked_up.read_text())
    environment = {
        **os.environ,
        "CDK_OUTDIR": str(out),
        "CDK_CONTEXT_JSON": json.dumps(context),
    }
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=example,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def describe(out: Path) -> Iterator[str]:
    """Tell what is in a cdk.out folder: templates, resources by type, findings."""
    for template in sorted(out.glob("*.template.json")):
        resources = json.loads(template.read_text()).get("Resources", {})
        yield str(template.relative_to(EXAMPLES.parent))
        for kind, count in sorted(Counter(r["Type"] for r in resources.values()).items()):
            yield f"  {count:3} {kind}"
    for report in out.glob("validation-report.json"):
        for plugin in json.loads(report.read_text())["pluginReports"]:
            for violation in plugin["violations"]:
                yield f"  {violation['ruleName']}: {violation['description']}"


def main() -> None:
    """Synthesize two at a time; exit with 1 if an example fails."""
    examples = sorted(app.parent for app in EXAMPLES.glob("*/app.py"))
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for example, done in zip(examples, pool.map(synthesize, examples), strict=True):
            if done.returncode:
                failed.append(example.name)
                print(f"{example.name} failed:\n{done.stdout}", file=sys.stderr)
                continue
            print("\n".join(describe(example / "cdk.out")), flush=True)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
