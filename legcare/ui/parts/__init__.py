"""Pieces that several pages draw with: cards, tables, text, the glossary."""
