"""Muon for the inner matrices, AdamW for the rest, and a running average of the weights."""

from __future__ import annotations

import torch
import torch.nn as nn


def orthogonal(gradients: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Nearest matrices with equal singular values, [matrix, row, column]; quintic Newton-Schulz in bfloat16."""
    x = gradients.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2).contiguous()
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        square = x @ x.transpose(1, 2)
        mixed = torch.baddbmm(square, square, square, beta=-4.7750, alpha=2.0315)
        x = torch.baddbmm(x, mixed, x, beta=3.4445)
    return (x.transpose(1, 2) if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Matrices of one shape are treated together, which is what makes it cheap on processors."""

    def __init__(self, parameters, lr: float, momentum: float = 0.95, weight_decay: float = 0.0):
        by_shape: dict[tuple, list] = {}
        for parameter in parameters:
            by_shape.setdefault(tuple(parameter.shape), []).append(parameter)
        groups = [{"params": group} for group in by_shape.values()]
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            parameters = [parameter for parameter in group["params"] if parameter.grad is not None]
            if not parameters:
                continue
            gradients = [parameter.grad for parameter in parameters]
            for parameter in parameters:
                if "average" not in self.state[parameter]:
                    self.state[parameter]["average"] = torch.zeros_like(parameter)
            averages = [self.state[parameter]["average"] for parameter in parameters]
            torch._foreach_mul_(averages, group["momentum"])
            torch._foreach_add_(averages, gradients)
            torch._foreach_add_(gradients, averages, alpha=group["momentum"])
            updates = orthogonal(torch.stack(gradients).flatten(2))
            scale = max(1.0, updates.shape[1] / updates.shape[2]) ** 0.5
            torch._foreach_mul_(parameters, 1 - group["lr"] * group["weight_decay"])
            shaped = [update.view(parameter.shape) for update, parameter in zip(updates.contiguous(), parameters)]
            torch._foreach_add_(parameters, shaped, alpha=-group["lr"] * scale)


class Optimiser:
    """Both optimisers with one relative learning rate (1 at the peak)."""

    def __init__(self, model: nn.Module, matrix_rate: float = 0.02, other_rate: float = 2e-3):
        matrices, others = [], []
        for name, parameter in model.named_parameters():
            if not parameter.requires_grad:
                continue
            inner = parameter.dim() >= 2 and not any(
                part in name for part in ("embed", "lm_head", "linear2", ".conv.weight")
            )
            (matrices if inner else others).append(parameter)
        self.muon = Muon(matrices, matrix_rate, weight_decay=0.02)
        self.adam = torch.optim.AdamW(others, other_rate, betas=(0.9, 0.98), weight_decay=0.01, foreach=True)
        self.rates = [(self.muon, matrix_rate), (self.adam, other_rate)]
        self.parameters = matrices + others

    def step(self, relative_rate: float, clip: float = 5.0) -> float:
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, clip, foreach=True).item()
        if norm == norm:
            for optimiser, rate in self.rates:
                for group in optimiser.param_groups:
                    group["lr"] = rate * relative_rate
                optimiser.step()
        for parameter in self.parameters:
            parameter.grad = None
        return norm

    def state(self) -> list[dict]:
        return [optimiser.state_dict() for optimiser, _ in self.rates]

    def load(self, state: list[dict]) -> None:
        for (optimiser, _), entry in zip(self.rates, state):
            optimiser.load_state_dict(entry)


class WeightAverage:
    """Exponential running average of the trained parameters, faster in the beginning."""

    def __init__(self, model: nn.Module, decay: float = 0.998, every: int = 4):
        self.decay, self.every = decay, every
        self.values = {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}
        self.trained = {name: tensor for name, tensor in model.named_parameters() if tensor.requires_grad}

    @torch.no_grad()
    def update(self, step: int) -> None:
        if step % self.every:
            return
        decay = min(self.decay, (1 + step) / (10 + step)) ** self.every
        torch._foreach_lerp_([self.values[name] for name in self.trained], list(self.trained.values()), 1 - decay)


def relative_rate(progress: float, step: int, warm_up: int = 300, hold: float = 0.35, floor: float = 0.02) -> float:
    """Warm-up over the first steps, constant until `hold` of the time, then linear down to `floor`."""
    late = 1.0 if progress < hold else max(floor, 1 - (1 - floor) * (progress - hold) / (1 - hold))
    return min(1.0, (step + 1) / warm_up) * late
