"""The rules at synthesis, and from the command line beside cfn-lint."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OURS = ("-m", "cdk_ivs.rules")
# It cannot be run as a module.
CFN_LINT = ("-c", "from cfnlint.runner import main; main()")
WAYS = (OURS, CFN_LINT)

# What many stacks with IVS have, 11 resources. The number makes each template another one.
_TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Recordings:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
  RecordingConfiguration:
    Type: AWS::IVS::RecordingConfiguration
    Properties:
      Name: recording-{number}
      DestinationConfiguration:
        S3:
          BucketName: !Ref Recordings
  Channel:
    Type: AWS::IVS::Channel
    Properties:
      Name: channel-{number}
      Type: ADVANCED_HD
      Preset: HIGHER_BANDWIDTH_DELIVERY
      RecordingConfigurationArn: !GetAtt RecordingConfiguration.Arn
  StreamKey:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn: !GetAtt Channel.Arn
  Stage:
    Type: AWS::IVS::Stage
    Properties:
      Name: stage-{number}
  EncoderConfiguration:
    Type: AWS::IVS::EncoderConfiguration
    Properties:
      Video:
        Height: 720
        Width: 1280
  Room:
    Type: AWS::IVSChat::Room
    Properties:
      Name: room-{number}
      LoggingConfigurationIdentifiers:
        - !GetAtt Logging.Arn
  Messages:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: 30
  Logging:
    Type: AWS::IVSChat::LoggingConfiguration
    Properties:
      DestinationConfiguration:
        CloudWatchLogs:
          LogGroupName: !Ref Messages
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: LessThanThreshold
      EvaluationPeriods: 3
      Namespace: AWS/IVS
      MetricName: IngestFramerate
      Dimensions:
        - Name: Channel
          Value: !Select [1, !Split ["/", !GetAtt Channel.Arn]]
      Period: 60
      Statistic: Average
      Threshold: 24
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.ivs]
        detail-type: [IVS Stream State Change]
        resources: [!GetAtt Channel.Arn]
        detail:
          event_name: [Stream Start, Stream End]
"""


def write_templates(folder: Path, count: int) -> list[str]:
    """
    Write templates, of which the paths are returned.

    Args:
        folder: The folder.
        count: How many templates.
    """
    paths = [folder / f"template{number}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(_TEMPLATE.format(number=number))
    return [str(path) for path in paths]


def lint_seconds(
    way: Iterable[str], templates: Iterable[str], environment: Mapping[str, str]
) -> float:
    """
    The time of a whole process that checks templates.

    Args:
        way: The arguments of Python.
        templates: The paths of the templates.
        environment: The environment variables of the process.
    """
    start = time.perf_counter()
    process = subprocess.run(
        [sys.executable, *way, *templates],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    # A program that failed would be fast.
    if process.returncode or process.stderr:
        raise RuntimeError(process.stdout + process.stderr)
    return seconds


def build_app(directory: str, stacks: int, *, rules: bool) -> None:
    """
    Synthesize an app with stacks that have channels and stages whose recordings are watched.

    Args:
        directory: The folder of the cloud assembly.
        stacks: How many stacks.
        rules: Whether the app is validated against the rules of this library too.
    """
    from aws_cdk import App, Stack

    from .recordings import add_by_pattern

    app = App(outdir=directory, analytics_reporting=False)
    for number in range(stacks):
        add_by_pattern(Stack(app, f"Stack{number}"))
    if rules:
        from cdk_ivs.rules import IvsValidation

        IvsValidation.add_to(app)
    app.synth()
