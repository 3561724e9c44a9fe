"""What happens when the command line is wrong, or the program."""

import pytest


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["chek"], "check, explain, compare"),
        (["check"], "PACK[:SET]"),
        (["check", "zhejiang-2016"], "FILE"),
        (["check", "zhejiang-2016", "nothing.csv"], "nothing.csv"),
        (["check", "zhejiang-2016", "."], "."),
        (["check", "zhejiang-2016", "spaces.csv", "--jsn"], "--json"),
        (["explain", "zhejiang-2016", "spaces.csv"], "NAME"),
        (["packs", "show"], "PACK[:SET]"),
        (["--lang", "fr", "packs", "list"], "zh, en"),
        (["recompute"], "DECISION.json"),
    ],
)
@pytest.mark.usefixtures("spaces")
def test_misuse_says_what_is_wrong(run, arguments, named):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert named in done.err


def test_help_is_in_the_readers_language(run):
    assert "按一套规则核对文件中的每个众创空间。" in run("--help").out
    assert (
        "Check every space in a file against one set of rules." in run("--help", "--lang", "en").out
    )


def test_help_of_every_command_is_there(run):
    for command in (
        "check",
        "explain",
        "compare",
        "rank",
        "whatif",
        "recompute",
        "template",
        "demo",
        "packs",
    ):
        assert run(command, "--help").code == 0


def test_the_shell_completes_commands_and_packs(run):
    commands = run(
        _ZHONGCHUANG_COMPLETE="complete_bash", COMP_WORDS="zhongchuang che", COMP_CWORD="1"
    )
    packs = run(
        _ZHONGCHUANG_COMPLETE="complete_bash", COMP_WORDS="zhongchuang check zhe", COMP_CWORD="2"
    )
    assert (commands.out.split(), packs.out.split()) == (["check"], ["zhejiang-2016"])


def test_a_faulty_pack_of_a_deployment_is_named_with_all_its_faults(run, spaces, tmp_path):
    (tmp_path / "more" / "bad").mkdir(parents=True)
    (tmp_path / "more" / "bad" / "pack.toml").write_text('[pack]\nid = "bad"\n', encoding="utf-8")
    done = run("compare", spaces, "--packs", "more")
    assert (done.code, done.out) == (2, "")
    assert "pack.entry" in done.err
    assert "sets" in done.err


def test_a_fault_of_the_program_is_one_sentence(run, spaces, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import zhongchuang.policy.loading as loading\ndef broken(*_):\n    raise RuntimeError('broken')\nloading.find_pack = broken\n",
        encoding="utf-8",
    )
    done = run("check", "zhejiang-2016", spaces, PYTHONPATH=str(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert "RuntimeError broken" in done.err
    assert len(done.err.splitlines()) == 1
