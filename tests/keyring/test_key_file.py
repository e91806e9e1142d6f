"""The key file is kept twice; one good copy is enough, and damage is never taken for good."""

import json
import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk import keyring
from desk.errors import OfficeDamaged, OfficeNewer
from desk.keyring import key_file
from desk.keyring.key_file import CountySlot, KeyFile, Slot


def small_file() -> bytes:
    slots = (
        Slot("aa", "operator", "王敏", bytes(16), keyring.DEFAULT, bytes(12), bytes(48)),
        Slot("recovery", "recovery", "", bytes(16), None, bytes(12), bytes(48)),
    )
    county = CountySlot("age1" + "q" * 58, bytes(40))
    return key_file.lay_out(KeyFile(7, "池阳社区", bytes(16), True, slots, county))


@pytest.mark.parametrize("name", key_file.NAMES)
@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "noise"])
def test_one_good_copy_is_enough(hall, name, harm):
    path = hall.folder / name
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": whole[:-9], "noise": os.urandom(600)}[harm])
    assert hall.sign_in() == hall.data_key
    keyring.prove_recovery(hall.folder, hall.paper)
    assert (hall.folder / "keys.json").read_bytes() == (hall.folder / "keys.json.2").read_bytes()


def test_the_newer_of_two_good_copies_counts(hall):
    """A crash between the two writings leaves the second one behind."""
    old = (hall.folder / "keys.json.2").read_bytes()
    keyring.prove_recovery(hall.folder, hall.paper)
    (hall.folder / "keys.json.2").write_bytes(old)
    assert keyring.is_proved(hall.folder)


def test_two_damaged_copies_are_told(hall):
    for name in key_file.NAMES:
        (hall.folder / name).write_bytes(b"\0" * 100)
    assert keyring.exists(hall.folder)
    with pytest.raises(OfficeDamaged, match=r"keys\.json"):
        keyring.operators(hall.folder)


def test_a_newer_file_is_left_alone(hall):
    body = json.loads((hall.folder / "keys.json").read_bytes())
    del body["digest"]
    body["version"] = 2
    body["digest"] = key_file._digest(body)
    newer = json.dumps(body).encode()
    (hall.folder / "keys.json").write_bytes(newer)
    with pytest.raises(OfficeNewer):
        keyring.operators(hall.folder)
    assert (hall.folder / "keys.json").read_bytes() == newer


def test_a_file_reads_back_as_written():
    assert key_file.lay_out(key_file.parse(small_file())) == small_file()


def test_every_changed_byte_and_every_cut_is_noticed():
    whole = small_file()
    for place in range(len(whole)):
        with pytest.raises(ValueError):  # noqa: PT011
            key_file.parse(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ValueError):  # noqa: PT011
            key_file.parse(whole[:place])


def test_a_huge_or_deep_file_is_not_taken():
    for data in (b" " * (key_file.MAX_BYTES + 1), b"[" * 100_000):
        with pytest.raises(ValueError):  # noqa: PT011
            key_file.parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    changed=st.dictionaries(
        st.sampled_from(["version", "label", "slots", "check", "edition", "county"]), JSON
    )
)
@example(changed={"version": 2.5})
@example(changed={"slots": [{"kind": "operator", "kdf": None}]})
def test_a_whole_file_of_another_shape_is_refused_by_name(changed):
    """Whoever mends the digest still gets a named refusal, never a crash."""
    body = {**json.loads(small_file()), **changed}
    del body["digest"]
    try:
        body["digest"] = key_file._digest(body)
    except ValueError:
        return
    try:
        keys = key_file.parse(json.dumps(body).encode())
    except (ValueError, OfficeNewer):
        return
    assert key_file.parse(key_file.lay_out(keys)) == keys


@pytest.mark.parametrize("name", ["format", "version", "edition", "label", "check", "slots"])
def test_a_whole_file_without_one_of_its_keys_is_refused_by_name(name):
    """Found by tests.faults.fuzz, seed 1, mutant 35."""
    body = json.loads(small_file())
    del body[name], body["digest"]
    body["digest"] = key_file._digest(body)
    with pytest.raises(ValueError, match=r".+"):
        key_file.parse(json.dumps(body).encode())


@given(st.binary(max_size=300))
def test_noise_is_refused_by_name(data):
    with pytest.raises(ValueError):  # noqa: PT011
        key_file.parse(data)
