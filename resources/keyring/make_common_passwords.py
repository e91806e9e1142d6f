"""Writes common_passwords.txt: passwords that guessers try first, made from the ways people make them.

No list of leaked passwords was copied. Sources: runs and repetitions of digits and letters, walks over the keyboard,
names of places, festivals and offices and the commonest words in pinyin, English words seen on every advice page,
each bare and with the endings people add (123, 888, 520, a year, an exclamation mark).

    python resources/keyring/make_common_passwords.py
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

TARGET = Path(__file__).with_name("common_passwords.txt")

ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")
PINYIN = """
woaini woaiwojia woaizhongguo zhongguo beijing shanghai xian shaanxi shanxi xianyang sanyuan weinan gaoling chiyang
shequ jiedao cunwei juweihui banshichu zhengfu zhengwu dating fuwu bianmin qiantai chuangkou minzheng shebao yibao
renshe dangjian gongchandang dangyuan renmin weirenminfuwu nihao nihaoma xiexie mima wodemima denglu guanliyuan
caozuoyuan yonghu ceshi gongzuo bangong diannao shouji dianhua xitong shuju baoming shenfenzheng yinhang
xinnian chunjie zhongqiu guoqing duanwu yuandan shengri shengrikuaile gongxifacai facai jixiang ruyi pingan
xingfu kuaile jiankang meili piaoliang tiantian baobao baobei laopo laogong mama baba yeye nainai erzi nver
wangwei zhangwei liwei liuyang wangfang lina zhangmin wangjing lijing wanglei zhangjie wangxiuying lixiuying
wangmin zhanglei chenjie zhaolei yangyang tianshi feifei xiaoming xiaohong daxue zhongxue laoshi xuesheng
changcheng huangshan taishan huashan changjiang huanghe qinling weihe guanzhong zhonghua hepingniao longfeng
"""
ENGLISH = """
password passw0rd p@ssw0rd p@ssword admin administrator root guest user test login welcome letmein iloveyou monkey
dragon master sunshine princess football baseball shadow superman batman michael jordan hello secret summer winter
spring autumn office computer internet windows system server database service desktop default changeme abc qwerty
asdf zxcv qazwsx china love money lucky happy family forever freedom apple orange banana tiger panda phoenix killer
hunter pepper cookie angel flower diamond silver golden starwars pokemon google huawei xiaomi lenovo alibaba tencent
taobao weixin wechat baidu letmein trustno access backup county community village hall counter window front
"""
ENDINGS = (
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "520",
    "521",
    "666",
    "888",
    "168",
    "2024",
    "2025",
    "2026",
    "!",
    "@123",
)


def runs() -> Iterator[str]:
    """Counting up and down, the same over and over, pairs and halves repeated."""
    for row in (*ROWS, "abcdefghijklmnopqrstuvwxyz"):
        for text in (row, row[::-1], row + row, row[::-1] + row[::-1]):
            for start, length in product(range(len(text)), range(6, 15)):
                if start + length <= len(text) and start in (0, 1):
                    yield text[start : start + length]
    for sign, length in product("0123456789aqxz", range(6, 19)):
        yield sign * length
    for first, second in product("0123456789", repeat=2):
        yield (first + second) * 5
        yield first * 5 + second * 5
    for half in (
        "12345",
        "123123",
        "112233",
        "abc123",
        "123abc",
        "qwe123",
        "123qwe",
        "a1b2c3",
        "5201314",
        "1314520",
    ):
        yield half
        yield half * 2


def walks() -> Iterator[str]:
    """Down the columns of the keyboard, along rows and back, a row after another."""
    for count in range(2, 6):
        for start in range(len(COLUMNS) - count + 1):
            some = COLUMNS[start : start + count]
            yield "".join(some)
            yield "".join(column[::-1] for column in some)
    for upper, lower in product(ROWS, ROWS):
        for length in range(3, 8):
            yield upper[:length] + lower[:length]


def dates() -> Iterator[str]:
    """A year twice, a year with day and month, as birthdays are typed."""
    for year in range(1950, 2031):
        yield f"{year}{year}"
        for day in ("0101", "0501", "0701", "0801", "1001", "1111", "1212", "1225"):
            yield f"{year}{day}"


def worded() -> Iterator[str]:
    """Words bare and with an ending; in front of it, too, for the commonest ones."""
    for word in (PINYIN + ENGLISH).split():
        yield word
        yield word * 2
        for ending in ENDINGS:
            yield word + ending
        for start in ("123", "5201314", "a"):
            yield start + word


def passwords() -> list[str]:
    """All of them, lower case as they are compared, sorted, each once."""
    made = {text.lower() for source in (runs(), walks(), dates(), worded()) for text in source}
    return sorted(text for text in made if len(text) >= 3)


if __name__ == "__main__":
    TARGET.write_text("\n".join(passwords()) + "\n", encoding="utf-8")
    print(f"{len(passwords())} passwords")
