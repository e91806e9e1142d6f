"""What ships is written down: every locked package with its licence and text, and the parts list with version and hashes."""

import json
import re
import runpy
from pathlib import Path

import pytest

from desk.resources import resource_bytes
from desk.services import supply

ROOT = Path(__file__).resolve().parents[2]
MAKER = runpy.run_path(str(ROOT / "resources" / "licences" / "make_supply.py"))


def lock(name: str) -> dict[tuple[str, str], set[str]]:
    """Name and version of each locked package with its hashes, read line by line."""
    found: dict[tuple[str, str], set[str]] = {}
    current: set[str] = set()
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if head := re.match(r"([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", line):
            current = found.setdefault((head[1].lower(), head[2]), set())
        elif digest := re.search(r"--hash=sha256:([0-9a-f]+)", line):
            current.add(digest[1])
    return found


LOCKED = {**lock("requirements.lock"), **lock("county.lock")}


def test_every_locked_package_has_its_licence() -> None:
    """One that was added or raised without `make_supply.py` being run, or without its licence being read, fails here."""
    listed = {(part.name, version) for part in supply.parts() for version in part.versions}
    assert set(LOCKED) <= listed
    qt = {("Qt", version) for name, version in LOCKED if name == "pyside6-essentials"}
    assert listed - set(LOCKED) == qt


def test_the_list_is_what_the_maker_makes_of_the_locks() -> None:
    made = json.loads(MAKER["as_json"]([_plain(one) for one in MAKER["shipped"]()]))
    assert json.loads(resource_bytes("licences/shipped.json")) == made


def _plain(one: object) -> dict[str, object]:
    names = ("name", "versions", "licence", "use", "texts")
    return {name: getattr(one, name) for name in names}


@pytest.mark.parametrize("part", supply.parts(), ids=lambda part: part.name)
def test_every_part_has_its_text(part: supply.Part) -> None:
    assert part.licence
    assert part.use
    assert len(supply.licence_text(part)) > 200


def test_no_text_is_left_over() -> None:
    wanted = {name for part in supply.parts() for name in part.texts}
    there = {
        f"licences/{path.relative_to(ROOT / 'resources/licences').as_posix()}"
        for path in (ROOT / "resources/licences").rglob("*.txt")
    }
    assert there <= wanted


def test_a_package_nobody_has_read_the_licence_of_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("requirements.lock", "county.lock"):
        (tmp_path / name).write_text("newcomer==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setitem(MAKER["shipped"].__globals__, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="newcomer"):
        MAKER["shipped"]()


def test_the_parts_list_names_all_with_version_licence_and_hashes() -> None:
    bom = json.loads(MAKER["as_json"](MAKER["sbom"]()))
    assert (bom["bomFormat"], bom["specVersion"], bom["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bom["serialNumber"])
    packages = [one for one in bom["components"] if "purl" in one]
    told = {
        (one["name"], one["version"]): {
            digest["content"]
            for reference in one["externalReferences"]
            for digest in reference["hashes"]
        }
        for one in packages
    }
    assert told == LOCKED
    assert all(told.values())
    assert all(one["licenses"][0]["expression"] for one in packages)
    assert {one["purl"] for one in packages} == {f"pkg:pypi/{n}@{v}" for n, v in LOCKED}


def test_the_parts_list_holds_together() -> None:
    """Every reference is to a part that is there, none is named twice, and all hang below the program."""
    bom = MAKER["sbom"]()
    refs = [one["bom-ref"] for one in bom["components"]]
    assert len(refs) == len(set(refs))
    root = bom["metadata"]["component"]["bom-ref"]
    known = {root, *refs}
    named = [ref for one in bom["dependencies"] for ref in (one["ref"], *one["dependsOn"])]
    assert set(named) <= known
    below = next(one for one in bom["dependencies"] if one["ref"] == root)
    assert set(below["dependsOn"]) == set(refs)
    assert json.loads(MAKER["as_json"](MAKER["sbom"]())) == json.loads(MAKER["as_json"](bom))


def test_county_packages_are_optional_parts() -> None:
    scopes = {one["name"]: one.get("scope") for one in MAKER["sbom"]()["components"]}
    assert scopes["psycopg"] == "optional"
    assert scopes["sqlcipher3"] == "required"
