"""Stage 1: encoder, phone head and tag head, by connectionist temporal classification.

    python3 models/starter/training/train_listening.py --minutes 60 [--device cpu] [--fresh]

Needs mel_pool_maker.py running beside it. Resumes from .training/checkpoints/listening.pt; the learning rate follows
the share of `--minutes` that all runs together have trained. Progress goes to .training/train.log.
"""

from __future__ import annotations

import argparse
import signal
import time

import torch
import torch.nn.functional as F

from dimensions import Dimensions
from mel_pool import MelPool
from model_folder import CHECKPOINTS, WORK
from optimiser import Optimiser, WeightAverage, relative_rate
from progress_sets import load_sets, measure
from starter_model import StarterModel

PATH = CHECKPOINTS / "listening.pt"
LISTENING_PARTS = ("encoder.", "ctc.", "tags.")


def log(text: str) -> None:
    line = f"{time.strftime('%H:%M:%S', time.gmtime())} listening {text}"
    print(line, flush=True)
    with open(WORK / "train.log", "a") as file:
        file.write(line + "\n")


def phone_loss(log_probabilities: torch.Tensor, targets: list[list[int]]) -> torch.Tensor:
    """Mean per phone of the batch; pieces without phones count as one phone."""
    lengths = torch.tensor([len(target) for target in targets])
    slots = torch.full((len(targets),), log_probabilities.shape[1])
    flat = torch.tensor([phone for target in targets for phone in target])
    loss = F.ctc_loss(
        log_probabilities.transpose(0, 1), flat.to(log_probabilities.device), slots, lengths, reduction="none",
        zero_infinity=True,
    )
    return loss.sum() / lengths.clamp(min=1).sum()


def tag_loss(logits: torch.Tensor, labels: list[dict], groups: list[dict]) -> torch.Tensor:
    """Cross-entropy summed over the groups; what is not speech has only a content."""
    total, first = logits.new_zeros(()), 0
    for group in groups:
        values = group["values"]
        wanted = [
            values.index(label[group["name"]])
            if label[group["name"]] in values and (label["content"] == "speech" or group["name"] == "content")
            else -100
            for label in labels
        ]
        if any(index >= 0 for index in wanted):
            part = logits[:, first : first + len(values)]
            total = total + F.cross_entropy(part, torch.tensor(wanted, device=logits.device))
        first += len(values)
    return total


def save(model, optimiser, average, step, seconds) -> None:
    PATH.parent.mkdir(parents=True, exist_ok=True)
    keep = lambda state: {name: value for name, value in state.items() if name.startswith(LISTENING_PARTS)}
    temporary = PATH.with_suffix(".partial")
    torch.save(
        {
            "weights": keep(model.state_dict()),
            "averaged": keep(average.values),
            "optimiser": optimiser.state(),
            "step": step,
            "seconds": seconds,
        },
        temporary,
    )
    temporary.replace(PATH)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--stop-after", type=float, default=1e9, help="minutes of this run")
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--frames", type=int, default=20480, help="mel frames in a batch")
    arguments.add_argument("--capacity", type=int, default=30000)
    arguments.add_argument("--measure-minutes", type=float, default=6)
    arguments.add_argument("--again", type=float, default=0, help="minutes of a further cycle with its own decay")
    arguments.add_argument("--peak", type=float, default=1.0, help="relative learning rate at the peak")
    arguments.add_argument("--warp", type=float, default=0.0, help="largest change of vocal-tract length")
    arguments.add_argument("--fresh", action="store_true")
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    device = torch.device(options.device)

    model = StarterModel(Dimensions())
    for part in (model.adapter, model.decoder):
        part.requires_grad_(False)
    model.to(device)
    optimiser = Optimiser(model)
    average = WeightAverage(model)
    step, seconds = 0, 0.0
    if PATH.exists() and not options.fresh:
        saved = torch.load(PATH, map_location=device, weights_only=True)
        model.load_state_dict(saved["weights"], strict=False)
        average.values.update(saved["averaged"])
        optimiser.load(saved["optimiser"])
        step, seconds = saved["step"], saved["seconds"]
        log(f"resumed at step {step}, {seconds / 60:.1f} min")
    before = 0.0
    if options.again:
        before, options.minutes = seconds, seconds / 60 + options.again
    judge = StarterModel(Dimensions()).to(device).eval()
    sets = load_sets()
    log(f"progress sets { {name: len(items) for name, items in sets.items()} }")
    pool = MelPool(options.capacity, options.frames, options.seed + step)
    while len(pool.pieces) < 1500:
        pool.take_in()
        time.sleep(0.2)
    label_of = {phone: index for index, phone in enumerate(model.dimensions.ctc_labels)}

    told_to_stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told_to_stop.append(number))
    run_began = last = shown = time.time()
    measured = saved_at = time.time()
    sums, pieces = [0.0, 0.0, 0.0, 0.0], 0
    while not told_to_stop and seconds < options.minutes * 60 and time.time() - run_began < options.stop_after * 60:
        progress = (seconds - before) / (options.minutes * 60 - before)
        rate = options.peak * relative_rate(progress, step)
        strength = min(1.0, 0.3 + step / 2500)
        mel, labels = pool.batch(strength, options.warp)
        position = int(torch.randint(0, 300, ()))
        with torch.autocast(device.type, dtype=torch.bfloat16):
            features, tapped = model.encoder(mel.to(device), position, 0.04 if step > 1000 else 0.0, tap_layer=4)
            early = model.ctc(model.encoder.after_norm(tapped)) if tapped is not None else None
            final = model.ctc(features)
            tags = model.tags(features)
        targets = [[label_of[phone] for phone in label["phones"].split()] for label in labels]
        main_loss = phone_loss(final, targets)
        early_loss = phone_loss(early, targets) if early is not None else main_loss.detach()
        tags_loss = tag_loss(tags, labels, model.dimensions.tag_groups)
        (main_loss + 0.3 * early_loss + 0.1 * tags_loss).backward()
        norm = optimiser.step(rate)
        step += 1
        average.update(step)
        pieces += len(labels)
        for index, value in enumerate((main_loss, early_loss, tags_loss)):
            sums[index] += value.item()
        sums[3] += norm
        now = time.time()
        seconds += now - last
        last = now
        if step % 8 == 0:
            pool.take_in(most_chunks=1 if len(pool.pieces) > 6000 else 3)
        if step % 50 == 0:
            loss, early_mean, tag_mean, norm_mean = (value / 50 for value in sums)
            log(
                f"step {step} min {seconds / 60:.1f} rate {rate:.2f} loss {loss:.3f} early {early_mean:.3f} "
                f"tags {tag_mean:.3f} norm {norm_mean:.2f} {pieces / (now - shown):.0f} utterances/s pool {len(pool.pieces)}"
            )
            sums, pieces, shown = [0.0] * 4, 0, now
        if now - saved_at > 120:
            save(model, optimiser, average, step, seconds)
            saved_at = now
        if now - measured > options.measure_minutes * 60:
            judge.load_state_dict(average.values)
            log("phone error " + " ".join(f"{name} {value:.1f}" for name, value in measure(judge, sets).items()))
            measured = shown = last = time.time()
    save(model, optimiser, average, step, seconds)
    judge.load_state_dict(average.values)
    log("stopped; phone error " + " ".join(f"{name} {value:.1f}" for name, value in measure(judge, sets).items()))


if __name__ == "__main__":
    main()
