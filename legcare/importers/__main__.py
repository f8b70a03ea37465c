"""The earlier address of ``python -m legcare.commands load``, for scripts that name it."""

from runpy import run_module

if __name__ == "__main__":
    run_module("legcare.commands.load", run_name="__main__")
