"""The command line: `findings ingest | ask | check | statistics | serve | eval | library`."""

import logging
import sys
from importlib import import_module

import click

from ingest.errors import FindingsError

COMMANDS = ("ingest", "ask", "check", "statistics", "serve", "library")


class _Lazy(click.Group):
    """A group whose commands are imported only when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*COMMANDS, "eval"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "eval":
            # By name: eval depends on the assistant, never the other way round.
            command: click.Command = import_module("eval.command").command()
        elif cmd_name in COMMANDS:
            command = getattr(import_module(f"assistant.commands.{cmd_name}"), cmd_name)
        else:
            return None
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="findings-assistant")
def cli() -> None:
    """Answers from inspection reports, with the sentence and page that prove each figure."""


def main() -> None:
    """The console command; every foreseen failure is one sentence and exit code 1."""
    logging.basicConfig(level=logging.ERROR, format="findings: %(message)s")
    for own in ("assistant", "ingest", "eval"):
        logging.getLogger(own).setLevel(logging.WARNING)
    try:
        code = cli(prog_name="findings", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "findings"
        told = error.format_message().rstrip(".")
        click.echo(f"findings: {told}; {path} --help tells how to call it.", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"findings: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("findings: stopped.", err=True)
        sys.exit(130)
    except FindingsError as error:
        click.echo(f"findings: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(
            f"findings: {error.strerror or error}: {error.filename or ''}".rstrip(": "), err=True
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
