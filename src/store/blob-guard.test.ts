import { expect, onTestFinished, test } from 'vitest'
import { blobGuard } from './blob-guard.ts'
import { testStore } from './store.testkit.ts'

test('nothing is erased while somebody writes, in this process or another', async () => {
  const { database } = await testStore()
  const [one, other] = [blobGuard(database), blobGuard(database)]
  onTestFinished(async () => void (await Promise.all([one.close(), other.close()])))
  const written = Promise.withResolvers<void>()
  const writing = one.whileWriting(() => written.promise)
  await one.whileWriting(async () => expect(await other.whenIdle(() => Promise.resolve('erased'))).toBeUndefined())
  expect(await one.whenIdle(() => Promise.resolve('erased'))).toBeUndefined()
  written.resolve()
  await writing
  expect(await other.whenIdle(() => Promise.resolve('erased'))).toBe('erased')
})

test('more writers than connections do not block each other', async () => {
  const { database } = await testStore()
  const guard = blobGuard(database)
  onTestFinished(() => guard.close())
  const all = Array.from({ length: 40 }, () => guard.whileWriting(() => database.transaction((trx) => trx.selectFrom('run').select('run_id').execute())))
  expect(await Promise.all(all)).toHaveLength(40)
})

test('a writer that fails leaves the guard as it was', async () => {
  const { database } = await testStore()
  const guard = blobGuard(database)
  onTestFinished(() => guard.close())
  await expect(guard.whileWriting(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await guard.whenIdle(() => Promise.resolve(1))).toBe(1)
})
