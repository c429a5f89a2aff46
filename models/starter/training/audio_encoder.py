"""Log-mel to acoustic features, whisper-style with a depthwise convolution in every block.

    in   mel       float32 [batch, 128, frame]       100 frames/s
    out  features  float32 [batch, frame', 256]      25 frames/s

Attention keys have no bias; the positional table is stored, not learned; GELU is the erf form. There is no mask:
every batch holds pieces of one length, and at run time a batch is one piece.
"""

from __future__ import annotations

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from depthwise import depthwise
from dimensions import Dimensions


class Attention(nn.Module):
    def __init__(self, state: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(state, state)
        self.key = nn.Linear(state, state, bias=False)
        self.value = nn.Linear(state, state)
        self.out = nn.Linear(state, state)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, frames, state = x.shape
        split = lambda y: y.view(batch, frames, self.heads, -1).transpose(1, 2)
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = (query * (state // self.heads) ** -0.5) @ key.transpose(-1, -2)
        mixed = torch.softmax(scores, dim=-1) @ value
        return self.out(mixed.transpose(1, 2).reshape(batch, frames, state))


class DepthwiseConvolution(nn.Module):
    def __init__(self, state: int, kernel: int):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(state, 1, kernel))
        self.bias = nn.Parameter(torch.zeros(state))
        nn.init.normal_(self.weight, std=0.5 / math.sqrt(kernel))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return depthwise(x, self.weight, self.bias)


class EncoderBlock(nn.Module):
    """x += attn(attn_ln(x)); x += conv(conv_ln(x)); x += mlp(mlp_ln(x))."""

    def __init__(self, state: int, heads: int, kernel: int):
        super().__init__()
        self.attn_ln = nn.LayerNorm(state)
        self.attn = Attention(state, heads)
        self.conv_ln = nn.LayerNorm(state)
        self.conv = DepthwiseConvolution(state, kernel)
        self.mlp_ln = nn.LayerNorm(state)
        self.mlp = nn.Sequential(nn.Linear(state, 4 * state), nn.GELU(), nn.Linear(4 * state, state))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.attn(self.attn_ln(x))
        x = x + self.conv(self.conv_ln(x))
        return x + self.mlp(self.mlp_ln(x))


class StoredTable(nn.Module):
    """Sinusoids kept in the file like a weight."""

    def __init__(self, rows: int, state: int):
        super().__init__()
        position = torch.arange(rows)[:, None]
        rate = torch.exp(-math.log(10000.0) * torch.arange(state // 2) / (state // 2 - 1))[None]
        self.register_buffer("weight", 0.3 * torch.cat([torch.sin(position * rate), torch.cos(position * rate)], dim=1))


def strided_convolution(x: torch.Tensor, convolution: nn.Conv1d) -> torch.Tensor:
    """Kernel 3, padding 1 on [B, T, C] as one matrix product: [B, floor((T-1)/stride)+1, C']."""
    stride, frames = convolution.stride[0], x.shape[1]
    out_frames = (frames - 1) // stride + 1
    padded = F.pad(x, (0, 0, 1, 1))
    taps = [padded[:, tap : tap + stride * (out_frames - 1) + 1 : stride] for tap in range(3)]
    weight = convolution.weight.permute(0, 2, 1).reshape(convolution.weight.shape[0], -1)
    return F.linear(torch.cat(taps, dim=-1), weight, convolution.bias)


class AudioEncoder(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        state, strides = dimensions.encoder_state, dimensions.conv_strides
        self.pool_stride = dimensions.pool_stride
        self.conv1 = nn.Conv1d(dimensions.mel_bands, state, 3, stride=strides[0], padding=1)
        self.conv2 = nn.Conv1d(state, state, 3, stride=strides[1], padding=1)
        self.positional_embedding = StoredTable(dimensions.encoder_context, state)
        self.blocks = nn.ModuleList(
            EncoderBlock(state, dimensions.encoder_heads, dimensions.depthwise_kernel)
            for _ in range(dimensions.encoder_layers)
        )
        self.after_norm = nn.LayerNorm(state)
        self.run_block = EncoderBlock.forward

    def forward(
        self, mel: torch.Tensor, first_position: int = 0, layer_drop: float = 0.0, tap_layer: int | None = None
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Features, and the stream after block `tap_layer` (for an auxiliary loss in training)."""
        x = F.gelu(strided_convolution(mel.transpose(1, 2), self.conv1))
        x = F.gelu(strided_convolution(x, self.conv2))
        rows = self.positional_embedding.weight[first_position : first_position + x.shape[1]]
        x = x + rows.to(x.dtype)
        tapped = None
        for index, block in enumerate(self.blocks):
            if layer_drop == 0.0 or torch.rand(()).item() >= layer_drop:
                x = self.run_block(block, x)
            if index == tap_layer:
                tapped = x
        if self.pool_stride > 1:
            x = F.avg_pool1d(x.transpose(1, 2), self.pool_stride, self.pool_stride).transpose(1, 2)
        return self.after_norm(x), tapped
