import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlowConfig, type FlowConfig } from '../../convert/flow-config.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../../onnx/session.ts';

/** The graphs from speech tokens to mel, and their sizes. */
export interface FlowGraphs {
  readonly config: FlowConfig;
  readonly encoder: OnnxSession;
  readonly estimator: OnnxSession;
  readonly speakerProjection: OnnxSession;
}

/** `folder` holds flow.yaml and the graphs that the converter wrote. */
export async function openFlowGraphs(folder: string, settings: SessionSettings): Promise<FlowGraphs> {
  const configFile = join(folder, 'flow.yaml');
  const open = (name: string) => openSession(join(folder, `${name}.onnx`), settings);
  return {
    config: parseFlowConfig(readFileSync(configFile, 'utf8'), configFile),
    encoder: await open('flow-encoder'),
    estimator: await open('flow-estimator'),
    speakerProjection: await open('speaker-projection'),
  };
}

export async function releaseFlowGraphs(graphs: FlowGraphs): Promise<void> {
  await Promise.all(
    [graphs.encoder, graphs.estimator, graphs.speakerProjection].map((graph) => graph.release()),
  );
}

export function zeros(...shape: number[]): Tensor {
  return new Tensor('float32', new Float32Array(shape.reduce((product, size) => product * size, 1)), shape);
}
