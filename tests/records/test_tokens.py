"""Keys on a token, made with SoftHSM2: they sign as keys in files do, and what can go wrong has a name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.errors import SignatureError
from reportgen.records.history import Standing
from reportgen.records.signatures.detached import judge_detached, sign_detached
from reportgen.records.signatures.tokens import TokenSigner, open_token
from tests.authority import NOW, Authority

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
    import pkcs11
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
    assert refusal(token, module=tmp_path / "nowhere.so") == "token-unusable"
    (tmp_path / "odd.so").write_bytes(b"no library")
    assert refusal(token, module=tmp_path / "odd.so") == "token-unusable"


def test_a_token_that_is_pulled_out_before_it_signs_is_told(token: str) -> None:
    signer = opened(token)
    gone = TokenSigner(signer.module, "gone", signer.pin, signer.key_id, signer.certificates)
    with pytest.raises(SignatureError) as error:
        sign_detached(CONTENT, gone, at=NOW)
    assert error.value.diagnostics[0].code == "token-unusable"
