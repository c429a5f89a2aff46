import protobuf from 'protobufjs';

/**
 * The messages of an ONNX file that the speech synthesiser uses, with every way that it stores numbers. (The engine's
 * own schema knows only what Sotto's graphs need.)
 */
const { root } = protobuf.parse(`
  syntax = "proto2";
  message Entry { optional string key = 1; optional string value = 2; }
  message Opset { optional string domain = 1; optional int64 version = 2; }
  message Dimension { optional int64 dimValue = 1; optional string dimParam = 2; }
  message Shape { repeated Dimension dim = 1; }
  message TensorType { optional int32 elemType = 1; optional Shape shape = 2; }
  message Type { optional TensorType tensorType = 1; }
  message Value { optional string name = 1; optional Type type = 2; }
  message Tensor {
    repeated int64 dims = 1; optional int32 dataType = 2; repeated float floatData = 4 [packed = true];
    repeated int32 int32Data = 5 [packed = true]; repeated int64 int64Data = 7 [packed = true];
    optional string name = 8; optional bytes rawData = 9; repeated double doubleData = 10 [packed = true];
  }
  message Attribute {
    optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4; optional Tensor t = 5;
    optional Graph g = 6; repeated float floats = 7; repeated int64 ints = 8; repeated bytes strings = 9;
    optional int32 type = 20;
  }
  message Node {
    repeated string input = 1; repeated string output = 2; optional string name = 3; optional string opType = 4;
    repeated Attribute attribute = 5; optional string domain = 7;
  }
  message Graph {
    repeated Node node = 1; optional string name = 2; repeated Tensor initializer = 5; repeated Value input = 11;
    repeated Value output = 12; repeated Value valueInfo = 13;
  }
  message Model {
    optional int64 irVersion = 1; optional string producerName = 2; optional Graph graph = 7; repeated Opset opset = 8;
  }
`);

export interface TensorMessage {
  name: string;
  dims: (number | { toString(): string })[];
  dataType: number;
  rawData?: Uint8Array;
  floatData: number[];
  int32Data: number[];
}
export interface NodeMessage {
  input: string[];
  output: string[];
  opType: string;
}
interface ModelMessage {
  graph: { node: NodeMessage[]; initializer: TensorMessage[]; output: { name: string }[] };
}

export const ModelProto = root.lookupType('Model') as unknown as {
  decode(bytes: Uint8Array): ModelMessage;
  encode(model: ModelMessage): { finish(): Uint8Array };
};
