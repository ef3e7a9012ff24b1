"""What is variational adds noise to the encoding in train mode. Facts: models of torch_geometric."""

from modelint_stub import data, sensitive, sink, unknown
from torch.nn.modules.module import Module


class InnerProductDecoder(Module): pass  # fmt: skip


class GAE(Module):
    def __init__(self, encoder, decoder=None):
        self.encoder = encoder
        self.decoder = InnerProductDecoder() if decoder is None else decoder

    def forward(self, *args, **kwargs):
        return self.encoder(*args, **kwargs)

    def encode(self, *args, **kwargs):
        return self.encoder(*args, **kwargs)

    def decode(self, *args, **kwargs):
        return self.decoder(*args, **kwargs)

    def recon_loss(self, z, *args, **kwargs):
        return data(z, *args)

    def test(self, z, *args, **kwargs):
        """The values are compared outside of torch."""
        sink(z)
        return unknown(), unknown()

    def reset_parameters(self):
        pass


class VGAE(GAE):
    def __init__(self, encoder, decoder=None):
        super().__init__(encoder, decoder)
        sensitive(self, "other")

    def encode(self, *args, **kwargs):
        return data(self.encoder(*args, **kwargs))

    def kl_loss(self, *values):
        return data(*values)


class ARGA(GAE):
    def __init__(self, encoder, discriminator, decoder=None):
        super().__init__(encoder, decoder)
        self.discriminator = discriminator


class ARGVA(ARGA):
    def __init__(self, encoder, discriminator, decoder=None):
        super().__init__(encoder, discriminator, decoder)
        self.VGAE = VGAE(encoder, decoder)
