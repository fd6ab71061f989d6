"""`python -m ingest SOURCES`: the same door as `findings ingest SOURCES`."""

import sys
from importlib import import_module

if __name__ == "__main__":
    # By name: the command line belongs to the assistant, of which ingestion knows nothing.
    sys.argv[1:1] = ["ingest"]
    import_module("assistant.cli").main()
