"""`python -m assistant`: the same door as `findings`."""

from assistant.cli import main

main()
