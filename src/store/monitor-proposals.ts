import type { Selectable } from 'kysely'
import { type MonitorProposal, type MonitorStore, proposalChoiceSchema } from '#core/monitor'
import { patient, type Database } from './database.ts'
import { appendToMonitor, withinMonitor } from './monitor-log.ts'
import type { Tables } from './tables.ts'

/** Challengers that monitors have proposed, over Postgres. */
export function monitorProposals(database: Database): Pick<MonitorStore, 'proposals' | 'proposal' | 'addProposal' | 'decideProposal'> {
  const { db } = database
  const within = withinMonitor(database)
  const reading = patient({
    async proposals(monitorId: string) {
      const rows = await db.selectFrom('monitor_proposal').selectAll().where('monitor_id', '=', monitorId).orderBy('position', 'desc').execute()
      return rows.map(readProposal)
    },
    async proposal(proposalId: string) {
      const row = await db.selectFrom('monitor_proposal').selectAll().where('proposal_id', '=', proposalId).executeTakeFirst()
      return row === undefined ? undefined : readProposal(row)
    },
  })
  return {
    ...reading,
    addProposal: ({ proposed_at, decided_at: _none, ...proposal }, { actor, now: at }) =>
      within(proposal.monitor_id, async (trx) => {
        const { proposal_id, run_id, alert_id, monitor_id } = proposal
        await trx.insertInto('monitor_proposal').values({ ...proposal, proposed_at: new Date(proposed_at), decided_at: null }).execute()
        await appendToMonitor(trx, monitor_id, { type: 'monitor-retrain-proposed', actor, at, payload: { proposal_id, run_id, alert_id } })
      }),
    decideProposal: ({ proposal_id, monitor_id }, { choice, rationale }, { actor, now: at }) =>
      within(monitor_id, async (trx) => {
        const decided = { choice, rationale, decided_by: actor.name, decided_at: new Date(at) }
        const row = await trx.updateTable('monitor_proposal').set(decided).where('proposal_id', '=', proposal_id).where('choice', 'is', null).returning('proposal_id').executeTakeFirst()
        if (row === undefined) return false
        await appendToMonitor(trx, monitor_id, { type: 'monitor-retrain-decided', actor, at, payload: { proposal_id, choice } })
        return true
      }),
  }
}

function readProposal({ position: _position, proposed_at, decided_at, choice, ...row }: Selectable<Tables['monitor_proposal']>): MonitorProposal {
  return { ...row, choice: choice === null ? null : proposalChoiceSchema.parse(choice), proposed_at: proposed_at.toISOString(), decided_at: decided_at?.toISOString() ?? null }
}
