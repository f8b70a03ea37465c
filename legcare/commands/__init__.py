"""Programs for the command line: they stand above the layers, as pages do, and draw nothing."""
