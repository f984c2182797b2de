"""The recording parts of three public applications, rebuilt as the page on patterns shows."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import Stack

import cdk_ivs as ivs
from tests.monitoring.matching import matches
from tests.support.cloudfront import Edge
from tests.support.events import CHANNEL, SAMPLES
from tests.support.oracles import template_of

PAGE = (Path(__file__).parents[2] / "docs" / "patterns.md").read_text(encoding="utf-8")
BLOCKS = dict(
    re.findall(
        r"<!-- application: ([\w-]+) -->\n```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
)
PREFIX = "ivs/v1/123456789012/AbCdef1G2hij/2020/6/23/20/12/j8Z9O91ndcVs"


@pytest.fixture(params=sorted(BLOCKS))
def template(request: pytest.FixtureRequest, located_stack: Stack) -> dict[str, Any]:
    """The template of an application."""
    return built(request.param, located_stack)


def built(name: str, stack: Stack) -> dict[str, Any]:
    """The template of an application by its name on the page."""
    exec(BLOCKS[name], {"cdk": cdk, "ivs": ivs, "stack": stack})  # noqa: S102 - the page is ours
    return template_of(stack)


def of_type(template: dict[str, Any], resource_type: str) -> list[dict[str, Any]]:
    """The properties of the resources of a type."""
    return [
        resource.get("Properties", {})
        for resource in template["Resources"].values()
        if resource["Type"] == resource_type
    ]


def test_three_are_shown() -> None:
    """
    The page has the three applications.
    """
    assert sorted(BLOCKS) == ["auto-record", "clips", "dvr"]


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_nothing_of_a_recording_is_written_by_hand(name: str) -> None:
    """
    The block names no distribution, origin access, policy, rule, table, queue or function: what it
    creates with the CDK is a role for the code of the application, and the bucket that it has.
    """
    created = re.findall(r"(?<!\w)(\w+)\.([A-Z]\w+)\(", BLOCKS[name])
    of_the_cdk = {f"{module}.{kind}" for module, kind in created} - {
        f"{module}.{kind}" for module, kind in created if module in {"ivs", "patterns"}
    }
    assert of_the_cdk <= {"iam.Role", "iam.ServicePrincipal", "s3.Bucket"}


def test_viewers_and_the_bucket_are_safe(template: dict[str, Any]) -> None:
    """
    CloudFront alone reads the bucket, with one policy, and viewers use HTTPS only.
    """
    (distribution,) = of_type(template, "AWS::CloudFront::Distribution")
    config = distribution["DistributionConfig"]
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    assert {each["ViewerProtocolPolicy"] for each in behaviors} == {"https-only"}
    (policy,) = of_type(template, "AWS::S3::BucketPolicy")
    allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert [(each["Principal"], each["Action"]) for each in allowed] == [
        ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    ]
    assert "StringEquals" in allowed[0]["Condition"]


def test_the_end_of_a_recording_is_indexed_without_a_function(template: dict[str, Any]) -> None:
    """
    A rule takes the event that a recording of the channel ended, and no function is created.
    """
    assert of_type(template, "AWS::Lambda::Function") == []
    assert len(of_type(template, "AWS::DynamoDB::Table")) == 1
    patterns = [each["EventPattern"] for each in of_type(template, "AWS::Events::Rule")]
    (recordings,) = (each for each in patterns if each["source"] == ["aws.ivs"])
    (reference,) = recordings["resources"]
    assert reference["Fn::GetAtt"][0].startswith("Channel")
    assert matches({**recordings, "resources": [CHANNEL]}, SAMPLES["recording end"])


def test_a_recording_can_be_played_from_the_url_of_the_index(
    tmp_path: Path, located_stack: Stack
) -> None:
    """
    The event about a ready recording has the URL at which CloudFront answers with its playlist.
    """
    template = built("auto-record", located_stack)
    (pipe,) = of_type(template, "AWS::Pipes::Pipe")
    joined = pipe["TargetParameters"]["InputTemplate"]["Fn::Join"][1]
    text = "".join(each if isinstance(each, str) else "d1.cloudfront.net" for each in joined)
    url = json.loads(text)["url"].replace(
        "<$.dynamodb.NewImage.playlist_key.S>", f"{PREFIX}/media/hls/master.m3u8"
    )
    playlist = tmp_path / PREFIX / "media" / "hls" / "master.m3u8"
    playlist.parent.mkdir(parents=True)
    playlist.write_text("#EXTM3U\n")
    host, _, path = url.removeprefix("https://").partition("/")
    assert host == "d1.cloudfront.net"
    answer = Edge(template, tmp_path).answer("GET", f"/{path}", {"host": host})
    assert answer.status == 200


def test_the_newest_recording_is_found_without_a_scan(located_stack: Stack) -> None:
    """
    The backend of the application with DVR may query the index by channel and time.
    """
    template = built("dvr", located_stack)
    (table,) = of_type(template, "AWS::DynamoDB::Table")
    (index,) = table["GlobalSecondaryIndexes"]
    assert [each["AttributeName"] for each in index["KeySchema"]] == ["resource_arn", "started_at"]
    (policy,) = (
        each
        for each in of_type(template, "AWS::IAM::Policy")
        if each["Roles"][0]["Ref"].startswith("Backend")
    )
    actions = Counter(
        action
        for each in policy["PolicyDocument"]["Statement"]
        for action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
    )
    assert {"dynamodb:Query", "ivs:GetStream"} <= set(actions)
    (recording,) = of_type(template, "AWS::IVS::RecordingConfiguration")
    assert recording["RecordingReconnectWindowSeconds"] == 60
    assert recording["ThumbnailConfiguration"] == {"RecordingMode": "DISABLED"}


def test_clips_are_where_cloudfront_reads(located_stack: Stack) -> None:
    """
    The function may write clips only under a path that CloudFront may read.
    """
    template = built("clips", located_stack)
    (policy,) = of_type(template, "AWS::S3::BucketPolicy")
    (read,) = (
        each["Resource"]
        for each in policy["PolicyDocument"]["Statement"]
        if each["Effect"] == "Allow"
    )
    assert "/*/media/*" in {each["Fn::Join"][1][1] for each in read}
    (clips,) = (
        each
        for each in of_type(template, "AWS::IAM::Policy")
        if each["Roles"][0]["Ref"].startswith("Clips")
    )
    written = [
        each["Resource"]["Fn::Join"][1][1]
        for each in clips["PolicyDocument"]["Statement"]
        if "s3:PutObject" in each["Action"]
    ]
    assert written == ["/clips/media/*"]
