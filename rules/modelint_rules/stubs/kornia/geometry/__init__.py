from kornia._operators import __getattr__
from kornia.geometry import transform
