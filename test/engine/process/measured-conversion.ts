import { convertModel } from '../../../engine/convert/convert-model.ts';

/** `node measured-conversion.ts <checkpoint> <package>`: converts, then prints the most memory it ever had, in MB. */
const [, , checkpointFolder = '', outputFolder = ''] = process.argv;
const request = { checkpointFolder, outputFolder, precision: 'int4' } as const;
for await (const _event of convertModel(request, {}, new AbortController().signal));
process.stdout.write(`${(process.resourceUsage().maxRSS / 1000).toFixed(0)}\n`);
