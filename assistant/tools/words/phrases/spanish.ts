export const spanish = `
hello | hola | oh lah
`;
