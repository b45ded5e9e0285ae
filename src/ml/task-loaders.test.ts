import { expect, test } from 'vitest'
import { taskLoaders } from './task-loaders.ts'
import { tasks } from './tasks.ts'

test('loads every task that workers may be asked for, and nothing else', async () => {
  const loaded = Object.fromEntries(await Promise.all(Object.entries(taskLoaders).map(async ([name, load]) => [name, await load()])))
  expect(loaded).toEqual(tasks)
})
