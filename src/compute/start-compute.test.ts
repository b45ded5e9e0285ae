import type { Compute, Observed } from '#core/ports'
import { describe, expect, onTestFinished, test } from 'vitest'
import { countBufferBytes } from './input-bytes.ts'
import { type ComputeOptions, startCompute } from './start-compute.ts'

const module = new URL('./tasks.testkit.ts', import.meta.url).href
const observed: Observed = { signal: new AbortController().signal }

function start(options: Partial<ComputeOptions> = {}): Compute {
  const compute = startCompute({ threads: 1, memoryLimitMb: 256, module, ...options })
  onTestFinished(() => compute.close())
  return compute
}

describe('a job', () => {
  test('runs the named task of ml where no other module is given', async () => {
    const compute = startCompute({ threads: 1, memoryLimitMb: 256 })
    onTestFinished(() => compute.close())
    await expect(compute.run('nothing of the sort', null, observed)).rejects.toThrow(
      /no compute task "nothing of the sort"; there are: \w/,
    )
  })

  test('gets its input and gives its result, shared memory shared', async () => {
    const compute = start()
    const input = { column: new Float64Array([1, Number.NaN]), levels: ['a'], missing: undefined }
    expect(await compute.run('echo', input, observed)).toEqual(input)
    const shared = new Float64Array(new SharedArrayBuffer(16))
    await compute.run('writeInto', shared, observed)
    expect([...shared]).toEqual([7, 7])
  })

  test('tells its progress in order, and before its result', async () => {
    const compute = start()
    const told: string[] = []
    const progress = (fraction: number, text?: string) => void told.push(`${fraction} ${text}`)
    await compute.run('steps', 4, { ...observed, progress })
    expect(told).toEqual(['0.25 step 1', '0.5 step 2', '0.75 step 3', '1 step 4'])
  })

  test('tells how long its thread was busy with each input, without the wait in the queue', async () => {
    const compute = start()
    const began = performance.now()
    const told: [index: number, seconds: number][] = []
    await compute.parallel('spinFor', [40, 10, 20], { ...observed, took: (...one) => void told.push(one) })
    const whole = (performance.now() - began) / 1000
    const took = told.toSorted(([a], [b]) => a - b).map(([, seconds]) => seconds)
    expect(took.map((seconds, i) => seconds >= [0.04, 0.01, 0.02][i]!)).toEqual([true, true, true])
    expect(took.reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(whole)
  })

  test('does not flood the main thread with progress', async () => {
    const compute = start()
    const told: number[] = []
    await compute.run('flood', 1_000_000, { ...observed, progress: (fraction) => void told.push(fraction) })
    expect(told.length).toBeLessThanOrEqual(1_001)
    expect(told.at(-1)).toBeGreaterThan(0.999)
  })

  test('leaves the main thread free', async () => {
    const compute = start()
    let turns = 0
    let isOver = false
    const turn = () => {
      turns += 1
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    await compute.run('spinFor', 200, observed)
    isOver = true
    expect(turns).toBeGreaterThan(100)
  })
})

describe('a failing job', () => {
  test('keeps code, suggestion and detail of its error', async () => {
    const compute = start()
    const failure = { message: 'three rows are too few', suggestion: 'Send more rows.', detail: { rows: 3 } }
    await expect(compute.run('fail', 'TOO_FEW_ROWS', observed)).rejects.toMatchObject({
      name: 'SignalboxError',
      code: 'TOO_FEW_ROWS',
      ...failure,
    })
    await expect(compute.run('fail', 'own-code', observed)).rejects.toMatchObject({ name: 'Error', code: 'own-code' })
    expect(await compute.run('echo', 1, observed)).toBe(1)
  })

  test('that ends its thread, or speaks of what cannot be sent, fails alone', async () => {
    const compute = start()
    await expect(compute.run('leave', null, observed)).rejects.toMatchObject({ code: 'COMPUTE_FAILED' })
    await expect(compute.run('answerFunction', null, observed)).rejects.toThrow(/could not be cloned/)
    await expect(compute.run('echo', () => 1, observed)).rejects.toThrow(/could not be cloned/)
    expect(await compute.run('echo', 1, observed)).toBe(1)
  })

  test('of a module that cannot be loaded says why', async () => {
    const compute = start({ module: new URL('./absent.ts', import.meta.url).href })
    await expect(compute.run('echo', 1, observed)).rejects.toThrow(/Cannot find module/)
  })
})

describe('cancelling', () => {
  test('ends an endless loop, and the jobs behind it run', async () => {
    const compute = start()
    const stop = new AbortController()
    const endless = compute.run('spin', null, { signal: stop.signal })
    const behind = compute.run('echo', 'next', observed)
    stop.abort('enough')
    await expect(endless).rejects.toMatchObject({ name: 'AbortError', cause: 'enough' })
    expect(await behind).toBe('next')
  })

  test('takes a waiting job out of the queue, and refuses one that comes too late', async () => {
    const compute = start()
    const stop = new AbortController()
    const running = compute.run('spinFor', 50, observed)
    const waiting = compute.run('spin', null, { signal: stop.signal })
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    await expect(compute.run('spin', null, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await running).toBe('spun')
  })

  test('by close ends all jobs, and later ones are refused', async () => {
    const compute = start({ threads: 2 })
    const jobs = ['spin', 'spin', 'echo'].map((task) => compute.run(task, null, observed))
    const ends = Promise.allSettled(jobs)
    await compute.close()
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'SHUTTING_DOWN' } })
    await expect(compute.run('echo', 1, observed)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
  })
})

describe('the memory limit', () => {
  test.each(['fillHeap', 'fillOneArray', 'fillBuffers'])(
    'ends %s alone, with the limit in the message',
    async (task) => {
      const compute = start({ threads: 2, memoryLimitMb: 64 })
      const other = compute.run('spinFor', 300, observed)
      await expect(compute.run(task, null, observed)).rejects.toMatchObject({
        code: 'COMPUTE_MEMORY_LIMIT',
        message: expect.stringContaining('64 MB'),
        suggestion: expect.stringContaining('--memory-mb'),
      })
      expect(await other).toBe('spun')
      expect(await compute.run('echo', 1, observed)).toBe(1)
    },
  )

  test('refuses an input whose buffers are too large before it starts', async () => {
    const compute = start({ maxInputMb: 1 })
    const column = new Float64Array(new SharedArrayBuffer(1024 * 1024))
    expect(await compute.run('echo', { column, again: column }, observed)).toBeDefined()
    const more = { column, codes: [new Int8Array(1)] }
    await expect(compute.run('echo', more, observed)).rejects.toMatchObject({ code: 'COMPUTE_MEMORY_LIMIT' })
  })

  test('counts each buffer once, wherever it lies', () => {
    const buffer = new ArrayBuffer(100)
    const cyclic: { self?: unknown; parts: unknown } = { parts: new Map([['a', [new Uint8Array(buffer, 3, 4)]]]) }
    cyclic.self = cyclic
    expect(countBufferBytes([cyclic, buffer, new Set([new SharedArrayBuffer(11)]), 1, null, 'text'])).toBe(111)
  })
})

describe.each([{ callerHelps: false }, { callerHelps: true }])('parallel with %o', (how) => {
  test('gives results in the order of the inputs, whatever ends first', async () => {
    const compute = start({ threads: 2, ...how })
    const inputs = Array.from({ length: 9 }, (_, index) => ({ index }))
    expect(await compute.parallel('echo', inputs, observed)).toEqual(inputs)
    expect(await compute.parallel('echo', [], observed)).toEqual([])
  })

  test('tells the mean of the progress of its parts, rising to one', async () => {
    const compute = start({ threads: 2, ...how })
    const told: number[] = []
    await compute.parallel('steps', [2, 4, 1], { ...observed, progress: (fraction) => void told.push(fraction) })
    expect(told).toEqual([...told].sort((left, right) => left - right))
    expect(told.at(-1)).toBeCloseTo(1)
    expect(told.length).toBe(7)
  })

  test('ends the other parts at the first failure and tells that one', async () => {
    const compute = start({ threads: 2, ...how })
    const parts = how.callerHelps ? ['TOO_FEW_ROWS', null] : [null, 'TOO_FEW_ROWS', null, null]
    const job = compute.parallel('failOrSpin', parts, observed)
    await expect(job).rejects.toMatchObject({ code: 'TOO_FEW_ROWS' })
    expect(await compute.parallel('echo', [1, 2], observed)).toEqual([1, 2])
  })

  test('ends with its signal', async () => {
    const compute = start({ threads: 2, ...how })
    const stop = new AbortController()
    const job = compute.parallel('spinFor', Array(20).fill(20), { signal: stop.signal })
    setImmediate(() => stop.abort())
    await expect(job).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a caller that helps', () => {
  const shared = () => new Int32Array(new SharedArrayBuffer(4))

  test('does small work alone, whatever the number of threads', async () => {
    for (const threads of [1, 4]) {
      const compute = start({ threads, callerHelps: true })
      expect(await compute.parallel('nameThread', [1, 1, 1, 1], observed)).toEqual([0, 0, 0, 0])
    }
  })

  test('gets help where the work is worth the start of a thread, and keeps it', async () => {
    const compute = start({ threads: 2, callerHelps: true })
    const arrived = shared()
    await compute.parallel('spinFor', [310, 1], observed)
    await compute.run('echo', 1, observed)
    expect(new Set(await compute.parallel('meet', [arrived, arrived], observed)).size).toBe(2)
    const again = shared()
    expect(new Set(await compute.parallel('meet', [again, again], observed)).size).toBe(2)
  })

  test('gets help at once with a large input', async () => {
    const compute = start({ threads: 2, callerHelps: true })
    const arrived = new Int32Array(new SharedArrayBuffer(3 * 1024 * 1024))
    expect(new Set(await compute.parallel('meet', [arrived, arrived], observed)).size).toBe(2)
  })

  test('hears of a failure wherever it happens', async () => {
    const compute = start({ threads: 2, callerHelps: true })
    await compute.parallel('spinFor', [310, 1], observed)
    await compute.run('echo', 1, observed)
    const arrived = shared()
    const job = compute.parallel('meetOrFail', [arrived, arrived, 'TOO_FEW_ROWS', 'TOO_FEW_ROWS'], observed)
    await expect(job).rejects.toMatchObject({ code: 'TOO_FEW_ROWS', detail: { rows: 3 } })
    expect(await compute.parallel('echo', [1, 2], observed)).toEqual([1, 2])
  })

  test('without other threads runs single jobs too', async () => {
    const compute = start({ threads: 1, callerHelps: true })
    expect(await compute.run('echo', 1, observed)).toBe(1)
    await expect(compute.run('fail', 'TOO_FEW_ROWS', observed)).rejects.toMatchObject({ name: 'SignalboxError', code: 'TOO_FEW_ROWS' })
  })

  test('begins no further part after close', async () => {
    const compute = start({ threads: 1, callerHelps: true })
    const job = compute.parallel('spinFor', Array(200).fill(20), observed)
    setImmediate(() => void compute.close())
    await expect(job).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
  })
})
