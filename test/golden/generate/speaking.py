"""The flow and the vocoder in PyTorch, offline and streaming: what the converter's graphs are compared with.

Written from sections 9 and 11 of the specification, without any of the converter's code. Weights are a dictionary of
tensors under their official names; everything is computed in the weights' precision.
"""

import math

import torch
import torch.nn.functional as F
from listening_and_reasoning import layer_norm, linear


def widen(weights, name, size, x):
    """A linear layer and a norm, scaled by the root of the width."""
    normed = layer_norm(weights, f"{name}.out.1", linear(weights, f"{name}.out.0", x))
    return normed * math.sqrt(size)


def position_table(count, size, dtype):
    """Rows for the distances count - 1 down to -(count - 1); sine in even columns, cosine in odd ones."""
    distances = torch.arange(count - 1, -count, -1, dtype=torch.float64)
    rates = torch.exp(torch.arange(0, size, 2, dtype=torch.float64) * -(math.log(10000.0) / size))
    table = torch.zeros(2 * count - 1, size, dtype=torch.float64)
    table[:, 0::2] = torch.sin(distances[:, None] * rates)
    table[:, 1::2] = torch.cos(distances[:, None] * rates)
    return table.to(dtype)


def conformer(weights, name, x, past):
    """One layer; x [n, D], past (keys, values) [head, t, size]. Returns the output and the grown cache."""
    bias_u, bias_v = weights[f"{name}.self_attn.pos_bias_u"], weights[f"{name}.self_attn.pos_bias_v"]
    heads, size = bias_u.shape
    count = x.shape[0]
    normed = layer_norm(weights, f"{name}.norm_mha", x, 1e-12)
    query, key, value = (
        linear(weights, f"{name}.self_attn.linear_{part}", normed).view(count, heads, size) for part in "qkv"
    )
    key, value = (part.transpose(0, 1) for part in (key, value))
    if past is not None:
        key, value = torch.cat([past[0], key], 1), torch.cat([past[1], value], 1)
    total = key.shape[1]
    table = position_table(total, heads * size, x.dtype)
    place = linear(weights, f"{name}.self_attn.linear_pos", table).view(-1, heads, size).transpose(0, 1)
    by_content = (query + bias_u).transpose(0, 1) @ key.transpose(1, 2)
    by_place = (query + bias_v).transpose(0, 1) @ place.transpose(1, 2)
    rows, columns = torch.arange(count)[:, None], torch.arange(total)[None]
    distance = (total - count + rows) - columns
    by_place = by_place.gather(2, (total - 1 - distance).expand(heads, -1, -1))
    attention = torch.softmax((by_content + by_place) / math.sqrt(size), -1)
    mixed = (attention @ value).transpose(0, 1).reshape(count, -1)
    x = x + linear(weights, f"{name}.self_attn.linear_out", mixed)
    hidden = F.silu(linear(weights, f"{name}.feed_forward.w_1", layer_norm(weights, f"{name}.norm_ff", x, 1e-12)))
    return x + linear(weights, f"{name}.feed_forward.w_2", hidden), (key, value)


class FlowEncoder:
    """Tokens to (features, mu); remembers what earlier calls left behind."""

    def __init__(self, weights, config):
        self.weights, self.config = weights, config
        self.lookahead_columns = self.upsampling_columns = None
        self.caches = {}

    def stack(self, name, count, x):
        for layer in range(count):
            at = f"encoder.{name}.{layer}"
            x, self.caches[at] = conformer(self.weights, at, x, self.caches.get(at))
        return x

    def run(self, tokens, is_last):
        weights, encoder = self.weights, self.config["encoder"]
        size, reach = encoder["output_size"], encoder["pre_lookahead_len"]
        embedded = weights["input_embedding.weight"][torch.tensor(tokens).clamp(min=0)]
        x = widen(weights, "encoder.embed", size, embedded).T[None]
        if is_last:
            x = F.pad(x, (0, reach))
        at = "encoder.pre_lookahead_layer"
        opened = F.leaky_relu(F.conv1d(x, weights[f"{at}.conv1.weight"], weights[f"{at}.conv1.bias"]), 0.01)
        before = torch.zeros_like(opened[..., :2]) if self.lookahead_columns is None else self.lookahead_columns
        opened = torch.cat([before, opened], 2)
        self.lookahead_columns = opened[..., -2:]
        x = F.conv1d(opened, weights[f"{at}.conv2.weight"], weights[f"{at}.conv2.bias"]) + x[..., :-reach]
        x = self.stack("encoders", encoder["num_blocks"], x[0].T)
        x = x.T[None].repeat_interleave(encoder["up_stride"], 2)
        before = torch.zeros_like(x[..., :1]).repeat(1, 1, 4) if self.upsampling_columns is None else self.upsampling_columns
        x = torch.cat([before, x], 2)
        self.upsampling_columns = x[..., -4:]
        x = F.conv1d(x, weights["encoder.up_layer.conv.weight"], weights["encoder.up_layer.conv.bias"])[0].T
        x = widen(weights, "encoder.up_embed", size, x)
        x = self.stack("up_encoders", encoder["num_up_blocks"], x)
        features = layer_norm(weights, "encoder.after_norm", x)
        return features, linear(weights, "encoder_proj", features)


