"""The decoder: a small Qwen2 (grouped attention with bias, rotary positions, RMSNorm, SwiGLU, untied output).

    in   rows    float [batch, position, 256]   token embeddings, audio rows already in place
    out  logits  float [batch, position, vocabulary]
"""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from dimensions import Dimensions


class RootMeanSquareNorm(nn.Module):
    def __init__(self, size: int, epsilon: float):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.epsilon = epsilon

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.dtype == torch.bfloat16:
            length = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float32)
            scale = torch.rsqrt(length.square() / x.shape[-1] + self.epsilon)
            return x * scale.to(x.dtype) * self.weight.to(x.dtype)
        wide = x if x.dtype == torch.float64 else x.float()
        scaled = wide * torch.rsqrt(wide.square().mean(dim=-1, keepdim=True) + self.epsilon)
        return (scaled * self.weight).to(x.dtype)


def rotary_table(positions: int, head_dim: int, theta: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines [position, head_dim], the half-split form."""
    rate = theta ** (-torch.arange(0, head_dim, 2, dtype=torch.float64) / head_dim)
    angle = torch.arange(positions, dtype=torch.float64)[:, None] * rate[None]
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos().float(), angle.sin().float()


def rotate(x: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    first, second = x.chunk(2, dim=-1)
    return x * cosine + torch.cat([-second, first], dim=-1) * sine


class SelfAttention(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        state, head = dimensions.decoder_state, dimensions.head_dim
        self.heads, self.kv_heads, self.head_dim = dimensions.decoder_heads, dimensions.decoder_kv_heads, head
        self.q_proj = nn.Linear(state, self.heads * head)
        self.k_proj = nn.Linear(state, self.kv_heads * head)
        self.v_proj = nn.Linear(state, self.kv_heads * head)
        self.o_proj = nn.Linear(self.heads * head, state, bias=False)

    def forward(self, x, cosine, sine, mask):
        batch, length, _ = x.shape
        query = rotate(self.q_proj(x).view(batch, length, self.heads, -1).transpose(1, 2), cosine, sine)
        key = rotate(self.k_proj(x).view(batch, length, self.kv_heads, -1).transpose(1, 2), cosine, sine)
        value = self.v_proj(x).view(batch, length, self.kv_heads, -1).transpose(1, 2)
        share = self.heads // self.kv_heads
        grouped = (query * self.head_dim**-0.5).reshape(batch, self.kv_heads, share * length, self.head_dim)
        scores = (grouped @ key.transpose(-1, -2)).view(batch, self.heads, length, length) + mask
        mixed = torch.softmax(scores, dim=-1).view(batch, self.kv_heads, share * length, length) @ value
        heads = mixed.reshape(batch, self.heads, length, self.head_dim)
        return self.o_proj(heads.transpose(1, 2).reshape(batch, length, -1))


class FeedForward(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        state, wide = dimensions.decoder_state, dimensions.decoder_intermediate
        self.gate_proj = nn.Linear(state, wide, bias=False)
        self.up_proj = nn.Linear(state, wide, bias=False)
        self.down_proj = nn.Linear(wide, state, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class DecoderLayer(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.input_layernorm = RootMeanSquareNorm(dimensions.decoder_state, dimensions.rms_norm_eps)
        self.self_attn = SelfAttention(dimensions)
        self.post_attention_layernorm = RootMeanSquareNorm(dimensions.decoder_state, dimensions.rms_norm_eps)
        self.mlp = FeedForward(dimensions)

    def forward(self, x, cosine, sine, mask):
        x = x + self.self_attn(self.input_layernorm(x), cosine, sine, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class DecoderBody(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.embed_tokens = nn.Embedding(dimensions.vocabulary, dimensions.decoder_state)
        self.layers = nn.ModuleList(DecoderLayer(dimensions) for _ in range(dimensions.decoder_layers))
        self.norm = RootMeanSquareNorm(dimensions.decoder_state, dimensions.rms_norm_eps)


class SpeechDecoder(nn.Module):
    """Named so that the state dict has the official `model.*` and `lm_head.*` names."""

    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.model = DecoderBody(dimensions)
        self.lm_head = nn.Linear(dimensions.decoder_state, dimensions.vocabulary, bias=False)
        self.dimensions = dimensions
        self.run_layer = DecoderLayer.forward
        cosine, sine = rotary_table(dimensions.decoder_context, dimensions.head_dim, dimensions.rope_theta)
        self.register_buffer("cosine", cosine, persistent=False)
        self.register_buffer("sine", sine, persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02 if "embed" in name else parameter.shape[1] ** -0.5)

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        return self.model.embed_tokens(ids)

    def hidden(self, rows: torch.Tensor) -> torch.Tensor:
        length = rows.shape[1]
        cosine, sine = self.cosine[:length].to(rows.dtype), self.sine[:length].to(rows.dtype)
        mask = torch.full((length, length), float("-inf"), device=rows.device).triu(1)
        if torch.is_autocast_enabled(rows.device.type):
            mask = mask.to(torch.get_autocast_dtype(rows.device.type))
        for layer in self.model.layers:
            rows = self.run_layer(layer, rows, cosine, sine, mask)
        return self.model.norm(rows)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.lm_head(self.hidden(rows)).float()
