"""What a module does that is imported is what its loops do when they run, not what they do when they do not."""

import nets
import torch

nets.net.load_state_dict(nets.net.state_dict())
with torch.no_grad():
    print(nets.net(torch.ones(2, 4)).sum().item())  # expect: ML104
