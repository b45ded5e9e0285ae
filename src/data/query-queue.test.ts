import { describe, expect, it } from 'vitest'
import { queryQueue } from './query-queue.ts'

const never = new AbortController().signal

describe('the query queue', () => {
  it('runs so many at once and the others in the order they came', async () => {
    const queue = queryQueue(2)
    const started: number[] = []
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
    const all = gates.map((gate, i) =>
      queue.run(never, () => {
        started.push(i)
        return gate.promise
      }),
    )
    await Promise.resolve()
    expect(started).toEqual([0, 1])
    gates[1]?.resolve()
    await all[1]
    await Promise.resolve()
    expect(started).toEqual([0, 1, 2])
    for (const gate of gates) gate.resolve()
    await Promise.all(all)
    expect(started).toEqual([0, 1, 2, 3, 4])
  })

  it('lets a waiting query go when it is aborted, and goes on with the next', async () => {
    const queue = queryQueue(1)
    const gate = Promise.withResolvers<void>()
    const first = queue.run(never, () => gate.promise)
    const abort = new AbortController()
    const second = queue.run(abort.signal, () => Promise.resolve('never'))
    const third = queue.run(never, () => Promise.resolve('third'))
    abort.abort(new Error('given up'))
    await expect(second).rejects.toThrow('given up')
    gate.resolve()
    await first
    expect(await third).toBe('third')
  })

  it('goes on after a failure', async () => {
    const queue = queryQueue(1)
    await expect(queue.run(never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await queue.run(never, () => Promise.resolve(1))).toBe(1)
  })
})
