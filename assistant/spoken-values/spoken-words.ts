/**
 * A phrase as words in lower case: hyphens and commas between words gone, "a.m." and "7pm" taken apart,
 * signs kept as words of their own. Written text ("7:30 pm", "25 minutes") gives the same words as speech
 * where it can.
 */
export function spokenWords(phrase: string): string[] {
  return phrase
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/\b([ap])\.\s?m\b\.?/g, '$1m')
    .replace(/\b([ap]) m\b/g, '$1m')
    .replace(/(\d)([ap]m)\b/g, '$1 $2')
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/([a-z])-(?=[a-z])/g, '$1 ')
    .replace(/%/g, ' percent ')
    .replace(/[^a-z0-9:.'+*/^()°$€£¥-]+/g, ' ')
    .replace(/\.(?!\d)/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
}
