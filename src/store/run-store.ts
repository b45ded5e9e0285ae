import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { decide } from '#core/decide'
import { accept, refuse, type Result } from '#core/errors'
import type { NewRunEvent } from '#core/event'
import { evolve } from '#core/evolve'
import { isOwed, nextStep } from '#core/next-step'
import type { WakeUps } from '#core/ports'
import { isEnded, type Run } from '#core/run'
import type { ExecuteInput, Executed, LoadedRun, RunCaption, RunStore } from '#core/store-ports'
import { executorOf, type Database, type Trx } from './database.ts'
import { appendEvents, readChain, runStream, streamHead, type StreamHead } from './event-log.ts'
import { hashesIn, requestErasure } from './erasures.ts'
import { deletePublications, publishedBy, writePublications } from './publications.ts'
import { answeringDeployment, deleteDeploymentsOf } from './published-deployments.ts'
import { deleteMonitorsOf } from './published-monitors.ts'
import { dropUnusedResults } from './results.ts'
import { writeOutbox } from './webhook-outbox.ts'

const tries = 50

export function runStore(database: Database, wakeUps: WakeUps): RunStore {
  return {
    load: (runId) => database.transaction((trx) => loadRun(trx, runId)),
    chain: (runId) => database.transaction((trx) => readChain(trx, runStream(runId))),
    async execute(input) {
      for (let attempt = 0; attempt < tries; attempt++) {
        const done = await database.transaction((trx) => attemptExecute(trx, input, wakeUps)).catch((error: unknown) => lostRace(error))
        if (done !== 'lost') return done
      }
      return refuse('WRITE_CONFLICT', 'The run changed again and again while this was written.')
    },
  }
}

class LostRace extends Error {}

function lostRace(error: unknown): 'lost' {
  if (error instanceof LostRace) return 'lost'
  throw error
}

async function loadRun(trx: Trx, runId: string): Promise<LoadedRun | undefined> {
  const row = await trx.selectFrom('run').select(['state', 'seq']).where('run_id', '=', runId).executeTakeFirst()
  return row === undefined ? undefined : { run: row.state, seq: row.seq }
}

async function attemptExecute(trx: Trx, input: ExecuteInput, wakeUps: WakeUps): Promise<Result<Executed>> {
  const loaded = await loadRun(trx, input.run_id)
  const before: StreamHead = await streamHead(trx, runStream(input.run_id))
  // The projection is written in the event's transaction; where the two reads straddle somebody's commit, read both again.
  if ((loaded?.seq ?? 0) !== before.seq && !(loaded === undefined && before.seq > 0)) throw new LostRace()
  if (loaded === undefined && before.seq > 0) return refuse('NOT_FOUND', 'There is no such run.')
  if (input.expected_seq !== undefined && input.expected_seq !== before.seq) {
    return refuse('WRITE_CONFLICT', `The run has moved on to event ${before.seq}.`)
  }
  const decided = decide(loaded?.run ?? null, input.command, input.asked)
  if (!decided.ok) return decided
  const answering = input.command.kind === 'delete' ? await answeringDeployment(trx, input.run_id) : undefined
  if (answering !== undefined) return refuse('DEPLOYMENT_ACTIVE', `The deployment ${answering} answers with the model of this run.`)
  const events = decided.value
  if (events.length === 0 && loaded !== undefined) return accept({ ...loaded, events })
  if (!(await appendEvents(trx, runStream(input.run_id), { head: before, events }))) throw new LostRace()
  let run = loaded?.run ?? null
  for (const event of events) run = evolve(run, event, input.run_id)
  if (run === null) throw new Error('a command left no run')
  const seq = before.seq + events.length
  await project(trx, { run, seq, events, caption: input.caption ?? {} })
  await announce(trx, { run, seq, wakeUps })
  return accept({ run, seq, events })
}

interface Projection {
  readonly run: Run
  readonly seq: number
  readonly events: readonly NewRunEvent[]
  readonly caption: RunCaption
}

/** Writes what follows from the events: the run's row, and the rows of what its outcomes publish. */
async function project(trx: Trx, { run, seq, events, caption }: Projection): Promise<void> {
  if (events.some((event) => event.type === 'run-deleted')) {
    await removeRun(trx, run, events)
    return
  }
  const step = nextStep(run)
  const row = {
    seq,
    dataset_id: run.dataset_id,
    status: run.status,
    state: JSON.stringify(run),
    owed: isOwed(run),
    wait_until: step.kind === 'wait' && step.until !== null ? new Date(step.until) : null,
    started_at: run.started_at === null ? null : new Date(run.started_at),
    completed_at: isEnded(run) ? new Date(run.completed_at) : null,
    ...caption,
  }
  const { run_id, team_id } = run
  const written = { run_id, team_id, created_at: new Date(run.created_at), name: '', ...row }
  await trx
    .insertInto('run')
    .values(written)
    .onConflict((conflict) => conflict.column('run_id').doUpdateSet(row))
    .execute()
  for (const event of events) {
    if (event.type === 'outcome-reached') await writePublications(trx, run, event)
    if (event.type === 'outcome-reached' || event.type === 'decision-opened') await trx.deleteFrom('progress').where('run_id', '=', run_id).execute()
  }
  await writeOutbox(trx, run, events)
}

/** The run leaves its lists; what only it refers to is erased when nobody writes. The chain stays. */
async function removeRun(trx: Trx, run: Run, events: readonly NewRunEvent[]): Promise<void> {
  const published = await publishedBy(trx, run.run_id)
  const roots = hashesIn(JSON.stringify([run, published]))
  const at = events.at(-1)?.at
  await requestErasure(trx, { id: randomUUID(), roots, now: at === undefined ? new Date(run.created_at) : new Date(at) })
  await deleteDeploymentsOf(trx, run.run_id, events)
  await deleteMonitorsOf(trx, run.run_id, events)
  await deletePublications(trx, run.run_id)
  await trx.deleteFrom('run').where('run_id', '=', run.run_id).execute()
  await dropUnusedResults(trx)
}

/** The channel on which every change of a run is told, as `run_id seq status`. */
export const runChannel = 'signalbox_run'

async function announce(trx: Trx, { run, seq, wakeUps }: { run: Run; seq: number; wakeUps: WakeUps }): Promise<void> {
  await sql`select pg_notify(${runChannel}, ${`${run.run_id} ${seq} ${run.status}`})`.execute(trx)
  if (isOwed(run)) await wakeUps.send(run.run_id, executorOf(trx))
}
