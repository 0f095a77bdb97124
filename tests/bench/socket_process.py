"""The process of the sockets as it is shipped, on a socket it inherits."""

import sys

from portal.sockets.server import run

if __name__ == "__main__":
    run(fd=int(sys.argv[1]))
