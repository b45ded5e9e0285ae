import { accept, type Result } from '#core/errors'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

interface Opening {
  readonly run_id: string | null
  readonly dataset_id: string | null
  readonly name: string
  readonly model_id: string | null
}

/** Opens a run that waits for start_run. */
export async function openRunOn(input: ServiceInput, caller: Caller, opening: Opening): Promise<Result<string>> {
  const run_id = opening.run_id ?? input.identity.newId()
  return input.guard.whileWriting(async () => {
    const texts = await input.blobs.put({ name: opening.name, description: '', user_query: null, target: null })
    const done = await input.runs.execute({
      run_id,
      command: { kind: 'create', run_id, team_id: caller.team_id, dataset_id: opening.dataset_id, texts, parent_run_id: null, start: null },
      asked: { actor: { kind: 'key', name: caller.key_name }, now: input.now().toISOString() },
      caption: { name: opening.name, model_id: opening.model_id },
    })
    return done.ok ? accept(run_id) : done
  })
}
