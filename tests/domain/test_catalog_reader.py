"""The strict reader: takes what is right, and names everything that is not, all at once."""

import re

import pytest

from desk.domain.catalog_reader import digest, read_catalog
from desk.errors import CatalogRejected
from tests.domain.catalog_samples import FILES, sources


def faults(**changes: tuple[str, str]) -> tuple[str, ...]:
    with pytest.raises(CatalogRejected) as caught:
        read_catalog(sources(**changes))
    return caught.value.faults


def test_reads_a_whole_catalogue():
    read = read_catalog(sources())
    item = read.item("MZ-1")
    assert (read.version, read.effective_from, read.usual) == (1, "2026-11-01", ("MZ-1",))
    assert (item.line, item.acceptor, item.limits.promised_days) == ("civil", "street", 15)
    assert item.limits.promised_unit == "working_day"
    assert [choice.code for choice in item.fields[5].choices] == ["自理", "半失能", "失能"]
    assert item.fields[7].when is not None
    assert item.rules[0].value == 70
    assert item.rules[1].value is True
    assert (item.materials[1].valid_months, item.materials[1].tolerable) == (12, True)
    assert item.tiers[1].param == "t80"
    assert read.counties["610422"].towns[0].name == "城关街道"
    assert read.counties["610422"].confirmed == {"t70"}
    assert read.prohibited[0].go_to == "用证单位"
    assert [choice.label for choice in read.person_blocks["full"][0].choices] == ["汉族", "回族"]
    assert read.person_blocks["none"] == ()
    assert (read.renamed, read.removed) == ({"MZ-9": "MZ-1"}, ("MZ-8",))
    assert read.workflows["short"].states["accepted"].clock == "run"


