import pytest
from cryptography.fernet import Fernet

from articles.seal import NoKey, Seal, name_of, new_key

TEXT = "Narasumber: Bu Ani, kepala gudang — 0812…"


@pytest.fixture
def keys() -> list[str]:
    return [new_key() for _ in range(3)]


def test_what_was_locked_opens_again(keys):
    seal = Seal(keys)
    locked = seal.lock(TEXT)
    assert b"Ani" not in locked
    assert seal.open(locked) == TEXT
    assert seal.lock(TEXT) != locked


def test_the_first_key_locks_and_all_of_them_open(keys):
    old = Seal([keys[2]]).lock(TEXT)
    assert Seal(keys).open(old) == TEXT
    fresh = Seal(keys).lock(TEXT)
    assert Seal([keys[0]]).open(fresh) == TEXT
    with pytest.raises(NoKey):
        Seal(keys[1:]).open(fresh)


def test_what_is_renewed_needs_the_first_key_alone(keys):
    old = Seal([keys[2]]).lock(TEXT)
    fresh = Seal(keys).renew(old)
    assert Seal([keys[0]]).open(fresh) == TEXT
    with pytest.raises(NoKey):
        Seal([keys[2]]).open(fresh)
    with pytest.raises(NoKey):
        Seal([keys[1]]).renew(old)


def test_what_somebody_altered_does_not_open(keys):
    locked = bytearray(Seal(keys).lock(TEXT))
    locked[30] ^= 1
    with pytest.raises(NoKey) as refusal:
        Seal(keys).open(bytes(locked))
    assert TEXT not in str(refusal.value)


@pytest.mark.parametrize(
    "act", [lambda seal: seal.lock(TEXT), lambda seal: seal.open(b"x")], ids=["lock", "open"]
)
def test_without_a_key_nothing_is_locked_or_opened(act):
    with pytest.raises(NoKey):
        act(Seal([]))
    with pytest.raises(NoKey):
        _ = Seal([]).key_id


def test_a_keys_name_is_always_the_same_and_no_part_of_it(keys):
    assert Seal(keys).key_id == name_of(keys[0]) == Seal(keys).known_ids[0]
    assert len({name_of(key) for key in keys}) == 3
    assert name_of(keys[0]) not in keys[0]


def test_a_new_key_is_one_that_locks():
    assert Fernet(new_key())
