"""What reads the encoder's features: phones, tags, and the adapter towards the decoder."""

from __future__ import annotations

import torch
import torch.nn as nn
import torch.nn.functional as F

from audio_encoder import strided_convolution
from dimensions import Dimensions


class PhoneHead(nn.Module):
    """Features [B, T, S] to log-probabilities of phones [B, 2T, labels]; label 0 is the blank."""

    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.labels = len(dimensions.ctc_labels)
        self.linear1 = nn.Linear(dimensions.encoder_state, dimensions.ctc_hidden)
        self.linear2 = nn.Linear(dimensions.ctc_hidden, dimensions.slots_per_frame * self.labels)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        logits = self.linear2(F.gelu(self.linear1(features)))
        return logits.float().reshape(logits.shape[0], -1, self.labels).log_softmax(dim=-1)


class TagHead(nn.Module):
    """Mean and standard deviation over time to one vector of logits, split by `tag_config.groups`."""

    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.linear1 = nn.Linear(2 * dimensions.encoder_state, dimensions.tag_hidden)
        self.linear2 = nn.Linear(dimensions.tag_hidden, dimensions.tag_logits)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        features = features.float()
        mean = features.mean(dim=1)
        deviation = ((features - mean[:, None]).square().mean(dim=1) + 1e-8).sqrt()
        return self.linear2(F.relu(self.linear1(torch.cat([mean, deviation], dim=-1)))).float()


class Adapter(nn.Module):
    """Features [B, T, S] at 25/s to decoder rows [B, floor((T-1)/2)+1, hidden] at 12.5/s."""

    def __init__(self, dimensions: Dimensions):
        super().__init__()
        state = dimensions.encoder_state
        self.conv = nn.Conv1d(state, state, 3, stride=2, padding=1)
        self.linear1 = nn.Linear(state, dimensions.adapter_hidden)
        self.linear2 = nn.Linear(dimensions.adapter_hidden, dimensions.decoder_state)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        x = F.gelu(strided_convolution(features, self.conv))
        return self.linear2(F.relu(self.linear1(x)))
