/** Words of choosing a folder. */
export const enFolders = {
  choose: 'Choose folder…',
  title: 'Choose a folder',
  places: 'Places',
  home: 'Home',
  up: 'Up',
  upTo: (name: string) => `Up to ${name}`,
  list: (name: string) => `Folders in ${name}`,
  count: (count: number, name: string) =>
    count === 0 ? `${name}: no folders` : count === 1 ? `${name}: 1 folder` : `${name}: ${count} folders`,
  empty: 'There are no folders in here.',
  cutOff: (count: number) => `Only the first ${count} are shown. You can also type the path.`,
  hidden: 'Show hidden folders',
  take: 'Choose this folder',
};
