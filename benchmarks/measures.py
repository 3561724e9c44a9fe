"""What is measured and what is aimed at; every function adds lines to the table."""

import os
import sys
from urllib.parse import urlsplit

import psycopg
from timing import Worker, duration


def columns(bench):
    """Both sets over columns, every condition kept."""
    ours, peers = bench.workers["ours"], bench.workers["peers"]
    for rows in bench.sizes(10_000, 100_000, 1_000_000):
        if ours.answer("same_columns", rows=rows):
            raise SystemExit("Ours and the one written by hand do not give the same verdicts.")
        contenders = {
            "ours": bench.task("ours", "columns", rows=rows),
            "hand": bench.task("ours", "columns_by_hand", rows=rows),
            "openfisca": bench.task("peers", "openfisca", rows=rows),
            "anew": bench.task("peers", "openfisca_from_inputs", rows=rows),
            "same": bench.task("peers", "openfisca_from_columns", rows=rows),
        }
        times = bench.turns(**contenders)
        title = f"columns, {rows:,} spaces"
        if rows >= 100_000:
            bench.at_most(title, times["ours"], times["hand"], 1.5, "numpy by hand")
        else:
            bench.faster(title, times["ours"], times["hand"], None, "numpy by hand")
        limit = {1_000_000: 3, 100_000: None}.get(rows, 10)
        bench.faster(title, times["ours"], times["same"], limit, "OpenFisca from these columns")
        bench.faster(title, times["ours"], times["anew"], limit, "OpenFisca with its inputs")
        bench.faster(title, times["ours"], times["openfisca"], limit, "OpenFisca, inputs set")
        ours.forget()
        peers.forget()
    rows = 10_000
    times = bench.turns(
        rounds=5,
        ours=bench.task("ours", "columns", rows=rows),
        zen=bench.task("peers", "zen_columns", rows=rows),
        rules=bench.task("peers", "rules_columns", rows=rows),
    )
    bench.faster(f"columns, {rows:,} spaces", times["ours"], times["zen"], None, "ZEN, one by one")
    bench.faster(
        f"columns, {rows:,} spaces", times["ours"], times["rules"], None, "rule-engine, one by one"
    )
    _compare_met(bench, rows)


def _compare_met(bench, rows):
    """Without unknowns OpenFisca gives what ours gives; its 32-bit floats may differ at a border."""
    ours = bench.workers["ours"].answer("met_counts", rows=rows)
    theirs = bench.workers["peers"].answer("met_counts", rows=rows)
    off = {key: (count, theirs[name]) for key, count in ours.items()
           if (name := key.replace(".", "_").rstrip("_")) in theirs and theirs[name] != count}  # fmt: skip
    bench.notes.append(
        f"Met without unknowns, ours and OpenFisca, where they differ in {rows:,}: {off or 'nowhere'}"
    )


def space(bench):
    """One space with its whole explanation."""
    ours, peers = bench.workers["ours"], bench.workers["peers"]
    ours.answer("same_space")
    codes = ours.answer("space_codes")
    for name in ("zen_verdicts", "rules_verdicts"):
        found = peers.answer(name)
        shared = codes.keys() & found.keys()
        if len(shared) < 34 or any(found[key] != codes[key] for key in shared):
            raise SystemExit(f"{name} does not give our verdicts.")
    times = bench.turns(
        ours=bench.task("ours", "space"),
        anew=bench.task("ours", "space_from_figures"),
        hand=bench.task("ours", "space_by_hand"),
        openfisca=bench.task("peers", "openfisca", rows=1),
        inputs=bench.task("peers", "openfisca_from_inputs", rows=1),
        zen=bench.task("peers", "zen_graph"),
        rules=bench.task("peers", "rules"),
    )
    title = "one space explained, warm"
    bench.at_most(title, times["ours"], times["hand"], 4, "Python by hand")
    bench.faster(title, times["ours"], times["openfisca"], 30, "OpenFisca, inputs set")
    bench.faster(title, times["ours"], times["inputs"], 30, "OpenFisca with its inputs")
    bench.faster(title, times["ours"], times["zen"], 4, "ZEN decision graph")
    bench.faster(title, times["ours"], times["rules"], None, "rule-engine")
    bench.faster(
        "the same, derived figures anew", times["anew"], times["zen"], None, "ZEN decision graph"
    )


