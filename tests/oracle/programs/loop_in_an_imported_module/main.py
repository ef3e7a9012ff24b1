"""What a module does that is imported is what its loops do when they run, not what they do when they do not."""

import nets
import torch

net = nets.net
net.load_state_dict(net.state_dict())
with torch.no_grad():
    print(net(torch.ones(2, 4)).sum().item())  # expect: ML104
