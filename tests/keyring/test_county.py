"""The county's slot opens by the county's offline recovery key, in the very file it was put into, and nowhere else."""

import json
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest

from desk import keyring
from desk.domain.canonical import Json, canonical
from desk.errors import CountyKeyWrong, NoCountySlot
from desk.keyring import key_file
from desk.keyring.key_file import CountySlot
from tests.keyring.conftest import QUICK, Hall


@pytest.fixture
def county() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def known(hall: Hall, county: pyrage.x25519.Identity) -> Hall:
    """A hall that met its county."""
    assert keyring.put_county(hall.folder, str(county.to_public()), hall.data_key)
    return hall


def with_slot(folder: Path, slot: CountySlot | None) -> None:
    keys = key_file.read(folder)
    key_file.write(folder, replace(keys, edition=keys.edition + 1, county=slot))


def slot_of(folder: Path) -> CountySlot:
    slot = key_file.read(folder).county
    assert slot is not None
    return slot


def refused(hall: Hall, county: pyrage.x25519.Identity) -> bool:
    with pytest.raises(CountyKeyWrong):
        keyring.open_with_county(hall.folder, str(county))
    return True


def test_a_hall_that_never_met_a_county_has_none(hall: Hall, county: pyrage.x25519.Identity):
    assert keyring.county_recipient(hall.folder) == ""
    assert b"county" not in (hall.folder / "keys.json").read_bytes(), "a file as it always was"
    with pytest.raises(NoCountySlot):
        keyring.open_with_county(hall.folder, str(county))


def test_the_county_gets_the_key_out_and_all_others_still_do(
    known: Hall, county: pyrage.x25519.Identity
):
    assert keyring.county_recipient(known.folder) == str(county.to_public())
    assert keyring.open_with_county(known.folder, str(county)) == known.data_key
    assert known.sign_in() == known.data_key
    assert keyring.open_with_recovery(known.folder, known.paper) == known.data_key


def test_it_stays_whatever_else_is_changed(known: Hall, county: pyrage.x25519.Identity):
    keyring.prove_recovery(known.folder, known.paper)
    keyring.add_operator(known.folder, known.data_key, "bb", "李静", "another 9 horses", QUICK)
    keyring.remove_operator(known.folder, "aa")
    keyring.renew_recovery(known.folder, known.data_key)
    assert keyring.open_with_county(known.folder, str(county)) == known.data_key


def test_neither_key_stands_in_the_file(known: Hall, county: pyrage.x25519.Identity):
    for name in key_file.NAMES:
        body = (known.folder / name).read_bytes()
        assert known.data_key not in body
        assert known.data_key.hex().encode() not in body
        assert str(county).encode() not in body


@pytest.mark.parametrize("typed", ["", "AGE-SECRET-KEY-1", "渭河"])
def test_another_key_opens_nothing(known: Hall, typed: str):
    for identity in (typed, str(pyrage.x25519.Identity.generate())):
        with pytest.raises(CountyKeyWrong):
            keyring.open_with_county(known.folder, identity)


def test_a_renewed_county_key_takes_its_place(known: Hall, county: pyrage.x25519.Identity):
    renewed = pyrage.x25519.Identity.generate()
    before = (known.folder / "keys.json").read_bytes()
    assert not keyring.put_county(known.folder, str(county.to_public()), known.data_key)
    assert (known.folder / "keys.json").read_bytes() == before, "nothing is written for nothing"
    assert keyring.put_county(known.folder, str(renewed.to_public()), known.data_key)
    assert keyring.open_with_county(known.folder, str(renewed)) == known.data_key
    assert refused(known, county)


def test_a_foreign_key_or_recipient_makes_no_slot(hall: Hall, county: pyrage.x25519.Identity):
    for recipient, data_key in ((str(county.to_public()), bytes(32)), ("age1", hall.data_key)):
        with pytest.raises(ValueError, match=r"needed|not the data key"):
            keyring.put_county(hall.folder, recipient, data_key)
    assert keyring.county_recipient(hall.folder) == ""