def test_an_unknown_code_has_no_item():
    with pytest.raises(KeyError):
        read_catalog(sources()).item("MZ-9")


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        ({"items": ('kind = "money"', 'kind = "cash"')}, "item[MZ-1].fields[2].kind", "“cash”"),
        ({"items": ('acceptor = "street"', 'acceptor = "village"')}, "item[MZ-1].acceptor", "county"),
        ({"items": ('acceptor = "street"\n', "")}, "item[MZ-1].acceptor", "缺少"),
        ({"items": ('workflow = "short"', 'workflow = "long"')}, "item[MZ-1].workflow", "short"),
        ({"items": ("instant = false", 'instant = "no"')}, "item[MZ-1].instant", "true 或 false"),
        ({"items": ("instant = false", "instant = 0")}, "item[MZ-1].instant", "true 或 false"),
        ({"items": ("confirmed = false", "confirmed = false\nfee = 0")}, "item[MZ-1].fee", "没有这一项"),
        ({"items": ('aliases = ["老年补贴"]', "aliases = [7]")}, "item[MZ-1].aliases[0]", "文字"),
        ({"items": ('short_name = "高龄补贴"', 'short_name = " "')}, "item[MZ-1].short_name", "空"),
        ({"items": ("promised_days = 15", "promised_days = -1")}, "item[MZ-1].limits.promised_days", "0 到"),
        ({"items": ("promised_days = 15", "")}, "limits.promised_days", "承诺期限"),
        ({"items": ("instant = false", "instant = true")}, "item[MZ-1].limits", "即办"),
        ({"catalog.toml": ('usual = ["MZ-1"]', f"usual = {['MZ-1'] * 10}")}, "usual", "9"),
        ({"short": ('sources = ["waiting"]', 'sources = ["asleep"]')}, "action[resume].sources[0]", "asleep"),
        ({"items": ("promised_days = 15", "promised_days = 15\nquick = 1")}, "limits.quick", "没有"),
        ({"items": ('clause = "办法第三条"', 'clause = ""')}, "item[MZ-1].rules[0].clause", "空"),
        ({"items": ('op = ">="', 'op = "≥"')}, "item[MZ-1].rules[0].op", "“≥”"),
        ({"items": ("value = 70,", "value = [70],")}, "item[MZ-1].rules[0].value", "in"),
        ({"items": ("value = 70,", "value = 70.5,")}, "item[MZ-1].rules[0].value", "类型"),
        ({"items": ("value = 70,", "")}, "item[MZ-1].rules[0].value", "缺少"),
        ({"items": ("value = true", "value = 1")}, "item[MZ-1].rules[1].value", "bool"),
        ({"items": ('value = "$applicant"', 'value = "$nobody"')}, "rules[2].value", "$nobody"),
        ({"items": ('fact = "alive"', 'fact = "dead"')}, "item[MZ-1].rules[1].fact", "asked"),
        ({"items": ('source = "derived"', 'source = "asked"')}, "item[MZ-1].rules[0].fact", "age"),
        ({"items": ("required = true, when = \"ability in", "required = true, when = \"ability on")}, "item[MZ-1].fields[7].when", "第"),
        ({"items": ("when = \"is_proxy\"", "when = \"is_agent\"")}, "materials[proxy_id].when", "is_agent"),
        ({"items": ("when = \"is_proxy\"", "when = \"ability == '瘫痪'\"")}, "materials[proxy_id].when", "瘫痪"),
        ({"items": ("when = \"is_proxy\"", "when = \"proxy_relation == '邻居'\"")}, "materials[proxy_id].when", "监护人"),
        ({"items": ('derive = "age"', 'derive = "years"')}, "fields[age_full].derive", "years"),
        ({"items": ('derive = "$next_month"', 'derive = "$someday"')}, "fields[first_month].derive", "someday"),
        ({"items": ('key = "form"', 'key = "id_card"')}, "item[MZ-1].materials", "重复"),
        ({"items": ('key = "alive"', 'key = "ability"')}, "item[MZ-1].questions", "重复"),
        ({"items": ('key = "bank_holder"', 'key = "户名"')}, "fields[6].key", "英文"),
        ({"items": (', choices = ["自理", "半失能", "失能"]', "")}, "fields[5].choices", "没有选项"),
        ({"items": ('choices = ["自理", "半失能", "失能"]', 'choices_from = "moon"')}, "fields[5].choices_from", "ethnic"),
        ({"items": ('"自理", "半失能"', '"自理", "自理"')}, "fields[5].choices", "重复"),
        ({"items": ('choices = ["自理", "半失能", "失能"]', 'choices = ["自理", "半失能", "失能"], choices_from = "ethnic"')}, "fields[5].choices", "一个"),
        ({"items": ('kind = "int", required', 'kind = "int", choices = ["1"], required')}, "fields[0].choices", "choice"),
        ({"items": ('kind = "int", required', 'kind = "int", multi = true, required')}, "fields[0].multi", "choice"),
        ({"items": ("max_length = 20", "max_length = 5000")}, "fields[6].max_length", "4000"),
        ({"items": ("min_age = 80", "min_age = 1000")}, "tiers[1].min_age", "999"),
        ({"items": ("max_age = 79", "max_age = 60")}, "tiers[0].max_age", "小"),
        ({"items": ('param = "t80"', 'param = "t85"')}, "item[MZ-1].tiers", "t85"),
        ({"items": ("route = [{", "route = [7, {")}, "item[MZ-1].route[0]", "表"),
        ({"items": ('line = "civil"', 'line = "health"')}, "item[MZ-1]", "civil"),
        ({"catalog.toml": ('usual = ["MZ-1"]', 'usual = ["MZ-7"]')}, "usual", "MZ-7"),
        ({"catalog.toml": ('"MZ-9" = "MZ-1"', '"MZ-9" = "MZ-7"')}, "renamed.MZ-9", "MZ-7"),
        ({"catalog.toml": ('removed = ["MZ-8"]', 'removed = ["MZ-1"]')}, "removed", "还在"),
        ({"catalog.toml": ('"2026-11-01"', '"十一月"')}, "effective_from", "日期"),
        ({"catalog.toml": ('label = "民政"', 'label = "民政" }, { key = "civil", label = "民政二"')}, "lines", "重复"),
        ({"610422": ('code = "610422"', 'code = "6104"')}, "code", "6 位"),
        ({"610422": ('code = "610422001"', 'code = "001"')}, "towns[001].code", "9 位"),
        ({"610422": ('confirmed = ["t70"]', 'confirmed = ["t71"]')}, "confirmed", "t71"),
        ({"610422": ("dibao_std = 0", "dibao_std = 1.5")}, "params.dibao_std", "类型"),
        ({"short": ('start = "new"', 'start = "old"')}, "start", "old"),
        ({"short": ("complete and acceptor_here", "complete and sunny")}, "action[accept].when", "sunny"),
        ({"short": ('when = "not complete"\n', "")}, "action[receive]", "when"),
        ({"ethnic": ('code = "03"', 'code = "01"')}, "entries", "重复"),
    ],
)  # fmt: skip
def test_names_file_path_what_and_what_is_allowed(change, place, said):
    found = faults(**change)
    name = next(name for name in FILES if next(iter(change)) in name)
    assert all(fault.startswith(("catalog/", "codes/")) for fault in found)
    assert any(f.startswith(f"{name}: ") and place in f and said in f for f in found), found


def test_a_move_may_not_hide_a_field_of_its_stage():
    asks = 'key = "finish"\nstage = "conclusion"\nasks = [{ key = "verdict", label = "结果", kind = "text" }]'
    field = '{ key = "verdict", label = "认定结果", kind = "text", stage = "conclusion" },\n'
    found = faults(
        items=('    { key = "valid_days"', f'    {field}    {{ key = "valid_days"'),
        short=('key = "finish"', asks),
    )
    assert list(found) == [
        "catalog/workflows/short.toml: action[finish].asks: 事项 MZ-1 有同名的字段“verdict”，会问不到；请换一个名字"
    ]