def speaker_vector(weights, embedding):
    return linear(weights, "spk_embed_affine_layer", F.normalize(embedding, dim=0))


def time_embedding(weights, time):
    name = "decoder.estimator.t_embedder.mlp"
    half = weights[f"{name}.0.weight"].shape[1] // 2
    rates = torch.exp(-math.log(10000) * torch.arange(half, dtype=time.dtype) / half)
    angles = time * 1000 * rates
    waves = torch.cat([angles.cos(), angles.sin()])
    return linear(weights, f"{name}.2", F.silu(linear(weights, f"{name}.0", waves)))


class Estimator:
    """The velocity at one step of the flow, for the guided and the unguided branch; one cache per ODE step."""

    def __init__(self, weights, config, steps):
        self.weights, self.sizes = weights, config["decoder"]["estimator"]
        self.past = [{} for _ in range(steps)]

    def run(self, step, time, x, mu, speaker, condition):
        """x, condition [80, T], mu [T, 80], speaker [80]; returns [2, 80, T]."""
        weights, sizes = self.weights, self.sizes
        guides = torch.cat([mu.T, speaker[:, None].expand(-1, x.shape[1]), condition])
        inputs = torch.stack([torch.cat([x, guides]), torch.cat([x, torch.zeros_like(guides)])]).transpose(1, 2)
        modulation = F.silu(time_embedding(weights, time))
        y = linear(weights, "decoder.estimator.in_proj", inputs)
        for block in range(sizes["depth"]):
            y = self.block(f"decoder.estimator.blocks.{block}", self.past[step], y, modulation)
        name = "decoder.estimator.final_layer"
        shift, scale = linear(weights, f"{name}.adaLN_modulation.1", modulation).chunk(2)
        return linear(weights, f"{name}.linear", modulated(y, shift, scale)).transpose(1, 2)

    def block(self, name, past, y, modulation):
        parts = linear(self.weights, f"{name}.adaLN_modulation.1", modulation).chunk(9)
        y = y + parts[2] * self.attend(f"{name}.attn", past, modulated(y, parts[0], parts[1]))
        y = y + parts[8] * self.convolve(f"{name}.conv.block", past, modulated(y, parts[6], parts[7]))
        opened = F.gelu(linear(self.weights, f"{name}.mlp.fc1", modulated(y, parts[3], parts[4])), approximate="tanh")
        return y + parts[5] * linear(self.weights, f"{name}.mlp.fc2", opened)

    def attend(self, name, past, y):
        heads, size = self.sizes["num_heads"], self.sizes["head_dim"]
        query, key, value = (
            linear(self.weights, f"{name}.to_{part}", y).view(2, -1, heads, size) for part in "qkv"
        )
        query = layer_norm(self.weights, f"{name}.q_norm", query).transpose(1, 2)
        key = layer_norm(self.weights, f"{name}.k_norm", key).transpose(1, 2)
        value = value.transpose(1, 2)
        if name in past:
            key, value = torch.cat([key, past[name][0]], 2), torch.cat([value, past[name][1]], 2)
        past[name] = (key, value)
        mixed = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(size), -1) @ value
        return linear(self.weights, f"{name}.proj", mixed.transpose(1, 2).reshape(2, -1, heads * size))

    def convolve(self, name, past, y):
        def causal(part, x):
            at = f"{name}.{part}"
            before = past.get(at, torch.zeros(2, x.shape[1], 2, dtype=x.dtype))
            x = torch.cat([before, x], 2)
            past[at] = x[..., -2:]
            return F.conv1d(x, self.weights[f"{at}.weight"], self.weights[f"{at}.bias"])

        mixed = causal(1, y.transpose(1, 2)).transpose(1, 2)
        opened = F.mish(layer_norm(self.weights, f"{name}.3", mixed))
        return causal(6, opened.transpose(1, 2)).transpose(1, 2)

    def cached_frames(self):
        return max((pair[0].shape[2] for pair in self.past[0].values() if isinstance(pair, tuple)), default=0)

    def trim(self, prompt_frames):
        if self.cached_frames() <= prompt_frames + 100:
            return
        for past in self.past:
            for name, pair in past.items():
                if isinstance(pair, tuple):
                    past[name] = tuple(torch.cat([x[:, :, :prompt_frames], x[:, :, -100:]], 2) for x in pair)


