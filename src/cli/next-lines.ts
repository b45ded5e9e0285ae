import { join } from 'node:path'
import type { RunStateAnswer } from '#wire/run-state'
import type { Signalbox } from '#sdk/client'
import { dataFolder } from './data-folder.ts'
import { defaultPort } from './default-port.ts'
import { shellWord } from './shell-word.ts'

interface NextLinesInput {
  readonly client: Signalbox
  readonly ended: RunStateAnswer
  /** Where the folder is, or will be, served. */
  readonly url: string
  readonly host: string
  readonly dataDir: string | undefined
}

/** What can be done with the finished run, as lines that a shell takes as they are. */
export async function nextLines(input: NextLinesInput): Promise<string> {
  const lines = ['Serve this folder:', `  ${serveLine(input)}`]
  const deploymentId = input.ended.results.deployment_id
  if (deploymentId === null) return `${lines.join('\n')}\n`
  if (!(await isActive(input.client, deploymentId))) {
    lines.push('The deployment does not answer yet; this activates it:', `  ${activateLine(input, deploymentId)}`)
  }
  lines.push('Ask it about a row:', `  ${await predictLine(input, deploymentId)}`)
  return `${lines.join('\n')}\n`
}

function serveLine({ url, host, dataDir }: NextLinesInput): string {
  const port = new URL(url).port
  const where = [...(port === String(defaultPort) ? [] : ['--port', port]), ...(host === '127.0.0.1' ? [] : ['--host', host])]
  return ['npx', 'signalbox', 'serve', '--data-dir', dataFolder(dataDir), ...where].map(shellWord).join(' ')
}

async function isActive(client: Signalbox, deploymentId: string): Promise<boolean> {
  const deployments = await client.deployments.list((await client.connect()).team_id)
  return deployments.some((deployment) => deployment.deployment_id === deploymentId && deployment.active)
}

/** The owner's key is read where it lies, so that it is not shown. */
function activateLine({ url, dataDir }: NextLinesInput, deploymentId: string): string {
  const key = shellWord(join(dataFolder(dataDir), 'owner.key'))
  return `curl -sS -X PATCH ${shellWord(`${url}/v1/deployments/${deploymentId}/activate`)} -H "api_key: $(cat ${key})"`
}

const keyDays = 365

async function predictLine({ client, url }: NextLinesInput, deploymentId: string): Promise<string> {
  const made = await client.deployments.createDeployKey({ deployment_id: deploymentId, description: 'made at the end of signalbox run', days_until_expiry: keyDays })
  const rows = (await client.deployments.payload(deploymentId)).slice(0, 1)
  const headers = [`api_key: ${made.deploy_key}`, 'content-type: application/json'].flatMap((header) => ['-H', header])
  return ['curl', '-sS', `${url}/v1/predict`, ...headers, '-d', JSON.stringify(rows)].map(shellWord).join(' ')
}
