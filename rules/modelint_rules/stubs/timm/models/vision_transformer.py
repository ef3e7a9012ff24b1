"""The parts that subclasses use by name. Facts: vision transformers of timm.

What comes in positions that changed their meaning between versions is not read.
"""

from modelint_stub import add_layers, data, loaded, unknown
from timm.layers import Attention, DropPath, Mlp, PatchDropout, PatchEmbed
from timm.models import Model, __getattr__
from torch.nn.modules.container import Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Identity, Linear
from torch.nn.modules.module import Module
from torch.nn.modules.normalization import LayerNorm


class Block(Module):
    """`drop` is what `proj_drop` was called before timm 0.9."""

    def __init__(
        self, dim, num_heads, mlp_ratio=4.0, qkv_bias=False, *args, proj_drop=0.0, drop=0.0, attn_drop=0.0, drop_path=0.0,
        norm_layer=LayerNorm, **kwargs,
    ):  # fmt: skip
        if args:
            add_layers(self, "unknown")
        self.norm1 = norm_layer(dim)
        self.attn = Attention(dim, num_heads, attn_drop=attn_drop, proj_drop=proj_drop or drop)
        self.ls1 = Identity()
        self.drop_path1 = DropPath(drop_path)
        self.norm2 = norm_layer(dim)
        self.mlp = Mlp(dim, drop=proj_drop or drop)
        self.ls2 = Identity()
        self.drop_path2 = DropPath(drop_path)


class VisionTransformer(Model):
    def __init__(
        self, img_size=224, patch_size=16, in_chans=3, num_classes=1000, *args, embed_dim=768, depth=12, num_heads=12,
        drop_rate=0.0, pos_drop_rate=0.0, patch_drop_rate=0.0, proj_drop_rate=0.0, attn_drop_rate=0.0, drop_path_rate=0.0,
        embed_layer=PatchEmbed, norm_layer=None, block_fn=Block, **kwargs,
    ):  # fmt: skip
        if args:
            add_layers(self, "unknown")
        if not callable(norm_layer):
            norm_layer = LayerNorm
        self.embed_dim = embed_dim
        self.patch_embed = embed_layer(img_size, patch_size, in_chans, embed_dim)
        self.pos_drop = Dropout(pos_drop_rate)
        self.patch_drop = PatchDropout(patch_drop_rate)
        self.norm_pre = Identity()
        rates = {"proj_drop": proj_drop_rate, "attn_drop": attn_drop_rate, "drop_path": drop_path_rate}
        self.blocks = Sequential()
        self.blocks.extend([block_fn(embed_dim, num_heads, norm_layer=norm_layer, **rates) for _ in range(depth)])
        self.norm = norm_layer(embed_dim)
        self.fc_norm = Identity()
        self.head_drop = Dropout(drop_rate)
        self.head = Linear(embed_dim, num_classes)

    def _pos_embed(self, x):
        return self.pos_drop(x)

    def forward_features(self, x, *args, **kwargs):
        x = self.norm_pre(self.patch_drop(self._pos_embed(self.patch_embed(x))))
        return self.norm(self.blocks(x))

    def pool(self, x, *args, **kwargs):
        return data(x)

    def forward_head(self, x, *args, **kwargs):
        return self.head(self.head_drop(self.fc_norm(x)))

    def forward(self, x, *args, **kwargs):
        return self.forward_head(self.forward_features(x))

    def get_classifier(self):
        return self.head

    def reset_classifier(self, num_classes, *args, **kwargs):
        """The new head follows the mode of the model; without dropout in it nothing depends on that."""
        self.head = Linear(self.embed_dim, num_classes)

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    init_weights = load_pretrained = set_input_size = prune_intermediate_layers = _same


def _create_vision_transformer(variant, pretrained=False, **kwargs):
    model = VisionTransformer(**kwargs)
    if pretrained:
        loaded(model)
    return model
