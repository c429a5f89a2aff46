"""The audio encoder, the adaptor and the language model in PyTorch: what the converter's graphs are compared with.

Written from sections 3 to 6 of the specification, one function per network, without any of the converter's code.
Weights are a dictionary of tensors under their official names; everything is computed in the weights' precision.
"""

import torch
import torch.nn.functional as F


def linear(weights, name, x):
    return F.linear(x, weights[f"{name}.weight"], weights.get(f"{name}.bias"))


def layer_norm(weights, name, x, epsilon=1e-5):
    weight = weights[f"{name}.weight"]
    return F.layer_norm(x, weight.shape, weight, weights[f"{name}.bias"], epsilon)


def conv(weights, name, x, stride, padding):
    return F.conv1d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], stride=stride, padding=padding)


def audio_encoder(weights, config, mel, length):
    """mel [bands, T] to features [floor(T2 / 2), state]; keys past `length` are masked."""
    frames, heads = mel.shape[1], config["n_audio_head"]
    x = F.gelu(conv(weights, "encoder.conv1", mel[None], 1, 1))
    x = F.gelu(conv(weights, "encoder.conv2", x, 2, 1))[0].T
    heard = torch.arange(frames) < length
    heard = heard[(frames + 1) % 2 :: 2]
    bias = torch.where(heard, 0.0, -1e10).to(x.dtype)
    x = x + weights["encoder.positional_embedding.weight"][: x.shape[0]]
    size = x.shape[1] // heads
    for layer in range(config["n_audio_layer"]):
        at = f"encoder.blocks.{layer}"
        normed = layer_norm(weights, f"{at}.attn_ln", x)
        query, key, value = (
            linear(weights, f"{at}.attn.{name}", normed).view(-1, heads, size).transpose(0, 1)
            for name in ("query", "key", "value")
        )
        scores = (query * size**-0.25) @ (key * size**-0.25).transpose(1, 2) + bias
        mixed = (torch.softmax(scores, -1) @ value).transpose(0, 1).reshape(x.shape)
        x = x + linear(weights, f"{at}.attn.out", mixed)
        hidden = F.gelu(linear(weights, f"{at}.mlp.0", layer_norm(weights, f"{at}.mlp_ln", x)))
        x = x + linear(weights, f"{at}.mlp.2", hidden)
    pooled = F.avg_pool1d(x.T[None], 2, 2)[0].T
    return layer_norm(weights, "encoder.after_norm", pooled)


def adaptor(weights, features):
    x = F.gelu(conv(weights, "adapter.conv", features.T[None], 2, 1))[0].T
    return linear(weights, "adapter.linear2", F.relu(linear(weights, "adapter.linear1", x)))


def encoder_length(frames):
    return ((frames + 1) // 2) // 2


def adaptor_length(frames):
    return (encoder_length(frames) - 1) // 2 + 1


def rms_norm(weights, name, x, epsilon):
    wide = x.float() if x.dtype != torch.float64 else x
    return weights[f"{name}.weight"] * (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + epsilon)).to(x.dtype)


def rotated(x, theta):
    """x [head, n, size]; the first half of a head is paired with its second half."""
    half = x.shape[-1] // 2
    rates = 1.0 / (theta ** (torch.arange(half, dtype=x.dtype) / half))
    angles = torch.arange(x.shape[1], dtype=x.dtype)[:, None] * rates
    first, second = x[..., :half], x[..., half:]
    cosine, sine = angles.cos(), angles.sin()
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)


def language_model(weights, config, rows):
    """rows [n, hidden] to (normed hidden [n, hidden], logits [n, vocabulary], cache [layer, 2, kv head, n, size])."""
    heads = config["num_attention_heads"]
    groups = config["num_key_value_heads"]
    size = config.get("head_dim", config["hidden_size"] // heads)
    epsilon, theta = config["rms_norm_eps"], config["rope_theta"]
    count = rows.shape[0]
    unseen = torch.triu(torch.full((count, count), float("-inf"), dtype=rows.dtype), 1)
    x, cache = rows, []
    for layer in range(config["num_hidden_layers"]):
        at = f"model.layers.{layer}"
        normed = rms_norm(weights, f"{at}.input_layernorm", x, epsilon)
        query, key, value = (
            linear(weights, f"{at}.self_attn.{name}_proj", normed).view(count, -1, size).transpose(0, 1)
            for name in "qkv"
        )
        query, key = rotated(query, theta), rotated(key, theta)
        cache.append(torch.stack([key, value]))
        key, value = (part.repeat_interleave(heads // groups, 0) for part in (key, value))
        scores = query @ key.transpose(1, 2) / size**0.5 + unseen
        mixed = (torch.softmax(scores, -1) @ value).transpose(0, 1).reshape(count, -1)
        x = x + linear(weights, f"{at}.self_attn.o_proj", mixed)
        normed = rms_norm(weights, f"{at}.post_attention_layernorm", x, epsilon)
        opened = F.silu(linear(weights, f"{at}.mlp.gate_proj", normed))
        x = x + linear(weights, f"{at}.mlp.down_proj", opened * linear(weights, f"{at}.mlp.up_proj", normed))
    hidden = rms_norm(weights, "model.norm", x, epsilon)
    head = weights.get("lm_head.weight", weights["model.embed_tokens.weight"])
    return hidden, hidden @ head.T, torch.stack(cache)
