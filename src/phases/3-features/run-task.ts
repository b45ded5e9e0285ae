import type { TaskInput, TaskName, TaskOutput } from '#ml/tasks'
import type { Tools } from '#phases/phase'

type Runner = Pick<Tools, 'compute' | 'signal'> & { readonly progress?: Tools['progress'] | undefined }

/** Runs one named task of `ml` on every input, on the worker threads, and answers in the order of the inputs. */
export async function runTask<Name extends TaskName>(
  { compute, signal, progress }: Runner,
  task: Name,
  inputs: readonly TaskInput<Name>[],
): Promise<TaskOutput<Name>[]> {
  // What a task says of itself is too fine here; only how far all of them are is told.
  const observed = progress === undefined ? { signal } : { signal, progress: (fraction: number) => progress(fraction) }
  // The name decides the function, so the answers have the type of its result.
  return (await compute.parallel(task, inputs, observed)) as TaskOutput<Name>[]
}
