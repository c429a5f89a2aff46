import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv-provider.js';
import { cleanLine } from '../../retrieval/clean-text.ts';

export type ArgumentCheck = (given: Readonly<Record<string, unknown>>) => string | undefined;

/** Says what is wrong with arguments by the schema of a server; undefined when nothing is, or when it is no schema. */
export function argumentCheck(schema: Readonly<Record<string, unknown>>): ArgumentCheck {
  try {
    const validate = new AjvJsonSchemaValidator().getValidator(schema as never);
    return (given) => {
      const checked = validate(given);
      return checked.valid ? undefined : cleanLine(checked.errorMessage, 200);
    };
  } catch {
    return () => 'the server describes its arguments in a way that cannot be read';
  }
}
