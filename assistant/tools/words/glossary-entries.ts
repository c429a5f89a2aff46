/** One line a word: the word, a colon, and what it means in our own words; made to be read aloud. */
export const glossaryEntries = `
algorithm: a series of clear steps that solves a problem
`;