def test_tells_all_faults_at_once():
    found = faults(
        items=('acceptor = "street"', 'acceptor = "village"'),
        short=('clock = "run"', 'clock = "fast"'),
        ethnic=('label = "汉族"', "label = 1"),
    )
    text = "\n".join(found)
    assert "item[MZ-1].acceptor" in text
    assert "state[accepted].clock" in text
    assert "entries[01].label" in text
    assert len(found) == 3


@pytest.mark.parametrize(
    "name", ["catalog/catalog.toml", "catalog/people.toml", "catalog/prohibited.toml"]
)
def test_a_file_that_must_be_there_is_missed_by_name(name):
    files = sources()
    del files[name]
    with pytest.raises(CatalogRejected, match=re.escape(f"{name}: 缺少这个文件")):
        read_catalog(files)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"line = =", "第 1 行"),
        (b"a" * 100, "TOML"),
        (b"x = " + b"[" * 5000, "TOML"),
        (b"", "缺少"),
        (b"item = 3\nline = 'civil'", "列表"),
    ],
)
def test_a_file_that_does_not_read_is_named(body, said):
    with pytest.raises(CatalogRejected) as caught:
        read_catalog(sources() | {"catalog/items/civil.toml": body})
    assert any(
        "catalog/items/civil.toml" in fault and said in fault for fault in caught.value.faults
    )


def test_the_same_code_twice_is_named_with_both_files():
    twice = sources() | {"catalog/items/more.toml": FILES["catalog/items/civil.toml"].encode()}
    with pytest.raises(CatalogRejected, match=re.escape("catalog/items/civil.toml 里已有")):
        read_catalog(twice)


def test_a_county_without_a_parameter_that_others_have_is_named():
    other = (
        FILES["catalog/counties/610422.toml"].replace('t80 = ""', "").replace("610422", "610423")
    )
    with pytest.raises(CatalogRejected, match=re.escape("610423.toml: params.t80")):
        read_catalog(sources() | {"catalog/counties/610423.toml": other.encode()})


def test_a_state_nobody_reaches_and_one_nobody_leaves_are_named():
    more = 'bar = 3 },\n    { key = "limbo", label = "无处", phase = "open", clock = "none" }'
    found = faults(short=("bar = 3 }", more))
    assert [fault.split(": ", 2)[1:] for fault in found] == [
        ["state[limbo]", "从起点走不到"],
        ["state[limbo]", "走不到任何结束状态"],
    ]


def test_a_target_that_is_not_there_is_named():
    found = faults(short=('target = "accepted"', 'target = "heaven"'))
    assert any("action[accept].target: 没有状态“heaven”" in fault for fault in found)


def test_lists_beside_the_items_serve_as_choices():
    choices = 'choices_from = "catalog/diseases"'
    files = sources(items=('choices = ["自理", "半失能", "失能"]', choices)) | {
        "catalog/diseases.toml": 'entries = [{ code = "自理", label = "甲", evidence = "病历" },'
        ' { code = "失能", label = "乙" }, { code = "半失能", label = "丙" }]'.encode()
    }
    assert read_catalog(files).item("MZ-1").fields[5].choices[0].label == "甲"


def test_other_files_are_not_the_readers_business():
    more = {"codes/pinyin.bin": b"\x00\xff", "codes/make.py": b"!"}
    assert read_catalog(sources() | more).digest == digest(sources())


def test_the_digest_tells_papers_and_holidays_apart_too():
    """A case is pinned to all it goes by, though the reader reads only the catalogue's own files."""
    for name in ("papers/common.toml", "holidays/2027.json"):
        read = read_catalog(sources() | {name: b"?"})
        assert read.items == read_catalog(sources()).items
        assert read.digest != digest(sources())


def test_the_digest_stands_for_content_not_for_line_ends():
    files = sources()
    dos = {name: body.replace(b"\n", b"\r\n") for name, body in files.items()}
    assert digest(dos) == digest(files)
    assert digest(sources(items=("高龄补贴", "老龄补贴"))) != digest(files)
    assert re.fullmatch("[0-9a-f]{64}", digest(files))


def test_a_countys_own_list_must_be_there():
    own = b'title = "own"\nentries = [{ code = "1", label = "x" }]\n'
    given = sources(**{"610422": ("[params]", '[lists]\nethnic = "610422-ethnic"\n[params]')})
    with pytest.raises(CatalogRejected) as caught:
        read_catalog(given)
    assert any("lists.ethnic" in fault for fault in caught.value.faults), caught.value.faults
    known = read_catalog({**given, "codes/610422-ethnic.toml": own})
    assert [one.code for one in known.counties["610422"].lists["ethnic"]] == ["1"]
