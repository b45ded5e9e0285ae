import type { ModelStore, ModelVersionRow } from '#core/store-ports'
import { patient, type Db } from './database.ts'

/** Model versions: what runs published, with the run that did. */
export function modelStore(db: Db): ModelStore {
  const rows = () =>
    db
      .selectFrom('publication')
      .innerJoin('run', 'run.run_id', 'publication.run_id')
      .select(['publication.id as version_id', 'publication.model_id', 'publication.content', 'publication.created_at', 'run.state', 'run.name'])
      .where('publication.kind', '=', 'model_version')
      .orderBy('publication.created_at')
      .orderBy('publication.id')
  return patient({
    async versions({ team_id, model_id }) {
      const ofTeam = rows().where('publication.team_id', '=', team_id)
      const found = model_id === undefined ? ofTeam : ofTeam.where('publication.model_id', '=', model_id)
      return (await found.execute()).map(read)
    },
    async version(versionId) {
      const row = await rows().where('publication.id', '=', versionId).executeTakeFirst()
      return row === undefined ? undefined : read(row)
    },
  })
}

function read({ created_at, state, ...row }: Omit<ModelVersionRow, 'run' | 'created_at'> & { state: ModelVersionRow['run']; created_at: Date }): ModelVersionRow {
  return { ...row, run: state, created_at: created_at.toISOString() }
}
