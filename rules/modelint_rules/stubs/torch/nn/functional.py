"""Dropouts with no module around them. Facts: functional dropout.

A forward interpreted in eval mode is what tells: `training=self.training` and `p if self.training else 0` are off there.
"""

from modelint_stub import data, functional_dropout, known

__modelint_functions__ = True


def _look(name, training):
    """Who gives the flag says what is meant, also where it is a plain true: dropout that is sampled on purpose."""
    if known(training) and training is None:
        functional_dropout(name, "default", training)


def dropout(input, p=0.5, training=None, inplace=False):
    if p > 0:
        _look("dropout", training)
    return data(input)


def dropout1d(input, p=0.5, training=None, inplace=False):
    return dropout(input, p, training)


def dropout2d(input, p=0.5, training=None, inplace=False):
    return dropout(input, p, training)


def dropout3d(input, p=0.5, training=None, inplace=False):
    return dropout(input, p, training)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    """Off unless asked for, unlike the others."""
    if p > 0:
        _look("alpha_dropout", training)
    return data(input)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    return alpha_dropout(input, p, training)


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, *args, **kwargs):
    """Has no `training` argument: its dropout is on in eval mode too."""
    if dropout_p > 0:
        functional_dropout("scaled_dot_product_attention", "dropout_p", dropout_p)
    return data(query, key, value, attn_mask)


def multi_head_attention_forward(
    query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p,
    out_proj_weight, out_proj_bias, training=None, *args, **kwargs,
):  # fmt: skip
    if dropout_p > 0:
        _look("multi_head_attention_forward", training)
    return data(query, key, value, in_proj_weight, out_proj_weight)
