"""An edition of the rules read as strictly as it can be, and held against the one it is to follow."""

from collections.abc import Callable, Iterator, Mapping

from desk.domain.catalog_diff import present_code
from desk.domain.ledger_maps import read_ledgers
from desk.domain.pinyin import PinyinTable
from desk.errors import UNREADABLE, CatalogRejected
from desk.services.rules import Rules, read_rules
from desk.words.catalog import gone

OTHERS = "000000"


def checked(
    files: Mapping[str, bytes],
    former: Rules,
    pinyin: PinyinTable,
    *,
    county: str = "",
    through: str = "",
) -> Rules:
    """The rules of these files, all of them read; they may follow `former` without anything on file losing its words.

    Raises:
        CatalogRejected: with every fault.
    """
    rules = read_rules(files, pinyin, county=county, through=through)
    faults = [fault for read in _late(rules) for fault in _faults_of(read)]
    if not faults:
        faults = list(_gone(former, rules))
    if faults:
        raise CatalogRejected(faults)
    return rules


def _late(rules: Rules) -> tuple[Callable[[], object], ...]:
    """What the rules read only when it is wanted."""
    return (
        lambda: rules.wording,
        lambda: rules.form_wording,
        lambda: rules.layouts,
        lambda: rules.offers,
        lambda: rules.attachments,
        lambda: read_ledgers(rules.tree("ledgers"), rules.catalog),
    )


def _faults_of(read: Callable[[], object]) -> tuple[str, ...]:
    try:
        read()
    except CatalogRejected as rejected:
        return rejected.faults
    except UNREADABLE as error:
        return (str(error),)
    return ()


def _gone(old: Rules, new: Rules) -> Iterator[str]:
    """What cases, records and papers on file still name, and must not lose."""
    was, now = old.catalog, new.catalog
    if OTHERS not in now.counties:
        yield gone("county", OTHERS)
    for code in was.counties.keys() - now.counties.keys() - {OTHERS}:
        yield gone("county", code)
    for line in {one.key for one in was.lines} - {one.key for one in now.lines}:
        yield gone("line", line)
    for code in was.items:
        if not present_code(now, code) and code not in now.removed:
            yield gone("item", code)
    yield from _gone_states(old, new)
    for kind in old.wording.papers.keys() - new.wording.papers.keys():
        yield gone("paper", kind)
    for name, layout in old.layouts.items():
        if name not in new.layouts and not layout.item:
            yield gone("layout", name)


def _gone_states(old: Rules, new: Rules) -> Iterator[str]:
    """A case or record stands in a state by its key: none may vanish while anything may stand in it."""
    pairs = (
        ("workflow", old.catalog.workflows, new.catalog.workflows),
        ("register", old.catalog.registers, new.catalog.registers),
    )
    for what, before, after in pairs:
        for key, known in before.items():
            if key not in after:
                yield gone(what, key)
                continue
            for state in known.states.keys() - after[key].states.keys():
                yield gone("state", f"{key}.{state}")
