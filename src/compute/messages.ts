import type { SharedParts } from './take-parts.ts'

/** What a thread is asked to do; a thread does one job at a time. */
export interface JobMessage {
  readonly job: number
  readonly task: string
  readonly input: unknown
  /** Instead of one input: parts of which the thread does those that it gets. Its value is then a list of done parts. */
  readonly shared?: SharedParts | undefined
}

/** What a thread answers: any number of progresses, then one of the others. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly job: number; readonly fraction: number; readonly text?: string }
  | { readonly kind: 'done'; readonly job: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly job: number; readonly failure: TaskFailure }

/** An error as plain data: fields of an error other than its message are lost between threads. */
export interface TaskFailure {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly code?: string
  readonly suggestion?: string
  readonly detail?: unknown
}

/** Given to each thread when it starts. */
export interface ThreadSetup {
  /** URL of the module that exports `taskLoaders`. */
  readonly module: string
}
