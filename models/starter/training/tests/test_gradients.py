"""Analytic against numeric gradients: some builds of PyTorch compute wrong ones for this very layer."""

import unittest

import torch

from audio_encoder import AudioEncoder
from depthwise import _convolve, depthwise
from dimensions import Dimensions
from speech_decoder import SpeechDecoder

SMALL = Dimensions(
    encoder_state=16, encoder_layers=2, encoder_heads=2, encoder_context=40, decoder_state=16,
    decoder_intermediate=24, decoder_layers=2, decoder_heads=2, decoder_kv_heads=1, decoder_context=32, vocabulary=30,
)


def worst_difference(loss, parameters, step: float = 1e-6) -> float:
    """Largest relative difference over a few elements of every parameter (float64)."""
    gradients = torch.autograd.grad(loss(), parameters)
    worst = 0.0
    for parameter, gradient in zip(parameters, gradients):
        flat = parameter.data.view(-1)
        for index in {0, flat.numel() // 2, flat.numel() - 1}:
            kept = flat[index].item()
            flat[index] = kept + step
            above = loss().item()
            flat[index] = kept - step
            below = loss().item()
            flat[index] = kept
            numeric, analytic = (above - below) / (2 * step), gradient.reshape(-1)[index].item()
            worst = max(worst, abs(numeric - analytic) / (1e-4 + abs(numeric)))
    return worst


class Gradients(unittest.TestCase):
    def test_the_encoder_has_the_gradients_that_differences_show(self):
        torch.manual_seed(1)
        encoder = AudioEncoder(SMALL).double()
        mel = torch.randn(2, 128, 33, dtype=torch.float64)
        loss = lambda: encoder(mel)[0].sin().sum()
        self.assertLess(worst_difference(loss, list(encoder.parameters())), 1e-3)

    def test_the_encoder_has_the_same_gradients_in_single_precision(self):
        torch.manual_seed(1)
        encoder = AudioEncoder(SMALL)
        mel = torch.randn(2, 128, 33)
        single = torch.autograd.grad(encoder(mel)[0].sin().sum(), list(encoder.parameters()))
        encoder.double()
        double = torch.autograd.grad(encoder(mel.double())[0].sin().sum(), list(encoder.parameters()))
        for one, other in zip(single, double):
            self.assertLess((one - other).norm() / (other.norm() + 1e-6), 1e-3)

    def test_the_decoder_has_the_gradients_that_differences_show(self):
        torch.manual_seed(1)
        decoder = SpeechDecoder(SMALL).double()
        ids = torch.randint(0, 30, (2, 9))
        loss = lambda: decoder.lm_head(decoder.hidden(decoder.embed(ids))).sin().sum()
        self.assertLess(worst_difference(loss, list(decoder.parameters())), 1e-3)

    def test_the_fast_depthwise_gradient_equals_the_library_gradient(self):
        torch.manual_seed(1)
        for frames in (8, 33, 64):
            x = torch.randn(3, frames, 256).bfloat16()
            weight = torch.randn(256, 1, 15).bfloat16().float()
            bias, gradient = torch.zeros(256), torch.randn(3, frames, 256).bfloat16()
            fast = [tensor.clone().requires_grad_() for tensor in (x, weight, bias)]
            plain = [tensor.float().clone().requires_grad_() for tensor in (x, weight, bias)]
            depthwise(*fast).backward(gradient)
            _convolve(*plain).backward(gradient.float())
            for one, other in zip(fast, plain):
                self.assertLess((one.grad.float() - other.grad).norm() / other.grad.norm(), 0.01)


if __name__ == "__main__":
    unittest.main()
