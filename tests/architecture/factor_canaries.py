"""A passkey, an app and recovery codes, as an authenticator and a server would have made them."""

from hashlib import sha256

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import RequestFactory
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from portal.accounts.models import User

# A public key of elliptic curve P-256, in COSE's numbers; nobody holds its private half.
KEY = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})


def add_second_factors(user: User, word: str) -> Authenticator:
    """Gives the passkey, the only one of them that addresses name."""
    with context.request_context(RequestFactory().get("/")):
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)
        passkey: Authenticator = WebAuthn.add(user, f"Klucz {word}", _credential(word)).instance
    return passkey


def _credential(word: str) -> dict[str, object]:
    identity = f"klucz {word}".encode()
    data = AuthenticatorData.create(
        sha256(b"localhost").digest(),
        AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(Aaguid.NONE, identity, KEY),
    )
    client = CollectedClientData.create("webauthn.create", b"", "http://localhost")
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {},
    }
