"""Every prompt as a text file of its own, loaded by name."""

from importlib.resources import files


def load(name: str) -> str:
    """The text of the prompt `name`; raises FileNotFoundError where there is none."""
    return (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
