"""A PKCS#11 module, a token's label and its PIN in, what signs with the key on the token out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pkcs11
from asn1crypto import x509
from pkcs11.util.ec import encode_ecdsa_signature

from reportgen.diagnostics import Bilingual
from reportgen.errors import SignatureError
from reportgen.records.signatures.signers import refused

NO_TOKEN: Final = Bilingual("没有找到这个设备", "there is none")
SEVERAL: Final = Bilingual("插了几个设备，用 --token 写明是哪一个", "there are several; use --token")
NO_KEY: Final = Bilingual("设备上没有带证书的密钥", "it holds no key with a certificate")
SEVERAL_KEYS: Final = Bilingual("设备上有几个带证书的密钥", "it holds several keys with certificates")


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A key that never leaves its token: the session is opened anew for every signature."""

    module: Path
    label: str
    pin: str
    key_id: bytes
    certificates: tuple[bytes, ...]

    @property
    def algorithm(self) -> str:
        """The algorithm of the key."""
        own = x509.Certificate.load(self.certificates[0])
        return "rsassa_pkcs1v15" if own.public_key.algorithm == "rsa" else "ecdsa"

    def sign(self, content: bytes) -> bytes:
        """The signature of bytes, made on the token; raises SignatureError."""
        with session(self.module, self.label, self.pin, "token-gone") as opened:
            key = opened.get_key(pkcs11.ObjectClass.PRIVATE_KEY, id=self.key_id)
            if self.algorithm == "ecdsa":
                raw = key.sign(hashlib.sha256(content).digest(), mechanism=pkcs11.Mechanism.ECDSA)
                return bytes(encode_ecdsa_signature(raw))
            return bytes(key.sign(content, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))


def open_token(module: Path, label: str, pin: bytes) -> TokenSigner:
    """The signer of the one key on a token that has a certificate; raises SignatureError."""
    said = pin.decode("utf-8", "replace")
    with session(module, label, said) as opened:
        known = list(certificates_on(opened))
        keys = {bytes(key[pkcs11.Attribute.ID]) for key in private_keys(opened)}
    own = [(key, content) for key, content in known if key in keys]
    if len(own) != 1:
        raise refused("token-unusable", label or module.name, reason=NO_KEY if not own else SEVERAL_KEYS)
    (key_id, certificate), others = own[0], sorted({content for _, content in known} - {own[0][1]})
    return TokenSigner(module, label, said, key_id, (certificate, *others))


def certificates_on(opened: Any) -> Iterator[tuple[bytes, bytes]]:
    """The certificates on a token with their identifiers."""
    for item in opened.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
        yield bytes(item[pkcs11.Attribute.ID]), bytes(item[pkcs11.Attribute.VALUE])


def private_keys(opened: Any) -> Iterator[Any]:
    """The private keys on a token."""
    yield from opened.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})


@contextmanager
def session(module: Path, label: str, pin: str, code: str = "token-unusable") -> Iterator[Any]:
    """An open session with a token; what the module reports is raised as a SignatureError of that code."""
    shown = label or module.name
    try:
        token = pkcs11.lib(str(module)).get_token(token_label=label) if label else only_token(module)
        with token.open(user_pin=pin) as opened:
            yield opened
    except SignatureError:
        raise
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked) as error:
        raise refused("token-pin", shown) from error
    except pkcs11.NoSuchToken as error:
        raise refused(code, shown, reason=NO_TOKEN) from error
    except (pkcs11.PKCS11Error, RuntimeError, OSError, ValueError) as error:
        raise refused(code, shown, reason=type(error).__name__) from error


def only_token(module: Path) -> Any:
    """The token that is plugged in, when it is the only one."""
    ready = pkcs11.TokenFlag.TOKEN_INITIALIZED
    tokens = [token for token in pkcs11.lib(str(module)).get_tokens() if ready in token.flags]
    if len(tokens) != 1:
        raise refused("token-unusable", module.name, reason=NO_TOKEN if not tokens else SEVERAL)
    return tokens[0]
