from torch.cpu import amp
