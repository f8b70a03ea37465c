"""One module per program or device: how to know its files and how to read them."""
