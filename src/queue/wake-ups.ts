import { PgBoss } from 'pg-boss'
import type { SqlExecutor, WakeUps } from '#core/ports'

const queueName = 'wake'

export interface WakeQueue extends WakeUps {
  /** Calls the listener for every run that somebody woke; the job ends at once, whatever the listener then does. */
  listen(listener: (runId: string) => void): Promise<void>
  /** Rejects where the queue does not answer. */
  ready(): Promise<void>
  close(): Promise<void>
}

interface WakeQueueInput {
  readonly connection: { readonly [option: string]: unknown }
  readonly schema: string
  readonly log: (problem: string) => void
}

/** Wake-ups over pg-boss. They carry no ownership: what a run is owed is read from the run, and a sweep finds what was missed. */
export async function openWakeQueue(input: WakeQueueInput): Promise<WakeQueue> {
  const boss = new PgBoss({ ...input.connection, schema: input.schema, max: 2, useListenNotify: true, superviseIntervalSeconds: 60, schedule: false })
  boss.on('error', (error) => input.log(`the wake-up queue: ${error.message}`))
  await boss.start()
  await boss.createQueue(queueName, { notify: true, retryLimit: 0, expireInSeconds: 60, deleteAfterSeconds: 60 })
  return {
    async send(runId: string, executor: SqlExecutor) {
      await boss.send(queueName, { run_id: runId }, { db: executor })
    },
    async listen(listener) {
      const options = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, batchSize: 10 } as const
      await boss.work<{ run_id: string }>(queueName, options, (jobs) => {
        for (const job of jobs) listener(job.data.run_id)
        return Promise.resolve()
      })
    },
    async ready() {
      if ((await boss.getQueue(queueName)) === null) throw new Error('the queue of wake-ups is gone')
    },
    close: () => boss.stop({ graceful: false, close: true }),
  }
}