def cold(bench):
    """A fresh process checks a file of ten spaces."""
    for kind in ("xlsx", "csv"):
        path = bench.workers["ours"].answer("written", folder=str(bench.folder), rows=10, kind=kind)
        command = (bench.command, "check", "zhejiang-2016", path)
        times = bench.turns(
            rounds=7,
            ours=bench.process(*command),
            python=bench.process(sys.executable, "-c", "pass"),
        )
        processor = duration(bench.processor_seconds(command))
        beside = f"python -c pass: {times['python']}; ours of the processor alone: {processor}"
        bench.within(f"cold check, 10 rows, .{kind}", times["ours"], 0.5, beside)


def ranks(bench):
    """Ranks against those by fractions."""
    rows = 9_001 if bench.quick else 30_001
    wrong = bench.workers["ours"].answer("wrong_ranks", rows=rows)
    theirs = bench.workers["peers"].answer("wrong_ranks", rows=rows)
    shown = ", ".join(f"{name} {count:,}" for name, count in theirs.items())
    bench.counted(f"wrong ranks of {rows:,}", f"{wrong:,}", shown, "", "0", wrong == 0)


def percentile(bench):
    """Percentiles of one figure, and a whole evaluation by percentile."""
    for rows in bench.sizes(100_000, 1_000_000):
        times = bench.turns(
            ours=bench.task("ours", "percentile", rows=rows),
            hand=bench.task("ours", "percentile_by_hand", rows=rows),
            pandas=bench.task("peers", "pandas_percentile", rows=rows),
        )
        title = f"percentiles of {rows:,}"
        bench.at_most(title, times["ours"], times["hand"], 2, "counting by hand")
        bench.faster(title, times["ours"], times["pandas"], 10, "pandas rank(pct)")
        times = bench.turns(
            rounds=5,
            ours=bench.task("ours", "ranking", rows=rows),
            pandas=bench.task("peers", "pandas_ranking", rows=rows),
            polars=bench.task("peers", "polars_ranking", rows=rows),
            duckdb=bench.task("peers", "duckdb_ranking", rows=rows),
        )
        for name in ("pandas", "polars", "duckdb"):
            bench.faster(f"scores and ranks of {rows:,}", times["ours"], times[name], None, name)


def compare(bench):
    """All packs over ten thousand spaces."""
    rows = 10_000
    times = bench.turns(ours=bench.task("ours", "compare", rows=rows))
    bench.within(f"compare {rows:,} with all packs", times["ours"], 1)
    few = 50 if bench.quick else 200
    times = bench.turns(rounds=5, ours=bench.task("ours", "write_compared", rows=few))
    bench.within(f"writing the explained answer of {few:,}", times["ours"], None)


def reading(bench):
    """Reading and checking a large workbook, beside the reader alone."""
    rows = 10_000 if bench.quick else 100_000
    path = bench.workers["ours"].answer("written", folder=str(bench.folder), rows=rows, kind="xlsx")
    times = bench.turns(
        rounds=5,
        ours=bench.task("ours", "reading", path=path),
        calamine=bench.task("ours", "calamine", path=path),
    )
    bench.at_most(
        f"read and check {rows:,} × 30 cells", times["ours"], times["calamine"], 2, "calamine alone"
    )


def memory(bench):
    """The columns and all that judging takes beside them, over the columns."""
    rows = 100_000 if bench.quick else 1_000_000
    own, peak = bench.workers["ours"].answer("memory", rows=rows)
    ratio = (own + peak) / own
    million = 1_000_000
    shown = f"{(own + peak) / million:.0f} MB"
    bench.counted(
        f"memory at {rows:,}",
        shown,
        f"the columns: {own / million:.0f} MB",
        f"{ratio:.2f} ×",
        "≤ 2 ×",
        ratio <= 2,
    )


LISTS = (
    "first", "middle", "deepest", "backwards", "chinese", "initials", "both", "nothing", "region",
    "industry", "state", "all filters", "space", "space earlier", "history",
)  # fmt: skip
OUR_DATABASE = "zhongchuang_bench"
NO_PEER = {"backwards", "space", "space earlier", "history"}


