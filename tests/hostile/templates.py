"""Whether others accept the templates: the CDK's own validation, cfn-lint and botocore."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape
from cfnlint.decode import decode_str

from tests.rehearsal.service import limits
from tests.rehearsal.service.kinds import KINDS
from tests.support.arns import REGION
from tests.support.oracles import REPORT, _cfn_linter
from tests.support.service import ServiceError

from .not_ours import is_of_the_harness

_NOT_IN_YAML = re.compile("[\\x7f-\\x84\\x86-\\x9f\\ufeff\\ufffe\\uffff]")
_PATH = "aws:cdk:path"
_CASE = re.compile(r"^Stack/Case(\d+)/")
_MADE_UP = "dummy-value-for-"
_seen: set[str] = set()


class Findings(dict[int, list[str]]):
    """What others find, by the number of the case."""

    def add(self, case: int | None, finding: str) -> None:
        """Add a finding; -1 is the number of what belongs to no case."""
        self.setdefault(-1 if case is None else case, []).append(finding)


def case_of(path: str | None) -> int | None:
    """The number of the case that a construct belongs to."""
    found = _CASE.match(f"{path or ''}/")
    return int(found[1]) if found else None


def findings_in(directory: Path) -> Findings:
    """All that is found in an assembly."""
    found = Findings()
    template = json.loads((directory / "Stack.template.json").read_text())
    resources = template.get("Resources", {})
    cases = {name: case_of(each.get("Metadata", {}).get(_PATH)) for name, each in resources.items()}
    for finding, name in _of_the_cdk(directory):
        found.add(cases.get(name), finding)
    unseen = _unseen(resources)
    for name in unseen:
        for finding in _of_botocore(resources[name]):
            found.add(cases[name], finding)
    if unseen:
        kept = _with_references(resources, unseen)
        text = json.dumps(
            {**template, "Resources": {name: resources[name] for name in kept}, "Outputs": {}},
            ensure_ascii=False,
        )
        # cfn-lint reads YAML, which has them as escape sequences only.
        text = _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
        for finding, name in _of_cfn_lint(text):
            found.add(cases.get(name), finding)
    return found


def _of_the_cdk(directory: Path) -> Iterator[tuple[str, str]]:
    """What the CDK's validation finds, with the logical id."""
    report = directory / REPORT
    if not report.exists():
        return
    for plugin in json.loads(report.read_text())["pluginReports"]:
        for violation in plugin["violations"]:
            rule = violation["ruleName"].rpartition("::")[2]
            if is_of_the_harness(rule, violation["description"]):
                continue
            for place in violation.get("violatingConstructs", [{}]):
                name = (place.get("cloudFormationResource") or {}).get("logicalId")
                name = name or place.get("resourceLogicalId") or ""
                yield (
                    f"CDK: {violation['ruleName']}: {violation['description']} {place}"[:600],
                    name,
                )


def _of_cfn_lint(text: str) -> Iterator[tuple[str, str]]:
    """The errors that cfn-lint finds, with the logical id."""
    decoded, errors = decode_str(text)
    for match in errors or _cfn_linter(REGION).validate_template(decoded):
        path = list(getattr(match, "path", []))
        if match.rule.id.startswith("E") and not is_of_the_harness(
            match.rule.id, match.message, path
        ):
            name = str(path[1]) if len(path) > 1 else ""
            yield f"cfn-lint: {match.rule.id} {path}: {match.message[:200]}", name


def _unseen(resources: dict[str, Any]) -> list[str]:
    """The resources that no other template had, but for the names of what they refer to."""
    names = re.compile("|".join(sorted(map(re.escape, resources), key=len, reverse=True)) or "$^")
    unseen = []
    for name, resource in resources.items():
        text = json.dumps({key: value for key, value in resource.items() if key != "Metadata"})
        text = names.sub(lambda found: resources[found[0]]["Type"], text)
        text = re.sub(r"0\d{4}(?=\")|Case\d+|It\d+", "", text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in _seen:
            _seen.add(digest)
            unseen.append(name)
    return unseen


def _with_references(resources: dict[str, Any], names: list[str]) -> set[str]:
    """The resources, and those that they refer to."""
    kept: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        text = json.dumps(resources[name])
        waiting += [each for each in re.findall(r"\w+", text) if each in resources]
    return kept


def _of_botocore(resource: dict[str, Any]) -> list[str]:
    """What the model of the API does not allow in the properties of a resource."""
    service, _, name = resource["Type"].removeprefix("AWS::").partition("::")
    if service not in {"IVS", "IVSChat"} or name not in KINDS:
        return []
    action = f"{KINDS[name].verb}{name}"
    shape = limits.operations()[action].input_shape
    misfits = _misfits(shape, resource.get("Properties", {}), action)
    return [f"botocore: {each}" for each in misfits if not is_of_the_harness("botocore", each)]


def _misfits(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """What does not fit the shape, tokens left out."""
    if _is_token(value):
        return
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = {name.lower(): member for name, member in shape.members.items()}
        for name, item in value.items():
            if name.lower() in members:
                yield from _misfits(members[name.lower()], item, f"{path}.{name}")
    elif isinstance(shape, MapShape):
        for tag in value:
            yield from _misfits(shape.key, tag["Key"], f"{path} key")
            yield from _misfits(shape.value, tag.get("Value", ""), f"{path}.{tag['Key']}")
    elif isinstance(shape, ListShape) and isinstance(value, list):
        if not any(map(_is_token, value)):
            yield from _refused(lambda: limits._check_range(shape, value, path))
        for number, item in enumerate(value):
            yield from _misfits(shape.member, item, f"{path}[{number}]")
    else:
        yield from _refused(lambda: limits._check(shape, value, path))


def _refused(check: Any) -> Iterator[str]:
    try:
        check()
    except ServiceError as error:
        yield str(error)


def _is_token(value: Any) -> bool:
    if isinstance(value, str):
        return "{{resolve:" in value or _MADE_UP in value
    return isinstance(value, dict) and len(value) == 1 and (
        "Ref" in value or next(iter(value)).startswith("Fn::")
    )  # fmt: skip
