from kornia import augmentation, color, enhance, filters, geometry, losses
