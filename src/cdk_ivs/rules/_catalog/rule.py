"""The texts of a rule, which its logic in Rego does not have."""

from __future__ import annotations

import enum
from typing import NamedTuple

LOW_LATENCY = "https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide"
LOW_LATENCY_API = "https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference"
REAL_TIME = "https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide"
REAL_TIME_API = "https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference"
CHAT = "https://docs.aws.amazon.com/ivs/latest/ChatUserGuide"
CHAT_API = "https://docs.aws.amazon.com/ivs/latest/ChatAPIReference"
AUTHORIZATION = "https://docs.aws.amazon.com/service-authorization/latest/reference"
CLOUDFORMATION = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide"
TEMPLATES = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


class Severity(enum.StrEnum):
    """How severe a finding is, by the names of the engine."""

    ERROR = "ERROR"
    """The deployment fails, or a part of the template never takes effect."""

    WARNING = "WARN"
    """The template can be deployed, and is insecure, without effect, or over a quota."""


class Rule(NamedTuple):
    """
    A rule of the pack.

    Attributes:
        id: The ID, which never changes.
        severity: How severe a finding is.
        title: The requirement.
        message: The text of a finding. Each ``%v`` is filled in.
        why: The consequence of a mistake.
        fix: The remedy.
        source: The page of AWS about it.
    """

    id: str
    severity: Severity
    title: str
    message: str
    why: str
    fix: str
    source: str


def error(id: str, title: str, message: str, *, why: str, fix: str, source: str) -> Rule:
    """Define a rule whose findings are errors."""
    return Rule(id, Severity.ERROR, title, message, why, fix, source)


def warning(id: str, title: str, message: str, *, why: str, fix: str, source: str) -> Rule:
    """Define a rule whose findings are warnings."""
    return Rule(id, Severity.WARNING, title, message, why, fix, source)
