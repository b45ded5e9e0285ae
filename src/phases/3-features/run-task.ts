import type { TaskInput, TaskName, TaskOutput } from '#ml/tasks'
import type { Tools } from '#phases/phase'

/** Runs one named task of `ml` on every input, on the worker threads, and answers in the order of the inputs. */
export async function runTask<Name extends TaskName>(
  { compute, signal }: Pick<Tools, 'compute' | 'signal'>,
  task: Name,
  inputs: readonly TaskInput<Name>[],
): Promise<TaskOutput<Name>[]> {
  // The name decides the function, so the answers have the type of its result.
  return (await compute.parallel(task, inputs, { signal })) as TaskOutput<Name>[]
}
