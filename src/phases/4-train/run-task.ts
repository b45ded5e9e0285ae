import type { Compute, Observed } from '#core/ports'
import type { TaskInput, TaskName, TaskOutput } from '#ml/tasks'

interface TaskCall<Name extends TaskName> {
  readonly compute: Compute
  readonly task: Name
  readonly inputs: readonly TaskInput<Name>[]
}

/** Runs one named task of `ml` on every input, on the worker threads, and answers in the order of the inputs. */
export async function runTask<Name extends TaskName>(
  call: TaskCall<Name>,
  observed: Observed,
): Promise<TaskOutput<Name>[]> {
  const { compute, task, inputs } = call
  // The name decides the function, so the answers have the type of its result.
  return (await compute.parallel(task, inputs, observed)) as TaskOutput<Name>[]
}

/** The same for one input. */
export async function runOne<Name extends TaskName>(
  call: Omit<TaskCall<Name>, 'inputs'> & { readonly input: TaskInput<Name> },
  observed: Observed,
): Promise<TaskOutput<Name>> {
  const { compute, task, input } = call
  return (await compute.run(task, input, observed)) as TaskOutput<Name>
}
