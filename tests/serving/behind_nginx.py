"""``manage.py serve`` with production's settings behind the shipped nginx configuration.

Of the configuration only ports and the folder of the certificates are replaced.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from subprocess import PIPE, Popen

from django.conf import settings

from tenants.devdb import cluster_urls

WORKERS = 2
SHIPPED = Path(settings.PROJECT) / "deploy" / "nginx.conf"
MANAGE = [sys.executable, str(Path(settings.PROJECT) / "manage.py")]
NGINX = which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
OPENSSL = which("openssl") or "openssl"
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gromada.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Of nginx with and without TLS, and of the first of two behind it."""

    tls: int
    plain: int
    pages: int


@dataclass(frozen=True, slots=True)
class Served:
    ports: Ports
    process: "Popen[str]"
    log: Path


def free_ports() -> Ports:
    """The pages' and, after it, the sockets' are below those the kernel hands out by itself."""
    tls, plain = (_free() for _number in range(2))
    start = 20_000 + os.getpid() % 5_000 * 2
    pages = next(port for port in range(start, 32_000, 2) if _is_free(port) and _is_free(port + 1))
    return Ports(tls, plain, pages)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


@contextmanager
def serving(database: str, folder: Path, **environment: str) -> Iterator[Served]:
    """Both, until the block ends; files of theirs go into ``folder``."""
    ports = free_ports()
    with ExitStack() as stack:
        served = stack.enter_context(serve(database, folder, ports.pages, ports, environment))
        stack.enter_context(nginx(folder, ports))
        yield served


def environment_of(database: str, folder: Path) -> dict[str, str]:
    """Production's, for a database of the tests' cluster."""
    urls = cluster_urls(Path(settings.DATA_FOLDER), database)
    kept = ("PATH", "HOME", "LANG", "PYTHONPATH", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": settings.SECRET_KEY,
        "DIRECTORY_HOSTS": "localhost,127.0.0.1",
        "DATABASE_URL": urls.app,
        "OWNER_DATABASE_URL": urls.owner,
        "DEFAULT_FROM_EMAIL": "gromada@localhost",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "STATIC_ROOT": str(folder / "static"),
    }


def collect_static(folder: Path, environment: Mapping[str, str]) -> None:
    if not (folder / "static").exists():
        subprocess.run(
            [*MANAGE, "collectstatic", "--noinput"], env=environment, check=True, stdout=PIPE
        )


@contextmanager
def serve(
    database: str, folder: Path, port: int, ports: Ports, environment: Mapping[str, str]
) -> Iterator[Served]:
    whole = environment_of(database, folder) | dict(environment)
    collect_static(folder, whole)
    log = folder / "serve.log"
    with log.open("w") as errors:
        process = Popen(
            [*MANAGE, "serve", "--port", str(port), "--workers", str(WORKERS)],
            env=whole, stdout=PIPE, stderr=errors, text=True, cwd=folder,
        )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("ready: pages"), log.read_text()
        yield Served(ports, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        process.stdout.close()  # type: ignore[union-attr]


@contextmanager
def nginx(folder: Path, ports: Ports) -> Iterator[None]:
    configuration = write_configuration(folder, ports)
    process = Popen([NGINX, "-c", str(configuration), "-e", str(folder / "nginx.log")])
    try:
        wait_for_port(ports.tls)
        yield
    finally:
        process.terminate()
        process.wait(10)


def write_configuration(folder: Path, ports: Ports) -> Path:
    """The shipped file with other ports and certificates, and what stands around it."""
    certificate(folder)
    text = SHIPPED.read_text(encoding="utf-8")
    local = "127.0.0.1"
    for shipped, ours in {
        "listen 443 ": f"listen {local}:{ports.tls} ",
        "listen 80;": f"listen {local}:{ports.plain};",
        f"{local}:8000": f"{local}:{ports.pages}",
        f"{local}:8001": f"{local}:{ports.pages + 1}",
        "/etc/gromada/": f"{folder}/",
    }.items():
        assert text.count(shipped) >= 1, shipped
        text = text.replace(shipped, ours)
    (folder / "gromada.conf").write_text(text, encoding="utf-8")
    around = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is ours alone
    around.write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
    return around


def certificate(folder: Path) -> None:
    if (folder / "privkey.pem").exists():
        return
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:*.localhost",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


def wait_for_port(port: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        assert time.monotonic() < deadline, f"nobody listens on {port}"
        time.sleep(0.02)


def children_of(parent: int) -> list[int]:
    """Of Linux only."""
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in found.split()]
