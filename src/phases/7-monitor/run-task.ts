import type { Compute } from '#core/ports'
import type { TaskInput, TaskName, TaskOutput } from '#ml/tasks'

/** What a task of `ml` is run with. */
export interface Computing {
  readonly compute: Compute
  readonly signal: AbortSignal
}

/** Runs a named task of `ml` on a worker thread. */
export async function runTask<Name extends TaskName>({ compute, signal }: Computing, task: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
  // The name decides the function, so the answer has the type of its result.
  return (await compute.run(task, input, { signal })) as TaskOutput<Name>
}
