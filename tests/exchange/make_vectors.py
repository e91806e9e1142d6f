"""Makes the stored packages anew, one fault a file, with their index: `python -m tests.exchange.make_vectors`.

The keys in `keys.json` stay; age draws new randomness, so every file changes. What is stored is what counts.
"""

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.exchange import county_faults, desk_faults, form_faults
from tests.exchange.desk_faults import FIRST, Desks
from tests.exchange.makers import parted, strung
from tests.exchange.standing import KEYS, VECTORS, FromDesk, made_keys, nodes

INDEX = VECTORS / "index.json"
NOT_STORED = (
    "before the key's first day",
    "after the key's last day",
    "header of 16 KiB and a byte",
)
"""A county sets no first day, `desk_faults` has the last one; a stored file is small."""


@dataclass(frozen=True)
class Vector:
    """A stored package: what is wrong with it, who reads it after which others, and what becomes of it.

    `outcome`: a code of the receiving table; at a desk TAKEN for what is taken. `said`: passed over with this sentence
    instead. `refused`: how many events are given back.
    """

    file: str
    reader: str
    what: str
    outcome: str
    after: tuple[str, ...] = ()
    said: bool = False
    refused: int = 0


def main() -> None:
    """Write all files and the index."""
    VECTORS.mkdir(exist_ok=True)
    if not KEYS.exists():
        KEYS.write_text(json.dumps(made_keys(), indent=1) + "\n", "ascii")
    made = all_made()
    for path in VECTORS.glob("*.bmq"):
        path.unlink()
    for vector, data in made:
        (VECTORS / vector.file).write_bytes(data)
    rows = [json.dumps(told(vector), ensure_ascii=False) for vector, _ in made]
    INDEX.write_text("[\n" + ",\n".join(rows) + "\n]\n", "utf-8")


def all_made() -> list[tuple[Vector, bytes]]:
    """Every package with what the index says of it."""
    known = nodes()
    desks = Desks(known, {})
    made = [*of_form(FromDesk(known["desk"], known["county"], count=1)), *of_desks(desks)]
    return [*made, *of_counties(county_faults.Counties(known, desks.made[FIRST]))]


def told(vector: Vector) -> dict[str, object]:
    """What the index says of it; what is as usual is left out."""
    usual = {"after": (), "said": False, "refused": 0}
    return {name: one for name, one in asdict(vector).items() if usual.get(name) != one}


def read_index(path: Path = INDEX) -> tuple[Vector, ...]:
    """What the index says."""
    rows = json.loads(path.read_text("utf-8"))
    return tuple(Vector(**{**one, "after": tuple(one.get("after", ()))}) for one in rows)


def of_form(world: FromDesk) -> list[tuple[Vector, bytes]]:
    found: dict[str, tuple[Callable[[FromDesk], bytes], str]] = {
        name: one for name, one in form_faults.BEFORE_OPENING.items() if name not in NOT_STORED
    }
    found |= {name: (make, "DAMAGED") for name, make in form_faults.AFTER_OPENING.items()}
    found["expanding more than fifty times"] = (expanding, "DAMAGED")
    return [
        (Vector(file_name("county", name), "county", name, outcome), make(world))
        for name, (make, outcome) in found.items()
    ]


def expanding(world: FromDesk) -> bytes:
    """A part of two hundred thousand zeros: more than fifty times the file."""
    return world.forge(
        sequence=strung([*parted(world.sequence()), ("blobs/" + "0" * 64, bytes(200_000))])
    )


def of_desks(desks: Desks) -> list[tuple[Vector, bytes]]:
    for name, make in desk_faults.GOOD.items():
        desks.made[name] = make(desks)
    found = [(name, desks.made[name], "COMMITTED") for name in desk_faults.GOOD]
    found += [
        (name, make(desks), outcome)
        for name, (make, outcome) in (desk_faults.ALONE | desk_faults.LATER).items()
    ]
    return [
        (
            Vector(
                file_name("county", name),
                "county",
                name,
                outcome,
                tuple(file_name("county", one) for one in desk_faults.AFTER.get(name, ())),
                refused=int(name in desk_faults.GIVEN_BACK),
            ),
            data,
        )
        for name, data, outcome in found
    ]


def of_counties(county: county_faults.Counties) -> list[tuple[Vector, bytes]]:
    found = [(name, make, "TAKEN", False) for name, make in county_faults.TAKEN.items()]
    found += [(name, *one, False) for name, one in county_faults.REFUSED.items()]
    found += [(name, *one, True) for name, one in county_faults.SAID.items()]
    return [
        (Vector(file_name("desk", name), "desk", name, outcome, said=said), make(county))
        for name, make, outcome, said in found
    ]


def file_name(reader: str, what: str) -> str:
    """Told by reader and fault; short faults of one spelling keep apart by a sum."""
    plain = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
    same = plain.replace("-", " ") == what
    return f"{reader}-{plain}{'' if same else f'-{zlib.crc32(what.encode()):08x}'}.bmq"


if __name__ == "__main__":
    main()
