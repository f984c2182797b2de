"""A private key that is given by mistake, to every parameter that there is."""

from __future__ import annotations

import base64
import random
import traceback
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.reflection import Parameter, parameters
from tests.support.workshop import Workshop

# Every parameter, with values whose refusal has tests of its own. A key is refused before
# aws-cdk-lib sees it, in words of this library or of jsii, which the oldest aws-cdk-lib shares.
pytestmark = [pytest.mark.once, pytest.mark.unmeasured]

WINDOW = 12
# Wherever a window begins, it has a whole part that begins at a multiple of this length.
PART = WINDOW // 2

# The same in every run, as by chance a key can look like words. No key is kept here.
KEY = ec.derive_private_key(random.Random(10).getrandbits(380) | 1, ec.SECP384R1())  # noqa: S311 - of no use
SCALAR = KEY.private_numbers().private_value.to_bytes(48)
PKCS8, SEC1 = (
    KEY.private_bytes(Encoding.DER, form, NoEncryption())
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL)
)
PKCS8_PEM, SEC1_PEM = (
    KEY.private_bytes(Encoding.PEM, form, NoEncryption()).decode()
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL)
)


def base64_of(text: bytes) -> str:
    """The text in base64."""
    return base64.b64encode(text).decode()


def base64url_of(text: bytes) -> str:
    """The text in base64 for URLs."""
    return base64.urlsafe_b64encode(text).decode()


FORMS: dict[str, object] = {
    "PKCS 8 PEM": PKCS8_PEM,
    "SEC 1 PEM": SEC1_PEM,
    "DER": PKCS8,
    "DER in base64": base64_of(PKCS8),
    "DER in base64url": base64url_of(SEC1),
    "DER in hex": SEC1.hex(),
    "DER as text": SEC1.decode("latin-1"),
    "scalar": SCALAR,
    "scalar in hex": SCALAR.hex(),
    "scalar in base64": base64_of(SCALAR),
    "list of lines": PKCS8_PEM.splitlines(),
    "list of bytes": [SCALAR],
    "list of hex": [SCALAR.hex()],
    "values": {"key": base64_of(PKCS8)},
    "names": {base64_of(SCALAR): "value", "nested": {"key": SCALAR}},
}


def windows() -> set[str]:
    """All that must not be shown: any 12 characters of the secret number, in each form."""
    texts = [SCALAR.hex(), SCALAR.hex().upper(), base64_of(SCALAR), base64url_of(SCALAR)]
    texts += [repr(SCALAR)[2:-1], SCALAR.decode("latin-1")]
    for der in (PKCS8, SEC1):
        start = der.index(SCALAR)
        part = slice(-(-start * 8 // 6), (start + len(SCALAR)) * 8 // 6)
        texts += [base64_of(der)[part], base64url_of(der)[part]]
    return {text[at : at + WINDOW] for text in texts for at in range(len(text) - WINDOW + 1)}


WINDOWS = windows()
PARTS = {window[at : at + PART] for window in WINDOWS for at in range(PART)}


def leaks(text: str) -> bool:
    """Whether something of the key stands in a text."""
    # A PEM has it in lines.
    joined = text.replace("\n", "").replace("\\n", "")
    return any(
        shown[at : at + WINDOW] in WINDOWS
        for shown in (text, joined)
        # Few texts have such a part by chance; the others need no closer look.
        if not PARTS.isdisjoint([shown[at : at + PART] for at in range(0, len(shown), PART)])
        for at in range(len(shown) - WINDOW + 1)
    )


def texts_of(error: BaseException) -> Iterator[str]:
    """All that can be seen of an error, and of the ones that it came from."""
    yield "".join(traceback.format_exception(error))
    seen: BaseException | None = error
    while seen is not None:
        yield from (str(seen), repr(seen), repr(seen.args), repr(vars(seen)))
        seen = seen.__cause__ or seen.__context__


ALL = list(parameters())


def test_the_windows_are_found() -> None:
    """
    What is searched for is in each of the forms, so that a leak would be noticed.
    """
    assert [name for name, form in FORMS.items() if not leaks(str(form))] == []
    assert not leaks("'public_key_material' must be str, got a value")
    assert len(ALL) > 500


@pytest.mark.parametrize("parameter", ALL, ids=str)
def test_no_message_has_a_key_in_it(parameter: Parameter) -> None:
    """
    Whatever parameter a key is given to, in whatever form, no error and no value shows it.
    """
    workshop = Workshop()
    found = []
    for name, form in FORMS.items():
        try:
            shown = [repr(workshop.call(parameter, form))]
        except Exception as error:  # noqa: BLE001 - what is shown of any error
            shown = list(texts_of(error))
        if any(leaks(text) for text in shown):
            found.append(name)
    assert found == []
