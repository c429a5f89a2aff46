"""All parts together, with the official tensor names."""

from __future__ import annotations

import torch
import torch.nn as nn

from audio_encoder import AudioEncoder
from dimensions import Dimensions
from listening_heads import Adapter, PhoneHead, TagHead
from speech_decoder import SpeechDecoder


class StarterModel(nn.Module):
    def __init__(self, dimensions: Dimensions):
        super().__init__()
        self.dimensions = dimensions
        self.encoder = AudioEncoder(dimensions)
        self.ctc = PhoneHead(dimensions)
        self.tags = TagHead(dimensions)
        self.adapter = Adapter(dimensions)
        self.decoder = SpeechDecoder(dimensions)

    def official_state(self) -> dict[str, torch.Tensor]:
        """Tensors under official names: the decoder's carry no prefix of ours."""
        return {name.removeprefix("decoder."): tensor for name, tensor in self.state_dict().items()}

    def load_official_state(self, tensors: dict[str, torch.Tensor]) -> None:
        named = {
            (f"decoder.{name}" if name.startswith(("model.", "lm_head.")) else name): tensor.float()
            for name, tensor in tensors.items()
        }
        self.load_state_dict(named)
