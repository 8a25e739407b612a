"""The command `taphuan` where only the interpreter is at hand: `python -m taphuan`."""

from .cli import main

main()
