"""`python -m eval`: the same as `findings eval`."""

from eval.command import command

if __name__ == "__main__":
    command()(prog_name="python -m eval")
