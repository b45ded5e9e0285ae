/** The few words of the protocol buffers of ONNX (onnx.proto, IR version 10) that a model here needs. */

export type Dimension = number | string

export interface OnnxValue {
  readonly name: string
  readonly type: 'double' | 'int64' | 'string'
  readonly shape: readonly Dimension[]
}

export interface OnnxTensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly data: { readonly type: 'double' | 'int64'; readonly values: readonly number[] } | { readonly type: 'string'; readonly values: readonly string[] }
}

export interface OnnxNode {
  readonly op: string
  readonly domain?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, number | readonly number[] | readonly string[]>>
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly nodes: readonly OnnxNode[]
  readonly tensors: readonly OnnxTensor[]
  readonly metadata: Readonly<Record<string, string>>
}

type Piece = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
const elementTypes = { double: 11, int64: 7, string: 8 } as const
const [varintWire, bytesWire] = [0, 2]

/** The model as the bytes of a file. */
export function onnxBytes({ inputs, outputs, nodes, tensors, metadata }: OnnxGraph): Piece {
  const graph = joined([...nodes.map((node) => field(1, nodeBytes(node))), text(2, 'signalbox'), ...tensors.map((tensor) => field(5, tensorBytes(tensor))), ...inputs.map((value) => field(11, valueBytes(value))), ...outputs.map((value) => field(12, valueBytes(value)))])
  const opsets = [joined([whole(2, 21)]), joined([text(1, 'ai.onnx.ml'), whole(2, 4)])]
  const entries = Object.entries(metadata).map(([key, value]) => field(14, joined([text(1, key), text(2, value)])))
  return joined([whole(1, 10), text(2, 'signalbox'), field(7, graph), ...opsets.map((opset) => field(8, opset)), ...entries])
}

function nodeBytes({ op, domain, inputs, outputs, attributes = {} }: OnnxNode): Piece {
  const all = Object.entries(attributes).map(([name, value]) => field(5, attributeBytes(name, value)))
  return joined([...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(4, op), ...all, ...(domain === undefined ? [] : [text(7, domain)])])
}

function attributeBytes(name: string, value: number | readonly number[] | readonly string[]): Piece {
  if (typeof value === 'number') return joined([text(1, name), whole(3, value), whole(20, 2)])
  const isTexts = value.some((one) => typeof one === 'string')
  const list = value.map((one) => (typeof one === 'string' ? text(9, one) : whole(8, one)))
  return joined([text(1, name), ...list, whole(20, isTexts ? 8 : 7)])
}

function tensorBytes({ name, dims, data }: OnnxTensor): Piece {
  const shape = dims.map((size) => whole(1, size))
  const values = data.type === 'string' ? data.values.map((value) => text(6, value)) : [field(9, rawBytes(data.type, data.values))]
  return joined([...shape, whole(2, elementTypes[data.type]), ...values, text(8, name)])
}

function rawBytes(type: 'double' | 'int64', values: readonly number[]): Piece {
  const view = new DataView(new ArrayBuffer(values.length * 8))
  for (const [i, value] of values.entries()) {
    if (type === 'double') view.setFloat64(i * 8, value, true)
    else view.setBigInt64(i * 8, BigInt(value), true)
  }
  return new Uint8Array(view.buffer)
}

function valueBytes({ name, type, shape }: OnnxValue): Piece {
  const dims = shape.map((size) => field(1, typeof size === 'number' ? whole(1, size) : text(2, size)))
  return joined([text(1, name), field(2, field(1, joined([whole(1, elementTypes[type]), field(2, joined(dims))])))])
}

function varint(value: number): Piece {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  return Uint8Array.from([...bytes, Number(rest)])
}

function whole(number: number, value: number): Piece {
  return joined([varint(number * 8 + varintWire), varint(value)])
}

function field(number: number, bytes: Piece): Piece {
  return joined([varint(number * 8 + bytesWire), varint(bytes.length), bytes])
}

function text(number: number, value: string): Piece {
  return field(number, encoder.encode(value))
}

function joined(pieces: readonly Piece[]): Piece {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
