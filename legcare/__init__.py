"""legcare: what your own cramp and massage log says, with its uncertainty."""

__version__ = "0.1.0"
