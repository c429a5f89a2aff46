/** Words that must be changed, added or left out to make one sentence the other. */
export function wordErrors(reference: string, heard: string): number {
  const wanted = words(reference);
  const given = words(heard);
  let row = Array.from({ length: given.length + 1 }, (_, column) => column);
  wanted.forEach((word, index) => {
    const next = [index + 1];
    given.forEach((other, column) => {
      const changed = (row[column] as number) + (word === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] as number) + 1, (next[column] as number) + 1));
    });
    row = next;
  });
  return row.at(-1) as number;
}

export function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
