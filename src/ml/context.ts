/** Runs one named task on every part and answers in the order of the parts; workers are the caller's business. */
export type Parallel = (task: string, parts: readonly unknown[]) => Promise<unknown[]>

/** Says how far a computation is, from 0 to 1. */
export type Progress = (fraction: number, text?: string) => void

/** What a computation may use of its surroundings; all of it may be absent. */
export interface Context {
  readonly parallel?: Parallel | undefined
  readonly progress?: Progress | undefined
  readonly signal?: { readonly aborted: boolean } | undefined
}

/** A unit of parallel work: its name in `tasks` and the function that does it. */
export interface Part<Input, Output> {
  readonly task: string
  readonly run: (input: Input, context: Context) => Output | Promise<Output>
}

/** Thrown when the caller's signal asked to stop. */
export class Stopped extends Error {
  override name = 'Stopped'
}

/** Throws where the caller asked to stop. */
export function throwIfStopped(context: Context): void {
  if (context.signal?.aborted === true) throw new Stopped('stopped by its signal')
}

/** Runs the parts on the caller's workers where it has any, otherwise one after another in line. */
export async function runParts<Input, Output>(
  part: Part<Input, Output>,
  inputs: readonly Input[],
  context: Context,
): Promise<Output[]> {
  throwIfStopped(context)
  // The name decides the function, so the answers of `parallel` have the type of `run`.
  if (context.parallel && inputs.length > 1) return (await context.parallel(part.task, inputs)) as Output[]
  const outputs: Output[] = []
  for (const [done, input] of inputs.entries()) {
    throwIfStopped(context)
    outputs.push(await part.run(input, { ...context, progress: progressOfPart(context, done / inputs.length, inputs.length) }))
    context.progress?.(outputs.length / inputs.length)
  }
  return outputs
}

/** Progress of one part among equals, as progress of the whole. */
function progressOfPart({ progress }: Context, before: number, parts: number): Progress | undefined {
  return progress && ((fraction, text) => progress(before + fraction / parts, text))
}
