import type { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { openTerminal, type Terminal } from './ask.ts'
import { terminalStyle } from './card-text.ts'
import { defaultPort, isFree } from './default-port.ts'
import { CommandFailure } from './failure.ts'
import { nextLines } from './next-lines.ts'
import { openServer, type HouseFlags, type OpenServer } from './open-server.ts'
import { progressLine } from './progress-line.ts'
import { reportText, writeReport } from './report.ts'
import { runSummary, summaryText } from './run-summary.ts'
import { checkFile, startFile, type StartFlags } from './start-file.ts'
import { studioLink } from './studio-link.ts'
import { untilStopped } from './until-stopped.ts'

export interface RunFlags extends HouseFlags, StartFlags {
  /** File that the report is written to. */
  readonly report?: string | undefined
  readonly json?: boolean | undefined
  /** Where it is not said: the default port for a run that goes on serving, else any free one. */
  readonly port?: number | undefined
  readonly host: string
  /** Goes on serving after the run, until it is stopped. */
  readonly keepServing: boolean
}

/** The main job: a file goes in, decisions are asked for, a tested model comes out. */
export async function run(file: string, flags: RunFlags): Promise<void> {
  const began = performance.now()
  checkFile(file)
  if (flags.auto !== true && process.stdin.isTTY !== true) {
    throw new CommandFailure('There is no terminal to ask at.', { suggestion: 'Add --auto to take the recommended decisions.', exitCode: 2 })
  }
  const stopped = untilStopped()
  const server = await openServer({ ...flags, port: await portOf(flags), workers: 2 })
  try {
    const ended = await Promise.race([drive(server, file, flags), stopped])
    if (ended === undefined) throw new CommandFailure('Stopped. The run goes on when the folder is served again.', { exitCode: 130 })
    const seconds = (performance.now() - began) / 1000
    await report(server, { flags, ended, seconds })
    if (!flags.keepServing) return
    process.stderr.write(`Serves at ${server.served.url} until Ctrl-C.\nStudio, signed in: ${studioLink(server.served.url, server.apiKey)}\n`)
    await stopped
  } finally {
    await server.house.close()
  }
}

/** Uploads, starts, answers what is asked, and returns the ended run. */
async function drive({ client }: OpenServer, file: string, flags: RunFlags): Promise<RunStateAnswer> {
  const runId = await startFile(client, file, flags)
  const terminal = flags.auto === true ? null : openTerminal({ input: process.stdin, output: process.stderr, style: terminalStyle(process.stderr) })
  try {
    return await follow(client, runId, terminal)
  } finally {
    terminal?.close()
  }
}

async function follow(client: Signalbox, runId: string, terminal: Terminal | null): Promise<RunStateAnswer> {
  const progress = progressLine(process.stderr)
  for (;;) {
    const next = await client.agentic.waitForDecision(runId, { onState: (state) => progress.show(state) })
    progress.clear()
    if (next.kind === 'ended') return next.run
    if (next.kind === 'paused') await client.agentic.resumeRun(runId)
    else if (terminal === null) throw new CommandFailure(`The run waits for the decision of ${next.decision.phase}, and --auto answers none.`)
    else await answer(client, terminal, { runId, card: next.decision })
  }
}

/** Asks at the terminal and answers the card; a refused answer is told and leaves it open. */
export async function answer(client: Signalbox, terminal: Terminal, { runId, card }: { runId: string; card: Parameters<Terminal['decide']>[0] }): Promise<void> {
  const choice = await terminal.decide(card, new AbortController().signal)
  const { decision_type, decision_id, revision } = card
  try {
    if (choice.kind === 'cancel') await client.agentic.cancelRun(runId)
    else if (choice.kind === 'skip') await client.agentic.submitDecision(runId, { decision_type, decision_id, revision, skipped: true })
    else await client.agentic.submitDecision(runId, { decision_type, decision_id, revision, ...choice.answer })
  } catch (error) {
    // A refused answer leaves the card open: it says why, and is asked again.
    if (!(error instanceof Error) || !('status' in error) || (error.status !== 422 && error.status !== 409)) throw error
    terminal.say(`  ${error.message}`)
  }
}

interface Reporting {
  readonly flags: RunFlags
  readonly ended: RunStateAnswer
  readonly seconds: number
}

async function report({ client, served }: OpenServer, { flags, ended, seconds }: Reporting): Promise<void> {
  const phases = await client.agentic.getPhases(ended.run_id)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(runSummary(ended, phases, seconds))}\n`)
  if (ended.status === 'failed') {
    throw new CommandFailure(ended.error?.message ?? 'The run failed.', ended.error === null ? {} : { suggestion: ended.error.suggestion })
  }
  if (ended.status === 'cancelled') throw new CommandFailure('The run was cancelled.')
  if (flags.report !== undefined) writeReport(flags.report, await reportText(client, ended.results.report_id, 'html'))
  if (flags.json === true) return
  process.stdout.write(`${summaryText(ended, seconds)}\n`)
  const url = await urlLater(served.url, flags)
  process.stdout.write(await nextLines({ client, ended, url, host: flags.host, dataDir: flags.dataDir }))
}

async function portOf({ port, keepServing, host }: RunFlags): Promise<number> {
  if (port !== undefined) return port
  return keepServing && (await isFree(defaultPort, host)) ? defaultPort : 0
}

/** The address under which the folder can be asked once the command has ended, or now where it goes on serving. */
async function urlLater(now: string, { port, keepServing, host }: RunFlags): Promise<string> {
  if (keepServing || port !== undefined || !(await isFree(defaultPort, host))) return now
  const url = new URL(now)
  url.port = String(defaultPort)
  return url.origin
}