def modulated(y, shift, scale):
    return F.layer_norm(y, y.shape[-1:], eps=1e-6) * (1 + scale) + shift


def time_span(steps):
    return 1 - torch.cos(torch.linspace(0, 1, steps + 1) * 0.5 * torch.pi)


def solve(estimator, config, noise, mu, speaker, condition, steps=10):
    """Noise [80, T] to mel [80, T] along the guided flow."""
    guidance = config["decoder"]["inference_cfg_rate"]
    span = time_span(steps).to(noise.dtype)
    x, time = noise, span[0]
    for step in range(steps):
        guided, free = estimator.run(step, time, x, mu, speaker, condition)
        duration = span[step + 1] - time if step == 0 else span[step + 1] - span[step]
        x = x + duration * ((1 + guidance) * guided - guidance * free)
        time = span[step + 1]
    return x


def fused(weights, name):
    """A weight-normalised weight: length times direction, the norm over all axes but the first."""
    for length, direction in (("parametrizations.weight.original0", "parametrizations.weight.original1"), ("weight_g", "weight_v")):
        if f"{name}.{length}" in weights:
            v = weights[f"{name}.{direction}"]
            return weights[f"{name}.{length}"] * v / v.flatten(1).norm(dim=1).view(-1, 1, 1)
    raise KeyError(name)


