"""`python make_set.py <golden folder> <new folder> [seed] [small]`: a golden set with other dimensions.

Takes what does not depend on the weights (recordings, front-end arrays, the two stand-in graphs) from the given set,
draws a checkpoint whose every dimension, number format, shard layout and special token id differs, and computes the
expected arrays with the reference in this folder. `check_reference.py` shows that the reference agrees with the set
that it starts from. A small set has less speech and numbers of few bits, and is packed into `<new folder>.zip`: the one
that the tests unpack came about so, with seed 11.
"""

import json
import pathlib
import shutil
import struct
import sys
import zipfile

import numpy
import torch
from golden_folder import GoldenFolder

torch.set_num_threads(1)
source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
torch.manual_seed(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
SMALL = sys.argv[-1] == "small"
SMALL_TOKENS = 60

STATE, AUDIO_LAYERS, AUDIO_HEADS, ADAPTER = 48, 3, 3, 40
HIDDEN, LAYERS, HEADS, GROUPS, INTERMEDIATE, THETA = 96, 3, 6, 1, 112, 500000.0
FIRST_SPECIAL, TOKEN_SHIFT, VOCABULARY = 406, 37, 7168
FLOW = dict(size=24, heads=3, linear=40, blocks=3, up_blocks=2)
ESTIMATOR = dict(hidden=40, heads=5, head_dim=12, depth=3, mlp=100)
GUIDANCE = 0.55
PITCH, BASE, RATES, KERNELS, HARMONICS = 20, 16, (6, 5, 4), (12, 11, 8), 6
RESBLOCK_KERNELS, DILATIONS, FOURIER = (3, 5), 2, 16


if SMALL:
    HIDDEN, HEADS, FLOW = 48, 3, FLOW | dict(size=12)


def drawn(*shape, fan_in=None):
    fan_in = fan_in or (int(numpy.prod(shape[1:])) if len(shape) > 1 else 1)
    return torch.randn(*shape) / fan_in**0.5


def coarse(weights):
    """Multiples of 1/64 in a small set: they pack well."""
    return {name: (values * 64).round() / 64 for name, values in weights.items()} if SMALL else weights


def bias(size):
    return 0.1 * torch.randn(size)


def norm(weights, name, size):
    weights[f"{name}.weight"], weights[f"{name}.bias"] = 1 + bias(size), bias(size)


def linear(weights, name, inputs, outputs, has_bias=True):
    weights[f"{name}.weight"] = drawn(outputs, inputs)
    if has_bias:
        weights[f"{name}.bias"] = bias(outputs)


def convolution(weights, name, inputs, outputs, kernel):
    weights[f"{name}.weight"], weights[f"{name}.bias"] = drawn(outputs, inputs, kernel), bias(outputs)


def listening():
    weights = {"encoder.positional_embedding.weight": 0.3 * torch.randn(1500, STATE)}
    convolution(weights, "encoder.conv1", 128, STATE, 3)
    convolution(weights, "encoder.conv2", STATE, STATE, 3)
    for layer in range(AUDIO_LAYERS):
        at = f"encoder.blocks.{layer}"
        norm(weights, f"{at}.attn_ln", STATE)
        norm(weights, f"{at}.mlp_ln", STATE)
        for part in ("query", "key", "value", "out"):
            linear(weights, f"{at}.attn.{part}", STATE, STATE, part != "key")
        linear(weights, f"{at}.mlp.0", STATE, 4 * STATE)
        linear(weights, f"{at}.mlp.2", 4 * STATE, STATE)
    norm(weights, "encoder.after_norm", STATE)
    convolution(weights, "adapter.conv", STATE, STATE, 3)
    linear(weights, "adapter.linear1", STATE, ADAPTER)
    linear(weights, "adapter.linear2", ADAPTER, HIDDEN)
    return weights


def reasoning():
    size = HIDDEN // HEADS
    weights = {"model.embed_tokens.weight": torch.randn(VOCABULARY, HIDDEN), "model.norm.weight": 1 + bias(HIDDEN)}
    for layer in range(LAYERS):
        at = f"model.layers.{layer}"
        weights[f"{at}.input_layernorm.weight"] = 1 + bias(HIDDEN)
        weights[f"{at}.post_attention_layernorm.weight"] = 1 + bias(HIDDEN)
        for part, outputs in (("q", HIDDEN), ("k", GROUPS * size), ("v", GROUPS * size)):
            linear(weights, f"{at}.self_attn.{part}_proj", HIDDEN, outputs)
        linear(weights, f"{at}.self_attn.o_proj", HIDDEN, HIDDEN, False)
        linear(weights, f"{at}.mlp.gate_proj", HIDDEN, INTERMEDIATE, False)
        linear(weights, f"{at}.mlp.up_proj", HIDDEN, INTERMEDIATE, False)
        linear(weights, f"{at}.mlp.down_proj", INTERMEDIATE, HIDDEN, False)
    return weights


def write_shards(folder, weights):
    """Three number formats over three shards; the output layer is the embedding (tied)."""
    formats = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    index = {}
    for shard, (dtype, kind) in enumerate(formats.items()):
        name = f"model-{shard + 1:05}-of-00003.safetensors"
        header, data = {"__metadata__": {"format": "pt"}}, b""
        for position, (tensor, values) in enumerate(sorted(weights.items())):
            if position % 3 != shard:
                continue
            raw = values.to(kind).contiguous().view(torch.uint8).numpy().tobytes()
            header[tensor] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
            data += raw
            index[tensor] = name
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        (folder / name).write_bytes(struct.pack("<Q", len(text)) + text + data)
    content = {"metadata": {"total_size": 0}, "weight_map": index}
    (folder / "model.safetensors.index.json").write_text(json.dumps(content))


def flow():
    size, weights = FLOW["size"], {"input_embedding.weight": torch.randn(6561, FLOW["size"])}
    linear(weights, "spk_embed_affine_layer", 192, 80)
    for part in ("embed", "up_embed"):
        linear(weights, f"encoder.{part}.out.0", size, size)
        norm(weights, f"encoder.{part}.out.1", size)
    convolution(weights, "encoder.pre_lookahead_layer.conv1", size, size, 4)
    convolution(weights, "encoder.pre_lookahead_layer.conv2", size, size, 3)
    convolution(weights, "encoder.up_layer.conv", size, size, 5)
    for stack, count in (("encoders", FLOW["blocks"]), ("up_encoders", FLOW["up_blocks"])):
        for layer in range(count):
            at = f"encoder.{stack}.{layer}"
            for part in ("q", "k", "v", "out", "pos"):
                linear(weights, f"{at}.self_attn.linear_{part}", size, size, part != "pos")
            for part in "uv":
                weights[f"{at}.self_attn.pos_bias_{part}"] = 0.3 * torch.randn(FLOW["heads"], size // FLOW["heads"])
            linear(weights, f"{at}.feed_forward.w_1", size, FLOW["linear"])
            linear(weights, f"{at}.feed_forward.w_2", FLOW["linear"], size)
            norm(weights, f"{at}.norm_ff", size)
            norm(weights, f"{at}.norm_mha", size)
    norm(weights, "encoder.after_norm", size)
    linear(weights, "encoder_proj", size, 80)
    at, hidden, inner = "decoder.estimator", ESTIMATOR["hidden"], ESTIMATOR["heads"] * ESTIMATOR["head_dim"]
    linear(weights, f"{at}.t_embedder.mlp.0", 256, hidden)
    linear(weights, f"{at}.t_embedder.mlp.2", hidden, hidden)
    linear(weights, f"{at}.in_proj", 320, hidden)
    for block in range(ESTIMATOR["depth"]):
        name = f"{at}.blocks.{block}"
        for part in "qkv":
            linear(weights, f"{name}.attn.to_{part}", hidden, inner)
        linear(weights, f"{name}.attn.proj", inner, hidden)
        for part in "qk":
            norm(weights, f"{name}.attn.{part}_norm", ESTIMATOR["head_dim"])
        linear(weights, f"{name}.mlp.fc1", hidden, ESTIMATOR["mlp"])
        linear(weights, f"{name}.mlp.fc2", ESTIMATOR["mlp"], hidden)
        for part in (1, 6):
            convolution(weights, f"{name}.conv.block.{part}", hidden, hidden, 3)
        norm(weights, f"{name}.conv.block.3", hidden)
        linear(weights, f"{name}.adaLN_modulation.1", hidden, 9 * hidden)
    linear(weights, f"{at}.final_layer.adaLN_modulation.1", hidden, 2 * hidden)
    linear(weights, f"{at}.final_layer.linear", hidden, 80)
    return weights


def flow_yaml(text):
    """The given description with this set's sizes."""
    changes = {
        "input_size": FLOW["size"], "num_blocks": FLOW["blocks"], "num_up_blocks": FLOW["up_blocks"],
        "attention_heads": FLOW["heads"], "linear_units": FLOW["linear"], "inference_cfg_rate": GUIDANCE,
        "depth": ESTIMATOR["depth"], "num_heads": ESTIMATOR["heads"], "head_dim": ESTIMATOR["head_dim"],
        "hidden_size": ESTIMATOR["hidden"], "mlp_ratio": ESTIMATOR["mlp"] / ESTIMATOR["hidden"],
    }
    lines = []
    for line in text.splitlines():
        key = line.split(":")[0].strip()
        if key in changes or (key == "output_size" and line.startswith(" " * 8)):
            line = f"{line.split(':')[0]}: {changes.get(key, FLOW['size'])}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def vocoder():
    """Older names (weight_g, weight_v) under `generator.`, other rates, kernels and numbers of resblocks."""
    weights = {}

    def normalised(name, *shape, outputs):
        direction = drawn(*shape, fan_in=int(numpy.prod(shape[1:])))
        length = direction.flatten(1).norm(dim=1).view(-1, 1, 1) * (0.7 + 0.3 * torch.rand(shape[0], 1, 1))
        weights[f"{name}.weight_g"], weights[f"{name}.weight_v"], weights[f"{name}.bias"] = length, direction, bias(outputs)

    def resblock(name, channels, kernel):
        for layer in range(DILATIONS):
            for part in (1, 2):
                normalised(f"{name}.convs{part}.{layer}", channels, channels, kernel, outputs=channels)
                weights[f"{name}.activations{part}.{layer}.alpha"] = 0.5 + torch.rand(channels)

    for layer, inputs in zip((0, 2, 4, 6, 8), (80, PITCH, PITCH, PITCH, PITCH)):
        normalised(f"f0_predictor.condnet.{layer}", PITCH, inputs, 3, outputs=PITCH)
    linear(weights, "f0_predictor.classifier", PITCH, 1)
    weights["f0_predictor.classifier.weight"] *= 200
    linear(weights, "m_source.l_linear", HARMONICS, 1)
    weights["m_source.l_linear.weight"] *= 2
    normalised("conv_pre", BASE, 80, 7, outputs=BASE)
    for stage, (rate, kernel) in enumerate(zip(RATES, KERNELS)):
        inputs, outputs = BASE >> stage, BASE >> (stage + 1)
        normalised(f"ups.{stage}", inputs, outputs, kernel, outputs=outputs)
        stride = int(numpy.prod(RATES[stage + 1 :]))
        convolution(weights, f"source_downs.{stage}", FOURIER + 2, outputs, 1 if stride == 1 else 2 * stride)
        resblock(f"source_resblocks.{stage}", outputs, (7, 7, 11)[stage])
        for index, kernel_size in enumerate(RESBLOCK_KERNELS):
            resblock(f"resblocks.{stage * len(RESBLOCK_KERNELS) + index}", outputs, kernel_size)
    normalised("conv_post", FOURIER + 2, BASE >> len(RATES), 7, outputs=FOURIER + 2)
    weights["conv_post.weight_g"] *= 0.4
    return {f"generator.{name}": value for name, value in weights.items()}


def shifted(value):
    """Special token ids move; text ids stay."""
    if isinstance(value, list):
        return [shifted(item) for item in value]
    return value + TOKEN_SHIFT if isinstance(value, int) and value >= FIRST_SPECIAL else value


def write_tokenizer(model):
    added = json.loads((source / "model/added_tokens.json").read_text())
    (model / "added_tokens.json").write_text(json.dumps({token: shifted(number) for token, number in added.items()}))
    for name in ("vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json"):
        shutil.copy(source / "model" / name, model / name)


def write_config(model):
    config = json.loads((source / "model/config.json").read_text())
    config["audio_encoder_config"] |= {"n_audio_state": STATE, "n_audio_head": AUDIO_HEADS, "n_audio_layer": AUDIO_LAYERS, "llm_dim": HIDDEN}
    config["text_config"] |= {
        "hidden_size": HIDDEN, "intermediate_size": INTERMEDIATE, "num_attention_heads": HEADS, "num_attention_groups": GROUPS,
        "num_key_value_heads": GROUPS, "num_hidden_layers": LAYERS, "rope_theta": THETA, "vocab_size": VOCABULARY,
        "rms_norm_eps": 1e-5, "eos_token_id": FIRST_SPECIAL + TOKEN_SHIFT, "pad_token_id": FIRST_SPECIAL + TOKEN_SHIFT,
        "max_position_embeddings": 2048, "max_seq_len": 2048, "tie_word_embeddings": True,
    }
    (model / "config.json").write_text(json.dumps(config, indent=1))


def write_model():
    speech = target / "model/token2wav"
    speech.mkdir(parents=True)
    write_config(target / "model")
    write_tokenizer(target / "model")
    write_shards(target / "model", coarse(listening() | reasoning()))
    for name in ("campplus.onnx", "speech_tokenizer_v2_25hz.onnx"):
        shutil.copy(source / "model/token2wav" / name, speech / name)
    (speech / "flow.yaml").write_text(flow_yaml((source / "model/token2wav/flow.yaml").read_text()))
    torch.save(coarse(flow()), speech / "flow.pt")
    torch.save(coarse(vocoder()), speech / "hift.pt")


def write_lists(expected):
    for name in ("segments", "tool_calls", "llm_messages"):
        shutil.copy(source / "expected" / f"{name}.json", expected)
    moved = {"tokenizer": ("ids",), "prompts": ("ids",), "ta4": ("text_ids", "audio_ids", "packed")}
    for name, keys in moved.items():
        entries = json.loads((source / "expected" / f"{name}.json").read_text())
        for entry in entries:
            entry |= {key: shifted(entry[key]) for key in keys}
            for message in entry.get("messages", []):
                for item in message["content"] if isinstance(message["content"], list) else []:
                    if "token" in item:
                        item["token"] = shifted(item["token"])
        (expected / f"{name}.json").write_text(json.dumps(entries, ensure_ascii=False))
    schedule = json.loads((source / "expected/stream.json").read_text())
    (expected / "stream.json").write_text(json.dumps({"chunk_tokens": 20, "lookahead": schedule["lookahead"]}))


def sampling(logits, seen):
    """What is left after repetition penalty, temperature, top-k and top-p, in that order."""
    cases = json.loads((source / "expected/sampling.json").read_text())
    for case in cases:
        settings, scores = case["settings"], logits.clone()
        penalty = settings["repetition_penalty"]
        scores[seen] = torch.where(scores[seen] > 0, scores[seen] / penalty, scores[seen] * penalty)
        scores = scores / settings["temperature"]
        count = settings["top_k"] or len(scores)
        values, ids = scores.sort(descending=True, stable=True)
        values, ids = values[:count], ids[:count]
        probabilities = values.softmax(0)
        if settings["top_p"] < 1:
            kept = int((probabilities.cumsum(0) - probabilities < settings["top_p"]).sum())
            values, ids = values[:kept], ids[:kept]
        shown = min(len(ids), len(case["ids"]))
        case |= {"kept": len(ids), "ids": ids[:shown].tolist(), "probs": values.softmax(0)[:shown].tolist()}
    return cases


FRONT_END = [
    "resample_to_16k", "mel_filters_16k_128", "mel_filters_24k_80", "logmel_0_0", "logmel_1_0", "prompt_16k", "prompt_24k",
    "prompt_s3_logmel", "prompt_speech_tokens", "prompt_fbank_raw", "prompt_fbank_cmn", "spk_embedding", "prompt_mel",
    "prompt_mel_padded", "speech_tokens", "flow_noise", "hamming_7680",
]


def main():
    expected = target / "expected"
    expected.mkdir(parents=True)
    shutil.copytree(source / "inputs", target / "inputs")
    write_model()
    write_lists(expected)
    for name in FRONT_END:
        shutil.copy(source / "expected" / f"{name}.npy", expected)
    if SMALL:
        tokens = numpy.load(expected / "speech_tokens.npy")
        numpy.save(expected / "speech_tokens.npy", tokens[:SMALL_TOKENS])
        noise = (torch.randn(28 * 480, HARMONICS) * 8).round() / 8
        numpy.save(expected / "hift_noise.npy", noise.numpy())
    ids = numpy.load(source / "expected/llm_input_ids.npy")
    numpy.save(expected / "llm_input_ids.npy", numpy.array(shifted(ids.tolist()), dtype=numpy.int32))
    found = GoldenFolder(target).computed()
    for name, values in found.items():
        numpy.save(expected / f"{name}.npy", values.contiguous().numpy())
    seen = torch.tensor(sorted(set(shifted(ids.tolist()))))
    cases = sampling(found["llm_step_logits"][0], seen)
    (expected / "sampling.json").write_text(json.dumps(cases))
    if SMALL:
        pack()


def pack():
    """Deterministic: sorted, and without times. What lies in the folder above is left out."""
    kept = {file.name: file.read_bytes() for file in pathlib.Path(__file__).parent.parent.iterdir() if file.is_file()}
    with zipfile.ZipFile(f"{target}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(path for path in target.rglob("*") if path.is_file()):
            if kept.get(file.name) == file.read_bytes():
                continue
            archive.writestr(zipfile.ZipInfo(file.relative_to(target).as_posix()), file.read_bytes(), zipfile.ZIP_DEFLATED, 9)


main()
