"""The least a server of sockets can be: ``websockets`` and its own broadcast.

``python -m tests.bench.bare_broadcast FD``: whoever connects to ``/N`` is number N; what somebody
sends, a list of numbers, is said to those.
"""

import asyncio
import json
import socket
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

FRAME = json.dumps({"what": "conversation", "of": "0" * 36, "number": 1})


async def main(fd: int) -> None:
    lines: dict[str, ServerConnection] = {}

    async def handle(line: ServerConnection) -> None:
        assert line.request is not None
        lines[line.request.path] = line
        async for numbers in line:
            broadcast([lines[f"/{number}"] for number in json.loads(numbers)], FRAME)

    listener = socket.socket(fileno=fd)
    async with serve(handle, sock=listener, compression=None):
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
