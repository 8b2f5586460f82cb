"""nginx before several processes of the app on this machine: one port, and a visitor always meets the same process.

Who has no cookie yet goes to the next process in turn and is told by one which that was.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pages._ui import uploads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COOKIE = "kioku"
WRITES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # where it could write; below the folder that is ours
# An error names the visitor and the address, hence `alert`: what nginx itself cannot go on with.
GENERAL = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr alert;
events {{ worker_connections {files}; }}
"""
# A page's address may be long. Nothing that a page says is written to a file on its way.
HTTP = """\
    access_log off;
    server_tokens off;
    client_max_body_size 1k;
    large_client_header_buffers 8 64k;
    map $http_upgrade $connection_of {
        default upgrade;
        ""      close;
    }
"""
# The chain of those who passed the request on grows by one: the app skips this machine's addresses in it. A reader's
# own file is passed on as it comes, else it would be written to a disk first; the app says how large it may be.
LOCATION = """\
        proxy_http_version 1.1;
        proxy_redirect off;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_of;
        proxy_read_timeout 1h;
        proxy_send_timeout 1h;
        proxy_max_temp_file_size 0;
        add_header Set-Cookie $told;
        location / { proxy_pass http://$process; }
        location ~ /_stcore/upload_file/ {
            client_max_body_size {most};
            proxy_request_buffering off;
            proxy_pass http://$process;
        }
"""


def program() -> str | None:
    """The nginx of this machine; on Debian it stands where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def command(nginx: str, folder: Path, configured: str) -> list[str]:
    """What starts it with this configuration; it writes nothing outside the folder."""
    path = folder / "nginx.conf"
    path.write_text(configured, encoding="utf-8")
    return [nginx, "-p", str(folder), "-c", str(path)]


def configuration(address: str, port: int, processes: Sequence[str], folder: Path, files: int) -> str:
    """nginx's configuration.

    Args:
        address: the address that visitors reach.
        port: and the port there.
        processes: where each process listens, as `address:port`.
        folder: for what nginx itself has to write.
        files: how many files it may have open.
    """
    own = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in WRITES)
    listen = f"[{address}]:{port} ipv6only=off" if ":" in address else f"{address}:{port}"
    return (
        GENERAL.format(folder=folder, files=files)
        + f"http {{\n{HTTP}{own}{_choice(processes)}"
        + f"    server {{\n        listen {listen};\n{LOCATION.replace('{most}', str(uploads.largest()))}    }}\n}}\n"
    )


def _choice(processes: Sequence[str]) -> str:
    """`$process`, which group of processes a request goes to, and `$told`, the cookie for whoever had none of ours.

    Who knows its process goes there also after it has died: another takes its place at the same address.
    """
    servers = [f"server {one} max_fails=0;" for one in processes]
    groups = [("any", " ".join(servers)), *((f"number_{n}", one) for n, one in enumerate(servers))]
    known = "".join(f" {n} number_{n};" for n in range(len(processes)))
    told = "".join(f' "any {one}" "{COOKIE}={n}; Path=/; HttpOnly; SameSite=Lax";' for n, one in enumerate(processes))
    return (
        "".join(f"    upstream {name} {{ {inside} }}\n" for name, inside in groups)
        + f"    map $cookie_{COOKIE} $process {{ default any;{known} }}\n"
        + f'    map "$process $upstream_addr" $told {{ default "";{told} }}\n'
    )
