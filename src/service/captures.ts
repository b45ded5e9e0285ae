import type { CaptureSettings } from '#core/capture'
import { accept, refuse, type Result } from '#core/errors'
import type { CaptureAnswer } from '#wire/capture'
import { ownDeployment } from './change-deployment.ts'
import { askedBy } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import type { Captures } from './monitors-facade.ts'

/** What deployments keep of the rows that they are asked to score: set, looked at, ended, deleted. */
export function openCaptures(input: ServiceInput): Captures {
  const { captures } = input
  return {
    async read(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      return own.ok ? accept(await captureAnswer(input, deploymentId)) : own
    },
    async set(caller, deploymentId, { share, max_rows, key_column }) {
      const own = await ownDeployment(input, caller, deploymentId)
      if (!own.ok) return own
      await captures.put({ deployment_id: deploymentId, share, max_rows, key_column: key_column ?? null }, askedBy(input, caller))
      return accept(await captureAnswer(input, deploymentId))
    },
    async end(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      if (!own.ok) return own
      await captures.end(deploymentId)
      return accept(await captureAnswer(input, deploymentId))
    },
    async deleteRows(caller, deploymentId) {
      const own = await ownDeployment(input, caller, deploymentId)
      return own.ok ? accept({ deployment_id: deploymentId, deleted: await captures.deleteRows(deploymentId) }) : own
    },
  }
}

async function captureAnswer({ captures }: ServiceInput, deployment_id: string): Promise<CaptureAnswer> {
  const settings = await captures.settings(deployment_id)
  const { share, max_rows, key_column } = settings ?? { share: null, max_rows: null, key_column: null }
  return { deployment_id, active: settings !== undefined, share, max_rows, key_column, ...(await captures.state(deployment_id)) }
}

/** Where labels are to be joined, rows must be kept with a key. */
export function checkKeyed(settings: CaptureSettings | undefined): Result<null> {
  if (settings?.key_column != null) return accept(null)
  return refuse('CAPTURE_WITHOUT_KEY', 'The deployment keeps no rows by a key, so labels cannot be joined.', { suggestion: 'PUT /v1/deployments/{id}/capture with a key_column, and send that column with each row.' })
}
