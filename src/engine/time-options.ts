import type { Compute, Observed } from '#core/ports'

/** A compute, and the seconds that its threads were busy for each option so far. */
export interface TimedCompute {
  readonly compute: Compute
  readonly seconds: ReadonlyMap<string, number>
}

/** Sums what the parts of each option take; a phase names the options and never learns their times, so that results cannot hang on them. */
export function timeOptions(compute: Compute): TimedCompute {
  const seconds = new Map<string, number>()
  function timed(observed: Observed): Observed {
    const { options, ...rest } = observed
    if (options === undefined) return observed
    const took = (index: number, busy: number) => {
      const option = options[index]
      if (option !== undefined) seconds.set(option, (seconds.get(option) ?? 0) + busy)
    }
    return { ...rest, took }
  }
  return {
    seconds,
    compute: {
      run: (task, input, observed) => compute.run(task, input, timed(observed)),
      parallel: (task, inputs, observed) => compute.parallel(task, inputs, timed(observed)),
      close: () => compute.close(),
    },
  }
}
