"""`zhongchuang demo` and `zhongchuang template`."""

import pytest


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json", "parquet"])
def test_the_same_seed_gives_the_same_bytes(run, tmp_path, kind):
    for name in ("one", "two"):
        done = run(
            "demo",
            "--spaces",
            "20",
            "--seed",
            "3",
            "--out",
            f"{name}.{kind}",
            "--previous",
            f"{name}-before.{kind}",
        )
        assert done.code == 0
    for part in ("", "-before"):
        assert (tmp_path / f"one{part}.{kind}").read_bytes() == (
            tmp_path / f"two{part}.{kind}"
        ).read_bytes()
    run("demo", "--spaces", "20", "--seed", "4", "--out", f"other.{kind}")
    assert (tmp_path / f"one.{kind}").read_bytes() != (tmp_path / f"other.{kind}").read_bytes()


def test_every_kind_of_file_reads_back_to_the_same_answer(run):
    answers = []
    for kind in ("xlsx", "csv", "json", "parquet"):
        run("demo", "--spaces", "20", "--out", f"demo.{kind}", "--previous", f"before.{kind}")
        checked = run("check", "zhejiang-2016", f"demo.{kind}", "--json")
        ranked = run(
            "rank", "zhejiang-2016", f"demo.{kind}", "--previous", f"before.{kind}", "--json"
        )
        assert (checked.code, checked.err, ranked.code, ranked.err) == (0, "", 0, "")
        answers.append((checked.out, ranked.out))
    assert len(set(answers)) == 1


def test_hedong_is_written_with_the_totals_beside_it(run, tmp_path):
    done = run("demo", "--hedong", "--out", "hedong.json")
    assert done.code == 0
    assert "  创业导师：超过 60 人" in done.out.splitlines()
    assert "  总面积：16,300 m²" in done.out.splitlines()
    assert (tmp_path / "hedong.json").read_text(encoding="utf-8").count('"name"') == 6
    assert run("demo", "--hedong", "--out", "h.json", "--previous", "p.json").code == 2


@pytest.mark.parametrize(
    "options",
    [
        ["--out", "x.docx"],
        ["--out", "nowhere/x.csv"],
        ["--out", "x.csv", "--spaces", "0"],
        ["--out", "x.csv", "--seed", "x"],
        [],
    ],
)
def test_what_cannot_be_written_is_misuse_and_leaves_nothing(run, tmp_path, options):
    done = run("demo", *options)
    assert (done.code, done.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_written_once_and_never_over_figures(run, tmp_path):
    assert run("template").code == 0
    assert (tmp_path / "众创空间填报表.xlsx").read_bytes()[:2] == b"PK"
    assert run("template").code == 1
    assert run("template", "t.csv").code == 2
