"""Who may open the office: the data key, wrapped once for each operator and once for the printed recovery key."""

from desk.keyring.params import DEFAULT, Argon2Params
from desk.keyring.passwords import check_password
from desk.keyring.slots import (
    OperatorName,
    add_operator,
    create_after,
    create_key_file,
    exists,
    fits,
    is_for,
    is_proved,
    label,
    mark,
    new_data_key,
    open_with_password,
    open_with_recovery,
    operators,
    params_in_use,
    prove_recovery,
    remove_operator,
    renew_recovery,
)
from desk.keyring.tuning import tune

__all__ = [
    "DEFAULT",
    "Argon2Params",
    "OperatorName",
    "add_operator",
    "check_password",
    "create_after",
    "create_key_file",
    "exists",
    "fits",
    "is_for",
    "is_proved",
    "label",
    "mark",
    "new_data_key",
    "open_with_password",
    "open_with_recovery",
    "operators",
    "params_in_use",
    "prove_recovery",
    "remove_operator",
    "renew_recovery",
    "tune",
]
