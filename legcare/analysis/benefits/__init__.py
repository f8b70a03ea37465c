"""The seven claims about massage, each set against one person's own log."""

from legcare.analysis.benefits.benefit import Benefit, PairedChange, Position, Progress, Standing
from legcare.analysis.benefits.material import Material, material_of
from legcare.analysis.benefits.seven import Seven, seven_benefits

__all__ = [
    "Benefit",
    "Material",
    "PairedChange",
    "Position",
    "Progress",
    "Seven",
    "Standing",
    "material_of",
    "seven_benefits",
]
