"""Keys on a token, made with SoftHSM2: they sign as keys in files do, and what can go wrong has a name."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pkcs11
import pytest

from reportgen.errors import SignatureError
from reportgen.records.history import Standing
from reportgen.records.signatures import tokens
from reportgen.records.signatures.detached import judge_detached, sign_detached
from reportgen.records.signatures.tokens import TokenSigner, open_token
from reportgen.signing import Order, sign
from tests.authority import NOW, Authority
from tests.clocks import always
from tests.records.samples import contents
from tests.records.test_signatures import blank
from tests.test_signing import FORMS

PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)
"""Where distributions put the module."""
MODULE = next((Path(place) for place in PLACES if Path(place).exists()), None)
CONTENT = b"what is signed"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(MODULE is None or not shutil.which("softhsm2-util"), reason="SoftHSM2 is not there"),
]


def softhsm(*arguments: str) -> None:
    """Runs the program that makes tokens."""
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module", params=[False, True], ids=["rsa", "curve"])
def authority(request: pytest.FixtureRequest) -> Authority:
    return Authority("设备根证书", curve=request.param)


@pytest.fixture(scope="module")
def token(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The label of a token that holds the key and the certificate of the office."""
    from pkcs11.util.x509 import decode_x509_certificate

    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    label = f"office-{'curve' if authority.curve else 'rsa'}"
    (folder / "key.pem").write_bytes(authority.office.key_pem())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        softhsm("--init-token", "--free", "--label", label, "--pin", "1234", "--so-pin", "123456")
        softhsm(
            *("--import", str(folder / "key.pem"), "--token", label, "--label", "office"),
            *("--id", "A1", "--pin", "1234"),
        )
        library = pkcs11.lib(str(MODULE))
        library.reinitialize()
        with library.get_token(token_label=label).open(user_pin="1234", rw=True) as session:
            session.create_object(
                {
                    **decode_x509_certificate(authority.office.der),
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.ID: b"\xa1",
                }
            )
        yield label
    shutil.rmtree(folder / "tokens")


def opened(label: str, pin: bytes = b"1234", module: Path | None = None) -> TokenSigner:
    assert MODULE
    return open_token(module or MODULE, label, pin)


def refusal(label: str, pin: bytes = b"1234", module: Path | None = None) -> str:
    with pytest.raises(SignatureError) as error:
        opened(label, pin, module)
    assert error.value.exit_code == 7
    assert pin.decode() not in str(error.value)
    return error.value.diagnostics[0].code


def test_a_key_on_a_token_signs(token: str, authority: Authority) -> None:
    made = sign_detached(CONTENT, opened(token), at=NOW, evidence=authority.evidence())
    judged = judge_detached(CONTENT, made, authority.trust())
    assert (judged.standing, judged.signer) == (Standing.HOLDS, "某某市某某局")


def test_the_only_token_needs_no_label(token: str) -> None:
    assert opened("").certificates == opened(token).certificates


def test_what_can_go_wrong_with_a_token_has_a_name(token: str, tmp_path: Path) -> None:
    assert refusal(token, b"9999") == "token-pin"
    assert refusal("another") == "token-unusable"
    assert MODULE
    with pytest.raises(SignatureError, match="没有找到这个设备"):
        open_token(MODULE, "another", b"1234")
    assert refusal(token, module=tmp_path / "nowhere.so") == "token-unusable"
    (tmp_path / "odd.so").write_bytes(b"no library")
    assert refusal(token, module=tmp_path / "odd.so") == "token-unusable"


def gone(act: Callable[[], object]) -> None:
    with pytest.raises(SignatureError) as error:
        act()
    assert error.value.exit_code == 7
    assert [found.code for found in error.value.diagnostics] == ["token-gone"]


def test_a_token_that_is_pulled_out_before_it_signs_is_told(token: str) -> None:
    signer = opened(token)
    other = TokenSigner(signer.module, "gone", signer.pin, signer.key_id, signer.certificates)
    gone(lambda: sign_detached(CONTENT, other, at=NOW))


@pytest.mark.parametrize("moment", ["after the login", "at the signature"])
@pytest.mark.parametrize("form", ["folder", "file", "record"])
def test_a_token_that_is_torn_out_while_it_signs_leaves_everything_as_it_was(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, form: str
) -> None:
    monkeypatch.setattr("tests.records.samples.pdf_of", lambda _: blank())
    signer, path = opened(token), FORMS[form](tmp_path / "r")
    config = Path(os.environ["SOFTHSM2_CONF"])
    folder, away = config.parent / "tokens", config.parent / "away"
    real = tokens.session

    class Torn:
        """A session whose key is there, and whose device is not when it should sign."""

        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def get_key(self, *arguments: Any, **options: Any) -> Any:
            self.inner.get_key(*arguments, **options)
            return SimpleNamespace(sign=self.removed)

        def removed(self, *_: Any, **__: Any) -> bytes:
            raise pkcs11.DeviceRemoved

    @contextmanager
    def torn(*arguments: Any) -> Iterator[Any]:
        with real(*arguments) as inner:
            if moment == "after the login":
                folder.rename(away)
            yield inner if moment == "after the login" else Torn(inner)

    monkeypatch.setattr(tokens, "session", torn)
    before = contents(tmp_path)
    try:
        gone(lambda: sign(path, Order(signer, always(NOW), by="张三")))
    finally:
        if away.exists():
            folder.mkdir(exist_ok=True)
            shutil.rmtree(folder)
            away.rename(folder)
            pkcs11.lib(str(MODULE)).reinitialize()
    assert {name: item for name, item in contents(tmp_path).items() if not name.endswith(".lock")} == before