def test_no_changed_byte_and_no_cut_opens(known: Hall, county: pyrage.x25519.Identity):
    """The digest is mended, as an attacker would: the seal itself has to notice."""
    whole = slot_of(known.folder)
    for place in range(len(whole.sealed)):
        other = bytes([whole.sealed[place] ^ 1])
        for sealed in (
            whole.sealed[:place] + other + whole.sealed[place + 1 :],
            whole.sealed[:place] or b"\0",
        ):
            changed = replace(key_file.read(known.folder), county=replace(whole, sealed=sealed))
            # One copy is enough to ask, and not flushed to the disk a thousand times.
            (known.folder / "keys.json").write_bytes(key_file.lay_out(changed))
            (known.folder / "keys.json.2").unlink(missing_ok=True)
            assert refused(known, county)


def test_a_slot_of_another_file_is_refused(
    known: Hall, county: pyrage.x25519.Identity, tmp_path: Path
):
    """Rightly sealed to the same county, but for another hall's key."""
    other = tmp_path / "other"
    other.mkdir()
    key = keyring.new_data_key()
    keyring.create_key_file(
        other,
        key,
        label="渭阳社区",
        operator_id="aa",
        operator_name="李静",
        password="another 9 horses",
        params=QUICK,
    )
    keyring.put_county(other, str(county.to_public()), key)
    with_slot(known.folder, slot_of(other))
    assert refused(known, county)


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"{}",
        b'{"key":1}',
        b'{"key":"zz"}',
        b"[" * 1500,
        "真的".encode(),
        {"id": "aa"},
        {"kind": "operator"},
        {"version": 2},
        {"more": 1},
        {"check": "00" * 16},
    ],
)
def test_what_somebody_else_sealed_to_the_county_is_not_believed(
    known: Hall, county: pyrage.x25519.Identity, told: bytes | dict[str, Json]
):
    """Anybody can seal to a public key; the true data key under another slot's name is refused too."""
    whole = slot_of(known.folder)
    if isinstance(told, dict):
        told = canonical({**json.loads(pyrage.decrypt(whole.sealed, [county])), **told})
    sealed = bytes(pyrage.encrypt(told, [county.to_public()]))
    with_slot(known.folder, replace(whole, sealed=sealed))
    assert refused(known, county)


def test_a_recipient_that_was_exchanged_is_noticed(known: Hall, county: pyrage.x25519.Identity):
    stranger = str(pyrage.x25519.Identity.generate().to_public())
    with_slot(known.folder, replace(slot_of(known.folder), recipient=stranger))
    assert refused(known, county)
    assert keyring.put_county(known.folder, str(county.to_public()), known.data_key)
    assert keyring.open_with_county(known.folder, str(county)) == known.data_key


@pytest.mark.parametrize(
    "changed",
    [
        None,
        [],
        {"kind": "recovery"},
        {"recipient": "age1"},
        {"recipient": 1},
        {"sealed": ""},
        {"sealed": "0"},
        {"sealed": "AB"},
        {"sealed": "00 "},
        {"sealed": "00" * (key_file.MAX_SEALED + 1)},
        {"sealed": 7},
        {"more": 1},
    ],
)
def test_a_slot_of_another_shape_is_no_key_file(known: Hall, changed: object):
    body = json.loads((known.folder / "keys.json").read_bytes())
    del body["digest"]
    assert key_file.parse(canonical({**body, "digest": key_file._digest(body)})).county
    body["county"] = {**body["county"], **changed} if isinstance(changed, dict) else changed
    with pytest.raises(ValueError, match=r"."):
        key_file.parse(canonical({**body, "digest": key_file._digest(body)}))


@pytest.mark.parametrize("part", ["kind", "recipient", "sealed"])
def test_a_slot_without_one_of_its_parts_is_no_key_file(known: Hall, part: str):
    body = json.loads((known.folder / "keys.json").read_bytes())
    del body["digest"], body["county"][part]
    with pytest.raises(ValueError, match="three parts"):
        key_file.parse(canonical({**body, "digest": key_file._digest(body)}))
