"""The data key comes out for those who have a slot, and for nobody else."""

import json
import subprocess
import sys
import time

import pytest

from desk import keyring
from desk.errors import NotFound, RecoveryKeyWrong, SignInRefused
from desk.keyring import key_file
from tests.keyring.conftest import PASSWORD, QUICK


def test_asking_for_names_loads_no_cryptography():
    """The sign-in page is painted before anything heavy is loaded."""
    ask = "import sys, desk.keyring; print('cryptography' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_nothing_is_there_before(tmp_path):
    assert not keyring.exists(tmp_path)


def test_the_first_operator_gets_the_key_out(hall):
    assert keyring.exists(hall.folder)
    assert len(hall.data_key) == 32
    assert hall.sign_in() == hall.data_key
    assert keyring.label(hall.folder) == "池阳社区便民服务大厅"
    assert keyring.operators(hall.folder) == (keyring.OperatorName("aa", "王敏"),)


def test_a_key_file_is_never_overwritten(hall, make_hall):
    with pytest.raises(FileExistsError):
        make_hall()
    (hall.folder / "keys.json").unlink()
    with pytest.raises(FileExistsError):
        make_hall()
    assert hall.sign_in() == hall.data_key


def test_neither_key_nor_password_nor_paper_stands_in_the_files(hall):
    hall.sign_in()
    for path in hall.folder.iterdir():
        body = path.read_bytes()
        assert hall.data_key not in body
        assert hall.data_key.hex().encode() not in body
        assert PASSWORD.encode() not in body
        assert not any(group.encode() in body for group in hall.paper.split("-"))


def test_full_width_letters_are_the_same_password(hall):
    assert hall.sign_in(password="ｃｏｒｒｅｃｔ battery 马蹄") == hall.data_key


@pytest.mark.parametrize("password", ["", "correct battery 马", PASSWORD + " ", PASSWORD.upper()])
def test_another_password_is_refused(hall, password):
    with pytest.raises(SignInRefused):
        hall.sign_in(password=password)


def test_a_name_that_does_not_exist_takes_as_long_as_a_wrong_password(hall):
    def fastest(operator_id: str, tries: int = 3) -> float:
        taken = []
        for _ in range(tries):
            start = time.process_time()
            with pytest.raises(SignInRefused):
                hall.sign_in(operator_id, "wrong password")
            taken.append(time.process_time() - start)
        return min(taken)

    known, unknown = fastest("aa"), fastest("nobody")
    # Processor time: a busy neighbour must not decide this. Without the work it would be 1 : 1,000.
    assert 0.3 < unknown / known < 3


def test_a_second_operator_comes_and_the_first_leaves(hall):
    keyring.add_operator(hall.folder, hall.data_key, "bb", "李静", "another 9 horses", QUICK)
    assert hall.sign_in("bb", "another 9 horses") == hall.data_key
    keyring.remove_operator(hall.folder, "aa")
    with pytest.raises(SignInRefused):
        hall.sign_in()
    assert [one.name for one in keyring.operators(hall.folder)] == ["李静"]
    for name in key_file.NAMES:
        assert "王敏" not in (hall.folder / name).read_text(encoding="utf-8")


def test_a_new_password_replaces_the_old_one(hall):
    keyring.add_operator(hall.folder, hall.data_key, "aa", "王敏", "another 9 horses", QUICK)
    with pytest.raises(SignInRefused):
        hall.sign_in()
    assert hall.sign_in(password="another 9 horses") == hall.data_key
    assert len(keyring.operators(hall.folder)) == 1


def test_a_new_password_ends_the_waiting(hall):
    for _ in range(5):
        with pytest.raises(SignInRefused):
            hall.sign_in(password="forgotten")
    keyring.add_operator(hall.folder, hall.data_key, "aa", "王敏", "another 9 horses", QUICK)
    assert hall.sign_in(password="another 9 horses") == hall.data_key


def test_a_foreign_key_makes_no_slot(hall):
    with pytest.raises(ValueError, match="not the data key"):
        keyring.add_operator(hall.folder, bytes(32), "bb", "李静", "another 9 horses", QUICK)
    assert len(keyring.operators(hall.folder)) == 1


def test_who_has_no_slot_cannot_lose_it(hall):
    for operator_id in ("bb", "recovery"):
        with pytest.raises(NotFound):
            keyring.remove_operator(hall.folder, operator_id)


def test_the_paper_opens_and_is_proved_by_typing_it_back(hall):
    assert not keyring.is_proved(hall.folder)
    with pytest.raises(RecoveryKeyWrong):
        keyring.prove_recovery(hall.folder, hall.paper[:-1])
    assert not keyring.is_proved(hall.folder)
    keyring.prove_recovery(hall.folder, hall.paper.lower().replace("-", " "))
    assert keyring.is_proved(hall.folder)
    assert keyring.open_with_recovery(hall.folder, hall.paper) == hall.data_key
    assert hall.sign_in() == hall.data_key


def test_a_lost_paper_is_replaced_and_opens_nothing_more(hall):
    keyring.prove_recovery(hall.folder, hall.paper)
    paper = keyring.renew_recovery(hall.folder, hall.data_key)
    assert not keyring.is_proved(hall.folder)
    with pytest.raises(RecoveryKeyWrong) as refused:
        keyring.open_with_recovery(hall.folder, hall.paper)
    assert refused.value.group == 1
    assert keyring.open_with_recovery(hall.folder, paper) == hall.data_key


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "ab"),
        (("kdf", "iterations"), 3),
        (("kdf", "memory_kib"), 20 * 1024),
        (("kdf", "salt"), "00" * 16),
        (("nonce",), "00" * 12),
        (("wrapped",), "00" * 48),
    ],
)
def test_a_slot_whose_settings_were_changed_does_not_open(hall, path, value):
    """The digest is mended, as an attacker would: the seal itself has to notice."""
    body = json.loads((hall.folder / "keys.json").read_bytes())
    place = body["slots"][0]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    del body["digest"]
    body["digest"] = key_file._digest(body)
    for name in key_file.NAMES:
        (hall.folder / name).write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(SignInRefused):
        hall.sign_in(body["slots"][0]["id"])
