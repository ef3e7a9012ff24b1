"""What the rules know of the layers of `torch.nn`."""

WITH_STATE = frozenset(
    "Linear Bilinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm"
    " LayerNorm GroupNorm RMSNorm Embedding EmbeddingBag LSTM GRU RNN LSTMCell GRUCell RNNCell MultiheadAttention TransformerEncoderLayer"
    " TransformerDecoderLayer Transformer".split()
)
"""Layers of `torch.nn` that have weights."""
