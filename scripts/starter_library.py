"""Makes the library from the starter digests where there is none; `make run` calls this."""

import shutil
import subprocess
import sys
from pathlib import Path

from ingest.errors import FindingsError
from ingest.settings import load_settings

STARTER = Path(__file__).resolve().parents[1] / "ingest" / "starter"


def main() -> None:
    """Build beside the library's place and move there, so that a cut-short build leaves none."""
    try:
        library = load_settings().library
    except FindingsError as error:
        sys.exit(f"findings: {error}")
    if library.exists() and any(library.iterdir()):
        return
    part = library.with_name(f"{library.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    command = [sys.executable, "-m", "ingest", str(STARTER), "--library", str(part)]
    built = subprocess.run(command, check=False)
    if built.returncode:
        sys.exit(built.returncode)
    (part / ".lock").unlink(missing_ok=True)
    part.replace(library)


if __name__ == "__main__":
    main()
