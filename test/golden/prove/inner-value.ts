import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { elementTypes, ModelProto } from '../../../engine/onnx/onnx-schema.ts';

/** A node of a graph as the format has it. */
export interface GraphNode {
  readonly opType?: string;
  readonly input?: string[];
  readonly output?: string[];
}

/**
 * Writes a copy of a graph beside it which also gives out a value from its inside: the first result of the first node
 * that `isWanted` accepts, under `name`. Returns the copy's path.
 */
export function withInnerValue(
  graphFile: string,
  name: string,
  isWanted: (node: GraphNode) => boolean,
): string {
  const model = ModelProto.decode(readFileSync(graphFile)) as unknown as {
    graph: { node: GraphNode[]; output: object[] };
  };
  const node = model.graph.node.find(isWanted);
  if (!node) throw new Error(`${basename(graphFile)} has no value for ${name}`);
  model.graph.node.push(
    ModelProto.root
      .lookupType('onnx.NodeProto')
      .create({ opType: 'Identity', input: [node.output![0]!], output: [name] }) as GraphNode,
  );
  model.graph.output.push({ name, type: { tensorType: { elemType: elementTypes.float32 } } });
  const copy = join(dirname(graphFile), `with-${name}.onnx`);
  writeFileSync(copy, ModelProto.encode(model).finish());
  return copy;
}
