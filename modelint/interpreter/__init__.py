"""The abstract interpreter: runs IR over abstract values and reports what happens to models.

`values` and `state` say what is known at a point; `machine` runs blocks and regions; `calls`, `attributes`, `natives` and
`intrinsics` give the transfer functions; `models` knows modes, forwards, gradients and steps; `log` keeps what happened.
"""
