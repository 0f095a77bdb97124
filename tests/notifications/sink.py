"""A mail server in a process of its own that writes down what it takes.

``python -m tests.notifications.sink PORT FILE`` prints its port (0 chooses one) and adds a line of
JSON, recipient and mail, for each to FILE. A recipient whose name is a number, ``550@…``, is
answered with it.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any, TextIO

from aiosmtpd.smtp import SMTP


class Taker:
    def __init__(self, file: TextIO) -> None:
        self.file = file

    async def handle_RCPT(  # noqa: N802 (named by aiosmtpd)
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        name = address.partition("@")[0]
        if name.isdigit():
            return f"{name} as asked"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.file.write(json.dumps([envelope.rcpt_tos[0], envelope.content.decode("ascii")]) + "\n")
        self.file.flush()
        return "250 OK"


async def serve(port: int, file: TextIO) -> None:
    taker = Taker(file)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(taker, hostname="sink", decode_data=False, timeout=120), "127.0.0.1", port
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with Path(sys.argv[2]).open("a") as taken:
        asyncio.run(serve(int(sys.argv[1]), taken))
