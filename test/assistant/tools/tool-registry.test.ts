import { expect, test } from 'vitest';
import { z } from 'zod';
import { allTools } from '../../../assistant/tools/all-tools.ts';
import { alwaysAvailable, defineTool } from '../../../assistant/tools/tool.ts';
import { ToolRegistry } from '../../../assistant/tools/tool-registry.ts';
import { wordedTools } from '../../../assistant/phrasebook/word-reply.ts';
import { neverAborted, testContext } from './tool-context.ts';

test('every tool has a name of its own, a description, and words for its result', () => {
  const names = allTools.map((tool) => tool.name);
  expect(new Set(names).size).toBe(names.length);
  for (const tool of allTools) expect(tool.description.length, tool.name).toBeGreaterThan(15);
  expect([...wordedTools].sort()).toEqual([...names].sort());
});

test('the model is told of the tools that can be used now, with JSON schemas', () => {
  const schemas = new ToolRegistry().schemas(testContext());
  const names = schemas.map((schema) => schema.function.name);
  expect(names).toContain('set_timer');
  expect(names).not.toContain('get_weather');
  const timer = schemas.find((schema) => schema.function.name === 'set_timer')!;
  expect(timer).toMatchObject({
    type: 'function',
    function: {
      parameters: { type: 'object', required: ['seconds'], properties: { seconds: { type: 'number' } } },
    },
  });
});

test('tools that leave the machine are off until they are turned on', () => {
  const registry = new ToolRegistry();
  const off = registry.list(testContext()).filter((tool) => !tool.enabled);
  expect(off.map((tool) => tool.name).sort()).toEqual([
    'battery_status',
    'get_weather',
    'search_knowledge',
    'web_search',
  ]);
  const on = testContext({
    settings: { weather: { enabled: true }, webSearch: { enabled: true, address: 'http://localhost:8888' } },
  });
  expect(
    registry
      .list(on)
      .filter((tool) => !tool.enabled)
      .map((tool) => tool.name),
  ).toEqual(['battery_status', 'search_knowledge']);
});

test('a tool that was switched off cannot be called', async () => {
  const context = testContext({ settings: { disabledTools: ['flip_coin'] } });
  await expect(new ToolRegistry().call('flip_coin', {}, context, neverAborted)).rejects.toMatchObject({
    code: 'tool-off',
  });
});

test('bad arguments and unknown tools are refused before anything runs', async () => {
  const registry = new ToolRegistry();
  const call = (name: string, given: unknown) => registry.call(name, given, testContext(), neverAborted);
  await expect(call('set_timer', { seconds: 'soon' })).rejects.toMatchObject({ code: 'tool-bad-arguments' });
  await expect(call('format_disk', {})).rejects.toMatchObject({ code: 'tool-bad-arguments' });
  await expect(call('toString', {})).rejects.toMatchObject({ code: 'tool-bad-arguments' });
});

test('a tool that breaks gives one clear failure with its cause', async () => {
  const cause = new Error('the disk is on fire');
  const broken = defineTool({
    name: 'broken',
    description: 'A tool that always fails.',
    input: z.object({}),
    leavesMachine: false,
    availability: alwaysAvailable,
    run: () => Promise.reject(cause),
  });
  const call = new ToolRegistry([broken]).call('broken', {}, testContext(), neverAborted);
  await expect(call).rejects.toMatchObject({ code: 'tool-failed', details: { tool: 'broken' }, cause });
});

test('an interrupted call rejects with the reason of the interruption', async () => {
  const controller = new AbortController();
  controller.abort(new Error('pressed'));
  const call = new ToolRegistry().call('flip_coin', {}, testContext(), controller.signal);
  await expect(call).rejects.toThrow('pressed');
});
