"""Pictures: a result in, a Chart out (figure, the data it draws, its sentence)."""