def sheets(bench):
    """The ledger of residents from a workbook: shown before it is recorded, and recorded, on both databases."""
    rows = 5_000 if bench.quick else 20_000
    databases = {"SQLite": "", "PostgreSQL": fresh_database(os.environ.get("BENCH_DATABASE_URL"))}
    for database, address in databases.items():
        if address is None:
            bench.notes.append(f"{database} was left out: BENCH_DATABASE_URL names none.")
            continue
        folder = str(bench.folder / f"sheets-{database}")
        name = f"sheets {database}"
        worker = Worker(sys.executable, "sheets", ZHONGCHUANG_DATA=folder, DATABASE_URL=address)
        bench.workers[name] = worker
        worker.answer("build")
        path = worker.answer("workbook", folder=folder, rows=rows)
        times = bench.turns(
            rounds=3,
            ours=bench.task(name, "reading", path=path),
            calamine=bench.task(name, "calamine", path=path),
        )
        title = f"{database}: {rows:,} residents"
        bench.at_most(
            f"{title} read and checked", times["ours"], times["calamine"], 2, "calamine alone"
        )
        for what, limit in (("preview", 5), ("recorded", 30)):
            times = bench.turns(rounds=3, ours=bench.task(name, what, path=path))
            bench.within(f"{title}: {what}", times["ours"], limit)


def lists(bench):
    """Lists, searches, filters and pages of the register, through the whole application, on both databases."""
    depth, versions = 10_000, 10
    databases = {"SQLite": "", "PostgreSQL": fresh_database(os.environ.get("BENCH_DATABASE_URL"))}
    for database, address in databases.items():
        if address is None:
            bench.notes.append(f"{database} was left out: BENCH_DATABASE_URL names none.")
            continue
        folder = str(bench.folder / database)
        worker = Worker(sys.executable, "register", ZHONGCHUANG_DATA=folder, DATABASE_URL=address)
        bench.workers[database] = worker
        built = worker.answer("build", spaces=depth, versions=versions)
        bench.notes.append(
            f"{database}: {depth:,} spaces × {versions} versions, {built['rows']:,} rows written in {built['seconds']:.0f} s"
        )
        for name in LISTS:
            _one_page(bench, database, name, depth)
        for name, what in (("facts", "all facts of one space"), ("facts_of_all", "of 10,000")):
            times = bench.turns(rounds=15, ours=bench.task(database, name))
            limit = 0.1 if name == "facts" else None
            bench.within(f"{database}: {what}", times["ours"], limit)
        taken = worker.answer("queries", depth=depth)
        same = len({taken[name] for name in ("first", "middle", "deepest")}) == 1
        shown = ", ".join(f"{name} {count}" for name, count in taken.items())
        bench.counted(f"{database}: queries a page", shown, "", "", "the same at any depth", same)


