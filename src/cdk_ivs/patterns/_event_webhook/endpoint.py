"""Checks of an endpoint and its secret header."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from aws_cdk import SecretValue

from cdk_ivs._validation.errors import ArgumentTypeError, ValidationError, safe_repr, safe_text
from cdk_ivs._validation.tokens import is_token

# What CloudFormation takes, without the asterisk, which stands for a value of each event.
_URL = re.compile(r"https://(?:%[0-9A-Fa-f]{2}|[-()_.!~';/?:@&=+$,A-Za-z0-9])+")
_LENGTH = 2048
_HEADER = re.compile(r"[!#$%&'*+.^_`|~A-Za-z0-9-]{1,512}")
# The headers of the connection itself.
_NOT_HEADERS = {"connection", "content-length", "content-type", "host", "transfer-encoding"}


def check_url(url: str) -> None:
    """Refuse a URL that is not an HTTPS endpoint on the public internet."""
    problem = _problem(url)
    if problem and not is_token(url):
        raise ValidationError(
            f"'url' must be an HTTPS URL of a public host, as 'https://example.com/ivs', got "
            f"{problem}",
            code="WebhookUrl",
        )


def _problem(url: str) -> str:
    """What is wrong with a URL, or nothing."""
    try:
        parts = urlsplit(url)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        return safe_repr(url)
    if user is not None or parts.password is not None:
        # Not shown: it may be a password.
        return "one with a user name, which would be readable in the template; use 'secret'"
    if not _URL.fullmatch(url) or not host:
        return safe_repr(url)
    if len(url) > _LENGTH:
        return f"{len(url)} characters (allowed: {_LENGTH})"
    if not _is_public(host):
        return f"the host {safe_repr(host)}, which EventBridge cannot reach"
    return ""


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost"))


def check_header_name(name: str) -> None:
    """Refuse an invalid header name, or that of a header that EventBridge itself writes."""
    if name.lower() in _NOT_HEADERS:
        raise ValidationError(
            f"'header_name' must not be '{safe_text(name)}', which EventBridge writes itself; use "
            "'Authorization' or one of your own",
            code="WebhookHeader",
        )
    if not _HEADER.fullmatch(name) and not is_token(name):
        raise ValidationError(
            "'header_name' must be the name of an HTTP header, as 'Authorization' or "
            f"'X-Webhook-Secret', got {safe_repr(name)}",
            code="WebhookHeader",
        )


def refuse_plain_text(secret: object) -> None:
    """Refuse a secret that would be readable in the template, without showing it."""
    if isinstance(secret, (str, bytes, SecretValue)):
        raise ArgumentTypeError(
            f"'secret' must be ISecretRef, got a value of type '{type(secret).__name__}', which "
            "would be readable in the template; put it into AWS Secrets Manager, "
            "and use aws_secretsmanager.Secret.from_secret_name_v2() or aws_secretsmanager.Secret()"
        )
