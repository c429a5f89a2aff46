/** A box-shaped room; metres, and seconds until sound has died away by 60 dB. */
export interface Room {
  readonly name: string;
  readonly size: readonly [number, number, number];
  readonly reverberation: number;
  readonly speaker: readonly [number, number, number];
  readonly microphone: readonly [number, number, number];
}

const SPEED_OF_SOUND = 343;

/**
 * Impulse response of a room at 16 kHz by mirror images of the speaker (J. B. Allen and D. A. Berkley, "Image method
 * for efficiently simulating small-room acoustics", 1979), the walls' absorption by Eyring's formula and
 * with the paper's high-pass, without which all echoes have one sign and die away too slowly. The direct sound has
 * height 1 and comes first.
 */
export function impulseResponse(room: Room, sampleRate = 16_000): Float32Array {
  const [width, depth, height] = room.size;
  const surface = 2 * (width * depth + width * height + depth * height);
  const absorbed = 1 - Math.exp((-0.161 * width * depth * height) / (surface * room.reverberation));
  const reflected = Math.sqrt(1 - absorbed);
  const direct = distance(room.speaker, room.microphone);
  const response = new Float32Array(Math.ceil(room.reverberation * sampleRate));
  const most = (room.reverberation * SPEED_OF_SOUND + direct) / 2;
  const reach = room.size.map((side) => Math.ceil(most / side)) as [number, number, number];
  for (let x = -reach[0]; x <= reach[0]; x++)
    for (let y = -reach[1]; y <= reach[1]; y++)
      for (let z = -reach[2]; z <= reach[2]; z++)
        for (let mirror = 0; mirror < 8; mirror++) {
          const cell = [x, y, z];
          const flips = [mirror & 1, (mirror >> 1) & 1, mirror >> 2];
          const image = cell.map((count, axis) => imageAt(room, axis, count, flips[axis] as number));
          const bounces = cell.reduce(
            (sum, count, axis) => sum + Math.abs(2 * count - (flips[axis] ?? 0)),
            0,
          );
          const way = distance(image as [number, number, number], room.microphone);
          const place = Math.round(((way - direct) / SPEED_OF_SOUND) * sampleRate);
          if (place >= 0 && place < response.length)
            response[place] = (response[place] as number) + (reflected ** bounces * direct) / way;
        }
  return highPassed(response, sampleRate);
}

/** One pole at 100 Hz. */
function highPassed(response: Float32Array, sampleRate: number): Float32Array {
  const pole = Math.exp((-2 * Math.PI * 100) / sampleRate);
  let kept = 0;
  let before = 0;
  return response.map((value) => {
    kept = pole * kept + value - before;
    before = value;
    return kept;
  });
}

/** What a microphone in the room hears; as long as the speech. */
export function inRoom(samples: Float32Array, response: Float32Array): Float32Array {
  const heard = new Float32Array(samples.length);
  for (let delay = 0; delay < response.length; delay++) {
    const gain = response[delay] as number;
    if (Math.abs(gain) < 1e-4) continue;
    for (let at = delay; at < heard.length; at++)
      heard[at] = (heard[at] as number) + gain * (samples[at - delay] as number);
  }
  return heard;
}

function imageAt({ speaker, size }: Room, axis: number, count: number, flip: number): number {
  return (1 - 2 * flip) * (speaker[axis] as number) + 2 * count * (size[axis] as number);
}

function distance(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, axis) => value - (other[axis] as number)));
}
