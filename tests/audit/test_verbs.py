import ast
from pathlib import Path

import zhongchuang
from zhongchuang.audit.verbs import VERBS, word_for

SOURCE = Path(zhongchuang.__file__).parent


def verbs_written():
    """Verbs that stand in the code as texts."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
            if called in {"log", "write_down"} and len(node.args) > 1:
                yield from (c.value for c in ast.walk(node.args[1]) if isinstance(c, ast.Constant))


def test_every_verb_in_the_code_has_a_word():
    assert set(verbs_written()) - set(VERBS) == set()


def test_an_unknown_verb_is_shown_as_it_is():
    assert word_for("never_heard_of") == "never heard of"
