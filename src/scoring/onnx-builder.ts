import type { OnnxNode, OnnxTensor } from './onnx-proto.ts'

/** Collects the nodes and constants of a graph; every value gets a name of its own. */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = []
  readonly tensors: OnnxTensor[] = []
  private made = 0

  /** The result of an operation. */
  op(op: string, inputs: readonly string[], more: Pick<OnnxNode, 'attributes' | 'domain'> & { readonly as?: string } = {}): string {
    const { as = `v${this.made++}`, ...rest } = more
    this.nodes.push({ op, inputs, outputs: [as], ...rest })
    return as
  }

  doubles(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.constant({ dims, data: { type: 'double', values } })
  }

  integers(values: readonly number[], dims: readonly number[] = [values.length]): string {
    return this.constant({ dims, data: { type: 'int64', values } })
  }

  texts(values: readonly string[]): string {
    return this.constant({ dims: [values.length], data: { type: 'string', values } })
  }

  private constant(tensor: Omit<OnnxTensor, 'name'>): string {
    const name = `k${this.made++}`
    this.tensors.push({ name, ...tensor })
    return name
  }
}

/** The types of ONNX that values are cast to. */
export const castTo = { double: { attributes: { to: 11 } }, int64: { attributes: { to: 7 } } } as const