def fresh_database(server):
    """The address of an empty database of our own on the server, whatever else is on it; None without one."""
    if server is None:
        return None
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {OUR_DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {OUR_DATABASE}")
    return urlsplit(server)._replace(path=f"/{OUR_DATABASE}").geturl()


def _one_page(bench, database, name, depth):
    """A page beside its rows by one statement, and beside a bare view of them."""
    contenders = {"ours": bench.task(database, "page", which=name, depth=depth)}
    if name not in NO_PEER:
        contenders["sql"] = bench.task(database, "by_hand", which=name, depth=depth)
        contenders["bare"] = bench.task(database, "bare", which=name, depth=depth)
    times = bench.turns(rounds=15, **contenders)
    worker = bench.workers[database]
    alone = worker.ask("processor", "page", repeat=10, which=name, depth=depth)
    beside = f"ours of the processor alone: {duration(alone)}"
    if "sql" in times:
        sql, bare = duration(times["sql"].median), duration(times["bare"].median)
        beside = f"SQL by hand: {sql}; bare view: {bare}; {beside}"
    bench.within(f"{database}: {name}", times["ours"], 0.1, beside)


def daily(bench):
    """All facts of five years of daily work in 10,000 spaces, on both databases, beside statements by hand."""
    spaces = 1_000 if bench.quick else 10_000
    databases = {"SQLite": "", "PostgreSQL": fresh_database(os.environ.get("BENCH_DATABASE_URL"))}
    for database, address in databases.items():
        if address is None:
            bench.notes.append(f"{database} was left out: BENCH_DATABASE_URL names none.")
            continue
        folder = str(bench.folder / f"daily-{database}")
        worker = Worker(sys.executable, "daily", ZHONGCHUANG_DATA=folder, DATABASE_URL=address)
        bench.workers[database] = worker
        built = worker.answer("build", spaces=spaces)
        bench.notes.append(
            f"{database}: {spaces:,} spaces with {built['rows']:,} lines, written in {built['seconds']:.0f} s"
        )
        if differing := worker.answer("differing"):
            raise SystemExit(f"{database}: facts differ from a count by hand: {differing}")
        _facts_of_all(bench, worker, database, spaces)


def _facts_of_all(bench, worker, database, spaces):
    """The lines of one database: all spaces beside the statements by hand, one space, memory."""
    title = f"{database}: all facts of {spaces:,} spaces"
    tasks = {
        "ours": bench.task(database, "facts_of_all"),
        "by hand": bench.task(database, "by_hand"),
    }
    times = bench.turns(rounds=3, **tasks)
    bench.within(title, times["ours"], 20)
    bench.at_most(title, times["ours"], times["by hand"], 4, "GROUP BY by hand")
    one = bench.turns(rounds=15, ours=bench.task(database, "facts"))["ours"]
    bench.within(f"{database}: all facts of one space", one, 0.15)
    most = worker.answer("memory")
    bench.counted(
        f"{database}: memory", f"{most / 1e6:.0f} MB", "", "", "≤ 1 GB", most <= 1_000_000_000
    )


def deadline(bench):
    """The last evening of a window: uploads, and everybody hands in at once, on both databases; beside it a bare view."""
    address = fresh_database(os.environ.get("BENCH_DATABASE_URL"))
    for database, where, drafts, a_minute in (("SQLite", "", 80, 60), ("PostgreSQL", address, 800, 300)):  # fmt: skip
        if where is None:
            bench.notes.append(f"{database} was left out: BENCH_DATABASE_URL names none.")
            continue
        folder = str(bench.folder / f"deadline-{database}")
        worker = Worker(sys.executable, "deadline", ZHONGCHUANG_DATA=folder, DATABASE_URL=where)
        bench.workers[f"deadline {database}"] = worker
        worker.answer("build", drafts=drafts)
        files = 30 if bench.quick else 150
        told = worker.answer("uploads", count=files, folder=str(bench.folder / "papers"))
        rate = (
            f"{told['rate'] * 60:.0f} a minute; median {duration(told['p50'])}; {told['statuses']}"
        )
        _in_time(bench, f"{database}: upload of 3.4 MB, p95", told, rate, told["kept"])
        told = worker.answer("submits", count=a_minute, connections=32, rate=a_minute / 60)
        rate = (
            f"{told['rate'] * 60:.0f} a minute; median {duration(told['p50'])}; {told['statuses']}"
        )
        _in_time(bench, f"{database}: {a_minute} handed in within a minute, p95", told, rate, told["kept"])  # fmt: skip
        if database == "PostgreSQL":
            _beside_a_bare_view(bench, worker, 400)


def _in_time(bench, title, told, rate, kept):
    """The line of a p95, and of what was acknowledged and is not there."""
    lost = told["acknowledged"] - kept
    good = told["p95"] is not None and told["p95"] <= 2 and told["acknowledged"] == told["asked"]
    bench.counted(title, duration(told["p95"] or 0), rate, "", "≤ 2 s", good)
    bench.counted(f"{title.rpartition(',')[0]}: lost", str(lost), "", "", "0", lost == 0)


def _beside_a_bare_view(bench, worker, count):
    """How many a second at 64 connections, ours and a bare Django view, taking turns."""
    ours, bare = [], []
    for _ in range(2):
        bare.append(worker.ask("answer", "bare", count=2_000, connections=64)["rate"])
        ours.append(worker.ask("answer", "submits", count=count // 2, connections=64)["rate"])
    share = max(ours) / max(bare)
    shown = f"bare Django view: {max(bare):.0f} a second (least {min(bare):.0f})"
    bench.counted("handed in at 64 connections", f"{max(ours):.1f} a second (least {min(ours):.1f})", shown, f"{share:.3f} ×", "≥ 0.35 ×", share >= 0.35)  # fmt: skip


MEASURES = {
    one.__name__: one
    for one in (
        columns,
        space,
        cold,
        ranks,
        percentile,
        compare,
        reading,
        memory,
        sheets,
        lists,
        daily,
        deadline,
    )
}
