/** The whole reply to silence and noise. */
export const NOTHING_HEARD = "I didn't hear anything.";
