from .plain import Plain
from .choose import get_strategy
