"""Makes a test set of recorded people out of Debian packages: telephone announcements, cards, a novel, loudspeaker names.

    python3 -m corpus.people

Nobody in it is ever trained on. Needs apt, dpkg and ffmpeg; the clips stay in .training/evaluation/people.
"""

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .lexicon_reader import is_known, phones_of
from .places import CORPUS

EVALUATION = CORPUS.parent / "evaluation"
FETCHED = CORPUS.parent / "people"
PACKAGES = ["asterisk-core-sounds-en", "asterisk-core-sounds-en-g722", "pocketsphinx-testdata", "alsa-utils"]
MOST_WORDS = 14
DIGITS = dict(zip("0123456789", "zero one two three four five six seven eight nine".split()))
LOUDSPEAKERS = {f"{row}_{side}": f"{row} {side}".lower() for row in ("Front", "Rear", "Side") for side in ("Left", "Center", "Right") if (row, side) != ("Side", "Center")}


def fetch() -> Path:
    """The packages' files, below one folder."""
    root = FETCHED / "root"
    if not root.exists():
        FETCHED.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", *PACKAGES], cwd=FETCHED, check=True, stderr=subprocess.DEVNULL)
        for archive in FETCHED.glob("*.deb"):
            subprocess.run(["dpkg", "-x", archive, root], check=True)
    return root


def spoken(text: str) -> str | None:
    """Lower-case words of the lexicon, or None where the text is no plain short sentence."""
    text = re.sub(r"\d", lambda digit: f" {DIGITS[digit[0]]} ", text).lower().replace("-", " ")
    if re.search(r"[\[\]<>*#/\"]", text):
        return None
    words = " ".join(re.findall(r"[a-z']+", text))
    return words if words and len(words.split()) <= MOST_WORDS and is_known(words) else None


def announcements(root: Path) -> Iterator[tuple[str, str, Path]]:
    listed = gzip.open(root / "usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz", "rt", encoding="utf-8").read()
    for line in listed.splitlines():
        name, colon, text = line.partition(": ")
        path = root / f"usr/share/asterisk/sounds/en_US_f_Allison/{name}.g722"
        said = spoken(text) if colon and not line.startswith(";") else None
        if said and path.exists():
            yield "announcer", said, path


def dictations(root: Path) -> Iterator[tuple[str, str, Path]]:
    data = root / "usr/share/pocketsphinx/test/data"
    for folder, list_name in (("cards", "cards.transcription"), ("librivox", "transcription")):
        for line in (data / folder / list_name).read_text().splitlines():
            found = re.match(r"<s> (.*?) *</s> \((.*)\)", line)
            said = spoken(found[1]) if found else None
            if found and said:
                yield {"cards": "card player", "librivox": "reader"}[folder], said, data / folder / f"{found[2]}.wav"
    yield "robot driver", "go forward ten meters", data / "goforward.raw"


def loudspeakers(root: Path) -> Iterator[tuple[str, str, Path]]:
    for name, said in LOUDSPEAKERS.items():
        path = root / f"usr/share/sounds/alsa/{name}.wav"
        if path.exists():
            yield "loudspeaker tester", said, path


def main() -> None:
    root = fetch()
    folder = EVALUATION / "people"
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for number, (speaker, text, path) in enumerate([*announcements(root), *dictations(root), *loudspeakers(root)]):
        name = f"people-{number:04d}"
        raw = ["-f", "s16le", "-ar", "16000", "-ac", "1"] if path.suffix == ".raw" else []
        subprocess.run(["ffmpeg", "-v", "error", "-y", *raw, "-i", path, "-ac", "1", "-ar", "16000", folder / f"{name}.wav"], check=True)
        lines.append(json.dumps({"id": name, "text": text, "intent": "unknown", "slots": {}, "voice": speaker, "gender": "unsure", "content": "speech", "phones": phones_of(text)}))
    (EVALUATION / "people.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "clips")


if __name__ == "__main__":
    main()
