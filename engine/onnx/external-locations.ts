import { UserError } from '../../contract/user-errors.ts';
import { ModelProto } from './onnx-schema.ts';

interface TensorLike {
  readonly externalData?: readonly { readonly key?: string; readonly value?: string }[];
}
interface GraphLike {
  readonly initializer?: readonly TensorLike[];
  readonly node?: readonly {
    readonly attribute?: readonly {
      readonly t?: TensorLike;
      readonly g?: GraphLike;
      readonly graphs?: GraphLike[];
    }[];
  }[];
}

/** The files that a graph takes its tensors from, as it names them; refuses names that leave its folder. */
export function externalLocations(onnx: Uint8Array, file: string): ReadonlySet<string> {
  const locations = new Set<string>();
  let model: { graph?: GraphLike };
  try {
    model = ModelProto.decode(onnx) as { graph?: GraphLike };
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not an ONNX graph' }, { cause });
  }
  if (!model.graph) throw new UserError('model-damaged', { file, reason: 'not an ONNX graph' });
  collect(model.graph, locations);
  for (const location of locations) {
    if (!isPlainRelativePath(location)) {
      throw new UserError('model-damaged', { file, reason: `refers to ${location}` });
    }
  }
  return locations;
}

/** Relative, without empty, `.` or `..` steps, drive letters or backslashes. */
function isPlainRelativePath(location: string): boolean {
  const steps = location.split('/');
  return !/[\\:\0]/.test(location) && steps.every((step) => step !== '' && step !== '.' && step !== '..');
}

function collect(graph: GraphLike, locations: Set<string>): void {
  for (const tensor of graph.initializer ?? []) collectFromTensor(tensor, locations);
  for (const node of graph.node ?? []) {
    for (const attribute of node.attribute ?? []) {
      if (attribute.t) collectFromTensor(attribute.t, locations);
      for (const inner of [attribute.g, ...(attribute.graphs ?? [])]) if (inner) collect(inner, locations);
    }
  }
}

function collectFromTensor(tensor: TensorLike, locations: Set<string>): void {
  for (const entry of tensor.externalData ?? []) {
    if (entry.key === 'location') locations.add(entry.value ?? '');
  }
}
