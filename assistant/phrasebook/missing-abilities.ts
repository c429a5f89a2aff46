import type { ConversationWording } from './conversation-wording.ts';
import { pick } from './pick.ts';

const brightness: ConversationWording = (context) =>
  pick(
    [
      "I can't change the screen's brightness yet. The keys on your keyboard can.",
      "I can't do that yet: I have no way to set the brightness of this screen.",
    ],
    context,
  );
const lights: ConversationWording = (context) =>
  pick(
    [
      "I can't switch lights yet, because I'm not connected to any.",
      "I can't do that yet: no lights are connected to me.",
    ],
    context,
  );
const playback: ConversationWording = (context) =>
  pick(
    [
      "I can't control a music player yet.",
      "I can't do that yet: I have no connection to your music player.",
    ],
    context,
  );
const music: ConversationWording = (context) =>
  pick(
    [
      "I can't play music yet, but I can open your music player. Say: open the music player.",
      "I can't do that yet: I have no music of my own. Say: open the music player.",
    ],
    context,
  );

/** What people ask of an assistant and this one cannot do yet: it says so, and what is missing. */
export const missingAbilities: Readonly<Record<string, ConversationWording>> = {
  brightness_up: brightness,
  brightness_down: brightness,
  brightness_set: brightness,
  lights_on: lights,
  lights_off: lights,
  lights_dim: lights,
  lights_color: lights,
  play_music: music,
  next_track: playback,
  previous_track: playback,
  playback,
  send_message: (context) =>
    pick(
      [
        "I can't send messages yet, because I have no address book and no phone.",
        "I can't do that yet, but I can take a note or remind you to write.",
      ],
      context,
    ),
  call_contact: (context) =>
    pick(
      [
        "I can't make calls yet, because I have no phone and no address book.",
        "I can't do that yet, but I can remind you to call.",
      ],
      context,
    ),
  read_news: (context) =>
    pick(
      [
        "I can't read the news yet, because that needs the internet. I can open your browser for you.",
        "I can't do that yet: I have no source of news. Say: open the browser.",
      ],
      context,
    ),
  sing_song: (context) =>
    pick(
      [
        "I can't sing yet, and I think that's better for both of us.",
        'La, la, la. That was all of it. I can only speak.',
      ],
      context,
    ),
};
