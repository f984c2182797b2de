"""
A distribution on the loopback interface, which does what a template says.

It knows what CloudFront and S3 do with what RecordingDelivery renders, and nothing of the library:
behaviors in order, cache and response headers policies, cross-origin requests, HTTPS alone, and a
bucket that answers what its policy lets CloudFront read.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import hashlib
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# CloudFront keeps errors of the origin for 10 seconds.
ERROR_SECONDS = 10
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m3u8": "application/x-mpegURL",
    ".ts": "video/MP2T",
}


class Answer(NamedTuple):
    """
    What a server answers.

    Attributes:
        status: The status.
        headers: The headers, by their names in lower case.
        body: The body.
    """

    status: int
    headers: dict[str, str]
    body: bytes = b""


class Kept(NamedTuple):
    """
    An answer of the origin in the cache.

    Attributes:
        until: The time until which it is used.
        status: The status.
        body: The body.
    """

    until: float
    status: int
    body: bytes


class Edge:
    """
    The one distribution of a template, in front of a folder that is its bucket.

    Attributes:
        asked: The keys that the origin was asked for.
        requests: The requests of viewers: the method, the path and the answer.
    """

    def __init__(
        self,
        template: Mapping[str, Any],
        files: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resources: Mapping[str, Any] = template["Resources"]
        (distribution,) = self._of_type("AWS::CloudFront::Distribution").values()
        self._config = distribution["DistributionConfig"]
        (self._origin,) = self._config["Origins"]
        self._readable = self._readable_files()
        self._files = files
        self._clock = clock
        self._cache: dict[str, Kept] = {}
        self.asked: list[str] = []
        self.requests: list[tuple[str, str, Answer]] = []

    def _of_type(self, kind: str) -> dict[str, Any]:
        return {
            name: resource["Properties"]
            for name, resource in self._resources.items()
            if resource["Type"] == kind
        }

    def _readable_files(self) -> list[str]:
        """The patterns of keys that the bucket's policy lets the distribution read."""
        (bucket, attribute) = self._origin["DomainName"]["Fn::GetAtt"]
        assert attribute == "RegionalDomainName"
        (access, _) = self._origin["OriginAccessControlId"]["Fn::GetAtt"]
        control = self._resources[access]["Properties"]["OriginAccessControlConfig"]
        assert (control["SigningBehavior"], control["OriginAccessControlOriginType"]) == (
            "always",
            "s3",
        )
        (policy,) = (
            each
            for each in self._of_type("AWS::S3::BucketPolicy").values()
            if each["Bucket"] == {"Ref": bucket}
        )
        found = []
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}:
                assert statement["Action"] == "s3:GetObject"
                resources = statement["Resource"]
                for resource in resources if isinstance(resources, list) else [resources]:
                    arn, pattern = resource["Fn::Join"][1]
                    assert arn == {"Fn::GetAtt": [bucket, "Arn"]}
                    found.append(pattern.removeprefix("/"))
        return found

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """What a viewer gets, who connects by HTTPS."""
        path, _, _ = target.partition("?")
        answer = self._answer(method, path, {k.lower(): v for k, v in headers.items()})
        self.requests.append((method, path, answer))
        return answer

    def _answer(self, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        behavior = self._behavior_of(path)
        if method not in behavior.get("AllowedMethods", ["GET", "HEAD"]):
            return Answer(403, {})
        if behavior.get("TrustedKeyGroups"):
            return Answer(403, {})
        kept = self._fetched(path.removeprefix("/"), behavior)
        added = self._added_headers(behavior, headers.get("origin"))
        if kept.status != 200:
            return Answer(kept.status, added)
        etag = f'"{hashlib.md5(kept.body, usedforsecurity=False).hexdigest()}"'
        shown = {
            "content-type": _TYPES.get(Path(path).suffix, "binary/octet-stream"),
            "etag": etag,
            "accept-ranges": "bytes",
            **added,
        }
        if headers.get("if-none-match") == etag:
            return Answer(304, shown)
        wanted = _RANGE.fullmatch(headers.get("range", ""))
        if wanted is None:
            return Answer(200, shown, kept.body)
        first, last = int(wanted[1]), int(wanted[2] or len(kept.body) - 1)
        part = kept.body[first : last + 1]
        shown["content-range"] = f"bytes {first}-{first + len(part) - 1}/{len(kept.body)}"
        return Answer(206, shown, part)

    def _behavior_of(self, path: str) -> Mapping[str, Any]:
        """The first behavior whose pattern fits; a star stands for slashes too."""
        for behavior in self._config.get("CacheBehaviors", []):
            pattern = behavior["PathPattern"]
            assert not {"[", "]"} & set(pattern)
            if fnmatch.fnmatchcase(path.removeprefix("/"), pattern.removeprefix("/")):
                found: Mapping[str, Any] = behavior
                return found
        default: Mapping[str, Any] = self._config["DefaultCacheBehavior"]
        return default

    def _fetched(self, key: str, behavior: Mapping[str, Any]) -> Kept:
        """The answer of the origin, from the cache while it may be used."""
        policy = self._resources[behavior["CachePolicyId"]["Ref"]]["Properties"]
        config = policy["CachePolicyConfig"]
        # The origin says nothing of caching, so that the default applies, within its bounds.
        seconds = max(config["MinTTL"], min(config["DefaultTTL"], config["MaxTTL"]))
        now = self._clock()
        kept = self._cache.get(key)
        if kept is None or kept.until <= now:
            self.asked.append(key)
            file = self._files / key
            readable = any(fnmatch.fnmatchcase(key, pattern) for pattern in self._readable)
            # S3 does not say that there is nothing to who may not list.
            if readable and file.is_file():
                kept = Kept(now + seconds, 200, file.read_bytes())
            else:
                kept = Kept(now + ERROR_SECONDS, 403, b"")
            self._cache[key] = kept
        return kept

    def _added_headers(self, behavior: Mapping[str, Any], origin: str | None) -> dict[str, str]:
        policy = self._resources[behavior["ResponseHeadersPolicyId"]["Ref"]]["Properties"]
        config = policy["ResponseHeadersPolicyConfig"]
        added = {
            item["Header"].lower(): item["Value"] for item in config["CustomHeadersConfig"]["Items"]
        }
        cors = config["CorsConfig"]
        allowed = cors["AccessControlAllowOrigins"]["Items"]
        if origin is None or not any(fnmatch.fnmatchcase(origin, each) for each in allowed):
            return added
        added["access-control-allow-origin"] = "*" if allowed == ["*"] else origin
        exposed = cors["AccessControlExposeHeaders"]["Items"]
        added["access-control-expose-headers"] = ",".join(exposed)
        if cors["AccessControlAllowCredentials"]:
            added["access-control-allow-credentials"] = "true"
        return added


Site = Callable[[str, str, Mapping[str, str]], Answer]


@contextmanager
def served(sites: Mapping[str, Site], folder: Path) -> Iterator[int]:
    """
    Serve sites by HTTPS on the loopback interface, all at one port, by the host that is asked for.

    Args:
        sites: By host, what answers a method, a target and headers.
        folder: Where the certificate is written.

    Yields:
        The port.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            host = self.headers.get("Host", "").split(":")[0]
            site = sites.get(host)
            answer = Answer(404, {})
            if site is not None:
                answer = site(self.command, self.path, dict(self.headers.items()))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD" and answer.status != 304:
                self.wfile.write(answer.body)

        do_GET = do_HEAD = do_OPTIONS = _respond  # noqa: N815 - the names that it looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of connections that the browser breaks off."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(list(sites), folder))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def static(files: Mapping[str, Path], **headers: str) -> Site:
    """A site of some files, by path."""

    def answer(_: str, target: str, __: Mapping[str, str]) -> Answer:
        file = files.get(target.partition("?")[0])
        if file is None:
            return Answer(404, {})
        kind = {"content-type": _TYPES[file.suffix]}
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        return Answer(200, kind | added, file.read_bytes())

    return answer


def _certificate(hosts: list[str], folder: Path) -> Path:
    """A key and a certificate that it signs itself, made for one test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "loopback.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
