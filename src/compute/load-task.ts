export type TaskProgress = (fraction: number, text?: string) => void
export type Task = (input: unknown, context: { progress: TaskProgress }) => unknown

/** Loads one task by its name from a module that exports `taskLoaders`: functions by name that load the task's own modules. */
export async function loadTask(moduleUrl: string, name: string): Promise<Task> {
  const module: unknown = await import(moduleUrl)
  const loaders: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'taskLoaders') : undefined
  if (typeof loaders !== 'object' || loaders === null) throw new Error(`${moduleUrl} exports no record "taskLoaders"`)
  const load: unknown = Object.hasOwn(loaders, name) ? Reflect.get(loaders, name) : undefined
  if (typeof load !== 'function') {
    throw new Error(`There is no compute task "${name}"; there are: ${Object.keys(loaders).join(', ')}.`)
  }
  const task: unknown = await load()
  if (isTask(task)) return task
  throw new Error(`${moduleUrl} loads no function for the task "${name}"`)
}

function isTask(value: unknown): value is Task {
  return typeof value === 'function'
}
