"""Apple Health's export: a stream of XML that may be larger than the memory."""
