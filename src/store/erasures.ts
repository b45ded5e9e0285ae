import type { Db, Trx } from './database.ts'

/** What a deleted run or dataset referred to and nothing else may; erased when nobody writes artifacts. */
export interface ErasureStore {
  pending(): Promise<{ id: string; roots: string[] }[]>
  done(id: string): Promise<void>
  /** Every artifact that something living refers to directly. */
  livingRoots(): Promise<string[]>
}

export async function requestErasure(trx: Trx | Db, request: { id: string; roots: readonly string[]; now: Date }): Promise<void> {
  await trx.insertInto('erasure').values({ id: request.id, roots: JSON.stringify(request.roots), requested_at: request.now }).execute()
}

const hashPattern = /\b[0-9a-f]{64}\b/g

/** Every hash in a JSON text. */
export function hashesIn(text: string): string[] {
  return [...new Set(text.match(hashPattern) ?? [])]
}

export function erasureStore(db: Db): ErasureStore {
  return {
    pending: () => db.selectFrom('erasure').select(['id', 'roots']).orderBy('requested_at').execute(),
    async done(id) {
      await db.deleteFrom('erasure').where('id', '=', id).execute()
    },
    async livingRoots() {
      const runs = await db.selectFrom('run').select('state').execute()
      const datasets = await db.selectFrom('dataset').select(['content', 'report']).execute()
      const published = await db.selectFrom('publication').select('content').execute()
      const results = await db.selectFrom('result').select('value').execute()
      const monitors = await db.selectFrom('monitor').select('content').execute()
      const checks = await db.selectFrom('monitor_check').select('result').execute()
      const scored = await db.selectFrom('scoring_job').select('result').where('result', 'is not', null).execute()
      const texts = [...runs.map(({ state }) => JSON.stringify(state)), ...datasets.map((dataset) => JSON.stringify(dataset))]
      const named = [...published.map(({ content }) => content), ...results.map(({ value }) => value), ...monitors.map(({ content }) => content), ...checks.map(({ result }) => result), ...scored.flatMap(({ result }) => result ?? [])]
      return [...new Set([...texts.flatMap(hashesIn), ...named])]
    },
  }
}
