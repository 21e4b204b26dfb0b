"""`hawker web`: pages and API only; as many as wanted, beside any number of `hawker worker`."""

import sys

from hawker.config.up import main

if __name__ == "__main__":
    sys.exit(main(program="web"))
