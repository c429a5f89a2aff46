"""Reading checkpoints and golden arrays, and computing every array that depends on the weights."""

import json
import pathlib
import re
import struct

import numpy
import torch
from listening_and_reasoning import adaptor, adaptor_length, audio_encoder, encoder_length, language_model
from speaking import Estimator, FlowEncoder, Vocoder, WaveStream, solve, speaker_vector, time_span

STORED = {"BF16": torch.bfloat16, "F16": torch.float16, "F32": torch.float32}


def read_safetensors(folder, dtype):
    index = json.loads((folder / "model.safetensors.index.json").read_text())["weight_map"]
    weights = {}
    for shard in sorted(set(index.values())):
        data = (folder / shard).read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        for name, tensor in json.loads(data[8 : 8 + length]).items():
            if name == "__metadata__":
                continue
            start, end = tensor["data_offsets"]
            raw = torch.frombuffer(bytearray(data[8 + length + start : 8 + length + end]), dtype=STORED[tensor["dtype"]])
            weights[name] = raw.view(tensor["shape"]).to(dtype)
    return weights


def read_flow_config(text):
    """Sections by indentation; tags and quotes are left out."""
    root, path = {}, []
    for line in text.splitlines():
        indent, key, value = re.match(r"( *)(\w+): *(.*)", line).groups()
        path = path[: len(indent) // 4]
        target = root
        for step in path:
            target = target[step]
        if value.startswith("!new:"):
            target[key] = {}
            path.append(key)
        else:
            number = re.fullmatch(r"-?\d+(\.\d+)?", value)
            target[key] = (float(value) if "." in value else int(value)) if number else value
    return root["flow"]


class GoldenFolder:
    def __init__(self, folder, dtype=torch.float32):
        self.folder, self.dtype = pathlib.Path(folder), dtype
        self.model = self.folder / "model"

    def array(self, name):
        values = torch.from_numpy(numpy.load(self.folder / "expected" / f"{name}.npy"))
        return values.to(self.dtype) if values.is_floating_point() else values

    def json(self, name):
        return json.loads((self.folder / "expected" / f"{name}.json").read_text())

    @torch.no_grad()
    def computed(self):
        """Every array that depends on the weights, from those that do not."""
        return {**self.listening_and_reasoning(), **self.speaking()}

    def listening_and_reasoning(self):
        config = json.loads((self.model / "config.json").read_text())
        weights = read_safetensors(self.model, self.dtype)
        found, rows = {}, []
        wavs = []
        segments = self.json("segments")["segments"]
        for index, segment in enumerate(segments):
            if segment["wav"] not in wavs:
                wavs.append(segment["wav"])
            mel = self.array(f"logmel_{wavs.index(segment['wav'])}_{segment['segment']}")
            frames = mel.shape[1]
            for length, suffix in ((frames - 2, ""), (frames, "_fullmask")):
                features = audio_encoder(weights, config["audio_encoder_config"], mel, length)
                adapted = adaptor(weights, features)[: adaptor_length(length)]
                found[f"adapter_out_{index}{suffix}"] = adapted
                if suffix == "":
                    found[f"encoder_out_{index}"] = features[: encoder_length(length)]
                    found[f"adapter_out_{index}_alone"] = adapted
                    rows.append((segment, adapted))
        lengths = [segment["mel_frames"] - 2 for segment in segments]
        found["encoder_lens"] = torch.tensor([encoder_length(n) for n in lengths], dtype=torch.int32)
        found["adapter_lens"] = torch.tensor([adaptor_length(n) for n in lengths], dtype=torch.int32)
        ids = self.array("llm_input_ids").long()
        embeds = weights["model.embed_tokens.weight"][ids].clone()
        names = json.loads((self.model / "added_tokens.json").read_text())
        patches = (ids == names["<audio_patch>"]).nonzero()[:, 0]
        spoken = {item["audio"] for message in self.json("llm_messages") if isinstance(message["content"], list) for item in message["content"] if "audio" in item}
        heard = torch.cat([adapted for segment, adapted in rows if segment["wav"] in spoken])
        embeds[patches] = heard[: len(patches)]
        text = config["text_config"]
        hidden, logits, cache = language_model(weights, text, embeds)
        found |= {"llm_inputs_embeds": embeds, "llm_prefill_hidden": hidden, "llm_kv_after_prefill": cache, "llm_prefill_logits_last4": logits[-4:]}
        steps, written, sequence = [logits[-1]], [], embeds
        for _ in range(12):
            written.append(int(steps[-1].argmax()))
            sequence = torch.cat([sequence, weights["model.embed_tokens.weight"][written[-1]][None]])
            steps.append(language_model(weights, text, sequence)[1][-1])
        return found | {"llm_step_logits": torch.stack(steps), "llm_greedy_tokens": torch.tensor(written, dtype=torch.int32)}

    def speaking(self):
        folder = self.model / "token2wav"
        config = read_flow_config((folder / "flow.yaml").read_text())
        flow, hift = (
            {name: value.to(self.dtype) for name, value in torch.load(folder / file).items()} for file in ("flow.pt", "hift.pt")
        )
        vocoder = Vocoder({name.removeprefix("generator."): value for name, value in hift.items()})
        prompt_tokens, tokens = self.array("prompt_speech_tokens").tolist(), self.array("speech_tokens").tolist()
        prompt_mel, noise = self.array("prompt_mel_padded").T, self.array("flow_noise")
        speaker = speaker_vector(flow, self.array("spk_embedding"))
        features, mu = FlowEncoder(flow, config).run(prompt_tokens + tokens, True)
        frames, prompt_frames = mu.shape[0], prompt_mel.shape[1]
        condition = torch.zeros(prompt_mel.shape[0], frames, dtype=self.dtype)
        condition[:, :prompt_frames] = prompt_mel
        span = time_span(10)
        guided, free = Estimator(flow, config, 1).run(0, span[0].to(self.dtype), noise[:, :frames], mu, speaker, condition)
        mel = solve(Estimator(flow, config, 10), config, noise[:, :frames], mu, speaker, condition)[:, prompt_frames:]
        found = {
            "flow_spk_proj": speaker, "flow_encoder_out": features, "flow_mu": mu, "flow_mel": mel,
            "flow_estimator_step0_cond": guided, "flow_estimator_step0_uncond": free,
            "t_span": span, "flow_t_steps": span[:-1],
        }
        found |= self.vocoding(vocoder, mel) | self.streaming(config, flow, vocoder, tokens, prompt_tokens, prompt_mel, noise, speaker)
        return found

    def vocoding(self, vocoder, mel):
        harmonics = vocoder.weights["m_source.l_linear.weight"].shape[1]
        stored = self.array("hift_mel") if (self.folder / "expected/hift_mel.npy").exists() else mel[:, :28].contiguous()
        noise = self.array("hift_noise") if (self.folder / "expected/hift_noise.npy").exists() else torch.randn(28 * 480, harmonics)
        pitch = vocoder.pitch(stored)
        source = vocoder.source(pitch, noise)
        silence = torch.zeros(mel.shape[1] * 480, harmonics, dtype=self.dtype)
        return {
            "hift_mel": stored, "hift_noise": noise, "hift_f0": pitch, "hift_source": source,
            "hift_source_stft": vocoder.spectrum(source), "hift_wave": vocoder.wave(stored, source),
            "token2wav_offline_zero_noise": vocoder.wave(mel, vocoder.source(vocoder.pitch(mel), silence)),
        }

    def streaming(self, config, flow, vocoder, tokens, prompt_tokens, prompt_mel, noise, speaker):
        schedule = self.json("stream")
        chunk, ahead = schedule["chunk_tokens"], config["encoder"]["pre_lookahead_len"]
        encoder, estimator, sound = FlowEncoder(flow, config), Estimator(flow, config, 10), WaveStream(vocoder)
        _, mu = encoder.run(prompt_tokens + prompt_tokens[:ahead], False)
        solve(estimator, config, noise[:, : mu.shape[0]], mu, speaker, prompt_mel)
        found = {"stream_setup_conformer_cnn": torch.cat([encoder.lookahead_columns, encoder.upsampling_columns], 2)[0]}
        index, at = 0, 0
        while at < len(tokens):
            is_last = at + chunk + ahead > len(tokens)
            piece = tokens[at:] if is_last else tokens[at : at + chunk + ahead]
            _, mu = encoder.run(piece, is_last)
            start = estimator.cached_frames()
            silent = torch.zeros(prompt_mel.shape[0], mu.shape[0], dtype=self.dtype)
            mel = solve(estimator, config, noise[:, start : start + mu.shape[0]], mu, speaker, silent)
            estimator.trim(prompt_mel.shape[1])
            samples = sound.push(mel, is_last)
            pcm = (samples.clamp(-1, 1) * 32767).to(torch.int16)
            found |= {f"stream_chunk{index}_mu": mu, f"stream_chunk{index}_mel": mel, f"stream_chunk{index}_pcm": pcm}
            index, at = index + 1, at + (len(piece) if is_last else chunk)
            if is_last:
                break
        return found
