from einops import layers
