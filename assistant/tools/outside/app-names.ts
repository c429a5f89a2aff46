const SPOKEN_NAMES: Readonly<Record<string, string>> = {
  'whats app': 'whatsapp',
  'libre office': 'libreoffice',
  'web browser': 'browser',
  'mail program': 'mail',
  'file explorer': 'file manager',
  'power point': 'powerpoint',
};
const SITES: Readonly<Record<string, string>> = {
  youtube: 'https://www.youtube.com/',
  netflix: 'https://www.netflix.com/',
  'google maps': 'https://www.google.com/maps',
  google: 'https://www.google.com/',
  wikipedia: 'https://www.wikipedia.org/',
};

/** "the photos app" -> "photos" */
export function appName(spoken: string): string {
  const bare = spoken
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^(the|my|a|an) /, '')
    .replace(/(?<=\w) (app|application|program)$/, '');
  return SPOKEN_NAMES[bare] ?? bare;
}

/** The address of what people call an app and is a website. */
export function siteOf(name: string): string | undefined {
  return SITES[name];
}
