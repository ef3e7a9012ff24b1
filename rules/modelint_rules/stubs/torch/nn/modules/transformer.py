"""Facts: sensitive layers."""

from modelint_stub import copy
from torch.nn.modules.activation import MultiheadAttention
from torch.nn.modules.container import ModuleList
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module


class TransformerEncoderLayer(Module):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, *args, **kwargs):
        self.self_attn = MultiheadAttention(d_model, nhead, dropout)
        self.dropout = Dropout(dropout)
        self.linear1 = Linear(d_model, dim_feedforward)
        self.linear2 = Linear(dim_feedforward, d_model)


class TransformerDecoderLayer(TransformerEncoderLayer):
    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, *args, **kwargs):
        super().__init__(d_model, nhead, dim_feedforward, dropout)
        self.multihead_attn = MultiheadAttention(d_model, nhead, dropout)


class TransformerEncoder(Module):
    def __init__(self, encoder_layer, num_layers, norm=None, *args, **kwargs):
        self.layers = ModuleList([copy(encoder_layer) for _ in range(num_layers)])
        self.norm = norm

    def forward(self, src, *args, **kwargs):
        for layer in self.layers:
            src = layer(src)
        return src


class TransformerDecoder(Module):
    def __init__(self, decoder_layer, num_layers, norm=None):
        self.layers = ModuleList([copy(decoder_layer) for _ in range(num_layers)])
        self.norm = norm

    def forward(self, tgt, memory, *args, **kwargs):
        for layer in self.layers:
            tgt = layer(tgt, memory)
        return tgt


class Transformer(Module):
    def __init__(
        self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1,
        activation=None, custom_encoder=None, custom_decoder=None, *args, **kwargs,
    ):  # fmt: skip
        if custom_encoder is None:
            custom_encoder = TransformerEncoder(
                TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout), num_encoder_layers
            )
        if custom_decoder is None:
            custom_decoder = TransformerDecoder(
                TransformerDecoderLayer(d_model, nhead, dim_feedforward, dropout), num_decoder_layers
            )
        self.encoder = custom_encoder
        self.decoder = custom_decoder

    def forward(self, src, tgt, *args, **kwargs):
        return self.decoder(tgt, self.encoder(src))