class Vocoder:
    """HiFT; rates and kernels of its sizes are read from the tensors, the mel's hop is 480 samples."""

    SAMPLES_PER_FRAME = 480

    def __init__(self, weights):
        self.weights = weights
        self.fourier = weights["conv_post.bias"].shape[0] - 2
        self.hop = self.fourier // 4
        self.rates = []
        while f"ups.{len(self.rates)}.bias" in weights:
            self.rates.append(fused(weights, f"ups.{len(self.rates)}").shape[2] // 2)
        blocks = sum(1 for name in weights if name.startswith("resblocks.") and name.endswith("convs1.0.bias"))
        self.kernels_per_stage = blocks // len(self.rates)

    def conv(self, x, name, dilation=1):
        weight = fused(self.weights, name)
        padding = (weight.shape[2] - 1) * dilation // 2
        return F.conv1d(x, weight, self.weights[f"{name}.bias"], padding=padding, dilation=dilation)

    def pitch(self, mel):
        x = mel[None]
        for layer in (0, 2, 4, 6, 8):
            x = F.elu(self.conv(x, f"f0_predictor.condnet.{layer}"))
        return linear(self.weights, "f0_predictor.classifier", x.transpose(1, 2))[0, :, 0].abs()

    def source(self, pitch, noise):
        """pitch [T] to the excitation [480 T]; noise [480 T, harmonics]. Phases in double precision."""
        rate, per_frame = 24000, self.SAMPLES_PER_FRAME
        mix = self.weights["m_source.l_linear.weight"]
        harmonics = torch.arange(1, mix.shape[1] + 1, dtype=pitch.dtype)
        turns = (pitch[:, None] * harmonics / rate) % 1
        phases = torch.cumsum(turns, 0) * 2 * torch.pi * per_frame
        phases = F.interpolate(phases.T[None], scale_factor=float(per_frame), mode="linear")[0].T
        voiced = (pitch > 10).to(pitch.dtype).repeat_interleave(per_frame)[:, None]
        waves = torch.sin(phases) * 0.1 * voiced + (voiced * 0.003 + (1 - voiced) * 0.1 / 3) * noise
        return torch.tanh(linear(self.weights, "m_source.l_linear", waves))[:, 0]

    def spectrum(self, source):
        window = torch.hann_window(self.fourier, periodic=True, dtype=source.dtype)
        both = torch.stft(source, self.fourier, self.hop, self.fourier, window, return_complex=True)
        return torch.cat([both.real, both.imag])

    def resblock(self, name, x):
        layer = 0
        while f"{name}.convs1.{layer}.bias" in self.weights:
            y = self.conv(self.snake(x, f"{name}.activations1.{layer}"), f"{name}.convs1.{layer}", 2 * layer + 1)
            x = x + self.conv(self.snake(y, f"{name}.activations2.{layer}"), f"{name}.convs2.{layer}")
            layer += 1
        return x

    def snake(self, x, name):
        alpha = self.weights[f"{name}.alpha"][None, :, None]
        return x + torch.sin(x * alpha) ** 2 / (alpha + 1e-9)

    def wave(self, mel, source):
        spectrum = self.spectrum(source)[None]
        x = self.conv(mel[None], "conv_pre")
        for stage, rate in enumerate(self.rates):
            x = F.leaky_relu(x, 0.1)
            weight = fused(self.weights, f"ups.{stage}")
            padding = (weight.shape[2] - rate) // 2
            x = F.conv_transpose1d(x, weight, self.weights[f"ups.{stage}.bias"], stride=rate, padding=padding)
            if stage == len(self.rates) - 1:
                x = F.pad(x, (1, 0), mode="reflect")
            stride = math.prod(self.rates[stage + 1 :])
            down = F.conv1d(
                spectrum,
                self.weights[f"source_downs.{stage}.weight"],
                self.weights[f"source_downs.{stage}.bias"],
                stride=stride,
                padding=stride // 2,
            )
            x = x + self.resblock(f"source_resblocks.{stage}", down)
            first = stage * self.kernels_per_stage
            x = sum(self.resblock(f"resblocks.{first + k}", x) for k in range(self.kernels_per_stage)) / self.kernels_per_stage
        x = self.conv(F.leaky_relu(x, 0.01), "conv_post")[0]
        bins = self.fourier // 2 + 1
        magnitude, phase = torch.exp(x[:bins]).clip(max=100), torch.sin(x[bins:])
        drawn = torch.complex(magnitude * phase.cos(), magnitude * phase.sin())
        window = torch.hann_window(self.fourier, periodic=True, dtype=mel.dtype)
        return torch.istft(drawn, self.fourier, self.hop, self.fourier, window).clamp(-0.99, 0.99)


class WaveStream:
    """Mel pieces to sound: eight frames are vocoded again with the next piece and cross-faded."""

    def __init__(self, vocoder):
        self.vocoder, self.tail = vocoder, None

    def push(self, mel, is_last):
        overlap = 8 * Vocoder.SAMPLES_PER_FRAME
        whole = mel if self.tail is None else torch.cat([self.tail[0], mel], 1)
        pitch = self.vocoder.pitch(whole)
        harmonics = self.vocoder.weights["m_source.l_linear.weight"].shape[1]
        source = self.vocoder.source(pitch, torch.zeros(whole.shape[1] * Vocoder.SAMPLES_PER_FRAME, harmonics, dtype=mel.dtype))
        if self.tail is not None:
            source[:overlap] = self.tail[1]
        samples = self.vocoder.wave(whole, source).clone()
        if self.tail is not None:
            window = torch.hamming_window(2 * overlap, periodic=False, dtype=mel.dtype)
            samples[:overlap] = samples[:overlap] * window[:overlap] + self.tail[2] * window[overlap:]
        settled = len(samples) if is_last else len(samples) - overlap
        self.tail = (whole[:, -8:], source[-overlap:], samples[-overlap:])
        return samples[:settled]
