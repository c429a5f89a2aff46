/** Small ones of our own, about half a minute each. */
export const stories: readonly string[] = [
  'Once a little lighthouse was afraid of the dark. Every evening it switched on its lamp as fast as it could. One night a captain came ashore and said: thank you, I have never missed you once. From then on the lighthouse looked forward to the night, because somebody out there was looking for it.',
  'A snail entered a race against a hare, and everybody laughed. The hare ran off, and then it stopped to tell the story of how fast it was. The snail did not tell any story. When the hare had finished talking, there was a thin silver line across the finish, and it was quite dry.',
  'There was a clock that always ran five minutes late. The baker wanted to have it mended, but the children liked it, because with that clock every afternoon was five minutes longer. So the baker left it as it was, and sold his rolls five minutes warmer.',
  'A girl planted a button in the garden and watered it every day. Her brother said that buttons do not grow. In autumn she put on her coat, and the missing button was there again. Her grandmother only smiled, and put her needle away.',
];

export const poems: readonly string[] = [
  'The kettle hums, the window glows, the rain has nowhere else to be. It taps a rhythm no one knows, and waits outside for you and me.',
  'I have no hands to hold a pen, I have no eyes to see the moon. But say a word to me, and then I have the start of any tune.',
  'The day went by on quiet feet, it left its shoes beside the door. It folded up the noisy street, and said: there will be many more.',
];
