"""The algorithms are the standard ones: they give the results that the standards print."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM

from tests.sealed.conftest import SECOND
from zhongchuang.sealed.keys import SUITES, cipher_of, derived, digest_of


def test_sm4_gcm_gives_what_rfc_8998_prints():
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")  # fmt: skip
    text = b"".join(bytes([pair]) * 8 for pair in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    lock = Cipher(SUITES["gm"].cipher(key), GCM(nonce)).encryptor()
    lock.authenticate_additional_data(bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
    sealed = lock.update(text) + lock.finalize()
    assert sealed.hex().startswith("17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd375648906")
    assert lock.tag.hex() == "83de3541e4c2b58177e065a9bf7b62ec"


def test_aes_256_gcm_gives_what_nist_prints():
    lock = Cipher(SUITES["intl"].cipher(bytes(32)), GCM(bytes(12))).encryptor()
    sealed = lock.update(bytes(16)) + lock.finalize()
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18"
    assert lock.tag.hex() == "d0d1c8a799996bf0265b98b5d48ab919"


def test_sm3_gives_what_gb_32905_prints():
    digest = hashes.Hash(SUITES["gm"].hash())
    digest.update(b"abc")
    assert digest.finalize().hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_no_two_uses_share_a_key(settings):
    settings.FIELD_KEYS = SECOND
    secret = "a" * 40
    keys = {derived(secret, suite, purpose) for suite in SUITES for purpose in ("seal", "index")}
    assert len(keys) == 4
    assert cipher_of(1, "intl").key != cipher_of(2, "intl").key
    assert digest_of(1, "intl", "a.b", "x") != digest_of(1, "intl", "a.c", "x")
