"""Opening a data folder from the console, and telling what went wrong in words."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from desk import memory
from desk.clock import SystemClock
from desk.errors import DeskError, FieldsRefused, SignInRefused
from desk.logs import told_without_data
from desk.paths import OfficePaths
from desk.services import second_person, setup, sign_in
from desk.services.office import Office
from desk.services.second_person import Approval
from desk.services.sign_in import OperatorName
from desk.words.errors import BUG, words
from desk.words.problems import problem_text


class NotDone(Exception):
    """A command cannot begin; its text is the Chinese sentence to say."""


def told(work: Callable[[], int]) -> int:
    """Run a command; a failure the desk can name is said in words, exit status 2; a bug by its place, status 3."""
    try:
        return work()
    except NotDone as error:
        print(error, file=sys.stderr)
    except EOFError:
        print("没有读到要输入的内容。请在终端里运行，或加上 --password-stdin。", file=sys.stderr)
    except KeyboardInterrupt:
        print("已停下。没有做完的不算，做完的都在。", file=sys.stderr)
    except FieldsRefused as error:
        for problem in error.problems:
            print(f"不能这样填：{problem_text(problem)}", file=sys.stderr)
    except DeskError as error:
        said = words(error)
        print(f"{said.title}。{said.text}", file=sys.stderr)
    except Exception as error:
        # Neither its text nor a traceback: both may quote what somebody typed.
        where = told_without_data(type(error), error.__traceback__)
        print(f"{BUG.title}。{BUG.text}\n（给技术人员：{where}）", file=sys.stderr)
        return 3
    return 2


def ask_password(options: argparse.Namespace) -> str:
    """The password, from standard input or asked on the terminal without showing it."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass("密码：")


def option_approver(parser: argparse.ArgumentParser) -> None:
    """Who consents to what is not done alone; needed only where several can."""
    parser.add_argument(
        "--approver", default="", metavar="NAME", help="由谁同意；只有一位能同意的不用写"
    )


def ask_consent(options: argparse.Namespace, office: Office) -> Approval:
    """The second person's consent, by his password here: after the operator's own on standard input, or asked.

    Raises:
        NotDone: nobody can consent, nobody of that name, or several and none is named.
        SignInRefused, SignInPaused: the wrong password, or too often.
    """
    people = {one.name: one.id for one in second_person.approvers(office)}
    name = options.approver or (next(iter(people)) if len(people) == 1 else "")
    if name not in people:
        raise NotDone(
            several_text(people)
            if people
            else "这件事要第二个人同意，现在没有人能同意，没有改动。请先在窗口里加一位负责人。"
        )
    alone = people[name] == office.hall.operator_id.hex
    asked = "只有你一位操作员，请再输一次密码：" if alone else f"请{name}输入密码，表示同意："
    typed = sys.stdin.readline() if options.password_stdin else getpass.getpass(asked) + "\n"
    if not typed:
        raise EOFError
    return second_person.approve(office, operator_id=people[name], password=typed.rstrip("\r\n"))


def several_text(people: Iterable[str]) -> str:
    """That one of these people is to be named."""
    who = "、".join(people)
    return f"这件事要第二个人同意。请加上 --approver，写其中一位：{who}。没有改动。"


def open_county(options: argparse.Namespace) -> Office:
    """The county's office, as `open_folder`; a desk's folder is not taken for one.

    Raises:
        NotDone: there is no office, or it is a desk's.
    """
    office = open_folder(options, options.data)
    if office.kind != "county":
        office.close()
        raise NotDone(f"文件夹 {options.data} 是社区窗口的，不是区县的，没有改动。请核对 --data。")
    return office


def open_folder(options: argparse.Namespace, folder: Path) -> Office:
    """The office in that folder, with the named operator (or the only one) at it.

    Raises:
        NotDone: there is no office.
        SignInRefused: nobody of that name, or the wrong password.
    """
    paths = paths_of(options, folder)
    operator = named_operator(options, paths)
    if not paths.server and not paths.database.exists():
        raise NotDone(
            f"文件夹 {paths.folder} 里只有密钥，没有数据文件。数据在 PostgreSQL 上的，请加上 --db；"
            "不是的话先不要动这个文件夹，联系技术人员。"
        )
    office = sign_in.sign_in(
        paths, operator_id=operator.id, password=ask_password(options), clock=SystemClock()
    )
    memory.settle_rules()
    return office


def paths_of(options: argparse.Namespace, folder: Path) -> OfficePaths:
    """The folder, with the server its rows are on where the command names one."""
    return OfficePaths(folder, getattr(options, "db", ""))


def named_operator(options: argparse.Namespace, paths: OfficePaths) -> OperatorName:
    """The operator the command names, or the only one.

    Raises:
        NotDone: there is no office.
        SignInRefused: nobody of that name.
    """
    if setup.state(paths) == "empty":
        raise NotDone(f"文件夹 {paths.folder} 里没有便民前台的数据。请核对路径，再运行一次。")
    operators = {operator.name: operator for operator in sign_in.operators(paths)}
    name = options.operator or next(iter(operators), "")
    if name not in operators:
        raise SignInRefused
    return operators[name]
