import type { ToolSchema } from '../../contract/engine-contract.ts';

/**
 * The tools of StepEval-Audio-Toolcall. Their schemas are not in the data, so these are our own; all of them are always
 * offered, as the negative dialogues ask for other ones.
 */
export const benchmarkTools: readonly ToolSchema[] = [
  tool('get_date_time', 'Tells the present date, weekday and time.', {}),
  tool('get_weather', 'Tells the weather of a place.', {
    location: 'The city, lower case, pinyin or English, without blanks',
  }),
  tool('web_search', 'Searches the web.', { query: 'What to search for' }),
  tool('timbre_rag', 'Finds a voice by its description and goes on speaking with it.', {
    query: 'A description of the voice',
  }),
  tool('calculate', 'Works out an arithmetic expression.', {
    expression: 'The expression, in the syntax of Python',
  }),
];

function tool(name: string, description: string, texts: Readonly<Record<string, string>>): ToolSchema {
  const properties = Object.fromEntries(
    Object.entries(texts).map(([field, meaning]) => [field, { type: 'string', description: meaning }]),
  );
  const parameters = {
    type: 'object',
    properties,
    required: Object.keys(texts),
    additionalProperties: false,
  };
  return { type: 'function', function: { name, description, parameters } };
}
