"""The dimensions of the starter model, as they stand in its config.json.

The structure is the official one (`audio_encoder_config`, `text_config`) with a few extra fields whose absence
means the official value; docs of the fields are beside them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split()
BLANK = "<blank>"
CTC_LABELS = [BLANK, *PHONES]

TAG_GROUPS = [
    {"name": "gender", "values": ["female", "male"]},
    {"name": "age", "values": ["child", "adult", "elderly"]},
    {"name": "style", "values": ["neutral", "whisper"]},
    {"name": "content", "values": ["speech", "silence", "noise", "music"]},
]


@dataclass(frozen=True)
class Dimensions:
    """Sizes of every part. Frames: mel 100/s, encoder 25/s, adapter 12.5/s, CTC label slots 50/s."""

    mel_bands: int = 128
    encoder_state: int = 256
    encoder_layers: int = 8
    encoder_heads: int = 4
    encoder_context: int = 640
    conv_strides: tuple[int, int] = (2, 2)
    pool_stride: int = 1
    depthwise_kernel: int = 15
    adapter_hidden: int = 384
    ctc_hidden: int = 256
    slots_per_frame: int = 2
    tag_hidden: int = 128
    decoder_state: int = 256
    decoder_intermediate: int = 640
    decoder_layers: int = 4
    decoder_heads: int = 4
    decoder_kv_heads: int = 2
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10000.0
    decoder_context: int = 2048
    vocabulary: int = 1280
    ctc_labels: list[str] = field(default_factory=lambda: list(CTC_LABELS))
    tag_groups: list[dict] = field(default_factory=lambda: [dict(group) for group in TAG_GROUPS])

    @property
    def tag_logits(self) -> int:
        return sum(len(group["values"]) for group in self.tag_groups)

    @property
    def head_dim(self) -> int:
        return self.decoder_state // self.decoder_heads


def config_json(dimensions: Dimensions, eos_token_id: int, pad_token_id: int) -> dict:
    """config.json in the official structure; extra fields are those that the official model lacks."""
    return {
        "architectures": ["StepAudio2ForCausalLM"],
        "model_type": "step_audio_2",
        "audio_encoder_config": {
            "n_mels": dimensions.mel_bands,
            "n_audio_ctx": dimensions.encoder_context,
            "n_audio_state": dimensions.encoder_state,
            "n_audio_head": dimensions.encoder_heads,
            "n_audio_layer": dimensions.encoder_layers,
            "llm_dim": dimensions.decoder_state,
            "kernel_size": 3,
            "adapter_stride": 2,
            "conv_strides": list(dimensions.conv_strides),
            "pool_stride": dimensions.pool_stride,
            "depthwise_kernel": dimensions.depthwise_kernel,
            "adapter_hidden": dimensions.adapter_hidden,
        },
        "text_config": {
            "hidden_size": dimensions.decoder_state,
            "intermediate_size": dimensions.decoder_intermediate,
            "num_hidden_layers": dimensions.decoder_layers,
            "num_attention_heads": dimensions.decoder_heads,
            "num_attention_groups": dimensions.decoder_kv_heads,
            "num_key_value_heads": dimensions.decoder_kv_heads,
            "rms_norm_eps": dimensions.rms_norm_eps,
            "rope_theta": dimensions.rope_theta,
            "max_position_embeddings": dimensions.decoder_context,
            "max_seq_len": dimensions.decoder_context,
            "vocab_size": dimensions.vocabulary,
            "eos_token_id": eos_token_id,
            "pad_token_id": pad_token_id,
            "rope_scaling": None,
            "torch_dtype": "float16",
        },
        "ctc_config": {
            "labels": dimensions.ctc_labels,
            "slots_per_frame": dimensions.slots_per_frame,
            "hidden": dimensions.ctc_hidden,
        },
        "tag_config": {"hidden": dimensions.tag_hidden, "groups": dimensions.tag_groups},
        "torch_dtype": "float16",
    }


def dimensions_from_config(path: Path) -> Dimensions:
    """Reads the sizes back from a config.json."""
    config = json.loads(path.read_text())
    audio, text = config["audio_encoder_config"], config["text_config"]
    return Dimensions(
        mel_bands=audio["n_mels"],
        encoder_state=audio["n_audio_state"],
        encoder_layers=audio["n_audio_layer"],
        encoder_heads=audio["n_audio_head"],
        encoder_context=audio["n_audio_ctx"],
        conv_strides=tuple(audio.get("conv_strides", (1, 2))),
        pool_stride=audio.get("pool_stride", 2),
        depthwise_kernel=audio.get("depthwise_kernel", 0),
        adapter_hidden=audio.get("adapter_hidden", 2048),
        ctc_hidden=config["ctc_config"]["hidden"],
        slots_per_frame=config["ctc_config"]["slots_per_frame"],
        tag_hidden=config["tag_config"]["hidden"],
        decoder_state=text["hidden_size"],
        decoder_intermediate=text["intermediate_size"],
        decoder_layers=text["num_hidden_layers"],
        decoder_heads=text["num_attention_heads"],
        decoder_kv_heads=text["num_key_value_heads"],
        rms_norm_eps=text["rms_norm_eps"],
        rope_theta=text["rope_theta"],
        decoder_context=text["max_position_embeddings"],
        vocabulary=text["vocab_size"],
        ctc_labels=config["ctc_config"]["labels"],
        tag_groups=config["tag_config"]["groups"],
    )
