from monai import inferers, losses, metrics, networks, transforms
