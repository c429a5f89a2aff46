"""Depthwise convolution over time on [batch, frame, channel].

The library's weight gradient costs a fifth of a training step on processors, so a small C kernel, compiled at first
use, replaces it for bfloat16; without a compiler the library's own is used.
"""

from __future__ import annotations

import ctypes
import subprocess
from functools import cache
from pathlib import Path

import torch
import torch.nn.functional as F

from model_folder import WORK

SOURCE = Path(__file__).with_name("depthwise_gradient.c")


@cache
def _gradient_kernel():
    """The compiled kernel, or None where there is no compiler."""
    library = WORK / "build" / "depthwise_gradient.so"
    try:
        if not library.exists() or library.stat().st_mtime < SOURCE.stat().st_mtime:
            library.parent.mkdir(parents=True, exist_ok=True)
            flags = ["-O3", "-march=native", "-ffast-math", "-mprefer-vector-width=512", "-shared", "-fPIC"]
            subprocess.run(["cc", *flags, str(SOURCE), "-o", str(library)], check=True)
        kernel = ctypes.CDLL(str(library)).depthwise_weight_gradient
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"depthwise gradient kernel unavailable: {error}")
        return None
    kernel.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_long] * 4
    return kernel


def _convolve(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
    image = x.transpose(1, 2).unsqueeze(2)
    out = F.conv2d(image, weight.unsqueeze(2), bias, padding=(0, weight.shape[-1] // 2), groups=x.shape[-1])
    return out.squeeze(2).transpose(1, 2)


class _Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias):
        ctx.save_for_backward(x, weight)
        return _convolve(x, weight, bias)

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        channels, _, taps = weight.shape
        x, gradient = x.contiguous(), gradient.contiguous()
        batch, frames, _ = x.shape
        sums = torch.empty(taps, channels)
        _gradient_kernel()(x.data_ptr(), gradient.data_ptr(), sums.data_ptr(), batch, frames, channels, taps)
        ones = torch.ones(1, batch * frames, dtype=gradient.dtype)
        bias_gradient = (ones @ gradient.view(-1, channels)).view(-1)
        return _convolve(gradient, weight.flip(-1), None), sums.t().unsqueeze(1).to(weight.dtype), bias_gradient


def depthwise(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """x [B, T, C], weight [C, 1, K] with K odd and at most 31, bias [C] -> [B, T, C] of x's type; zero padding."""
    weight, bias = weight.to(x.dtype), bias.to(x.dtype)
    fast = x.dtype == torch.bfloat16 and x.device.type == "cpu" and torch.is_grad_enabled()
    if fast and x.shape[-1] % 16 == 0 and _gradient_kernel() is not None:
        return _Depthwise.apply(x, weight, bias)
    return _convolve(x, weight, bias)
