import { afterAll, afterEach, expect } from 'vitest'
import { type DataBench, dataBench } from './data.testkit.ts'

/** A bench for the tests of one file, none of which may leave a temporary file behind. */
export async function readingBench(): Promise<DataBench> {
  const bench = await dataBench()
  afterEach(async () => {
    expect(await bench.temporaryFiles()).toEqual([])
  })
  afterAll(() => bench.close())
  return bench
}
