import { openAsBlob, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { TaskName, TestRows } from '#core/run-settings'
import type { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { openTerminal, type Terminal } from './ask.ts'
import { terminalStyle } from './card-text.ts'
import { dataFolder } from './data-folder.ts'
import { CommandFailure } from './failure.ts'
import { openServer, type HouseFlags, type OpenServer } from './open-server.ts'
import { progressLine } from './progress-line.ts'
import { runSummary, summaryText } from './run-summary.ts'
import { untilStopped } from './until-stopped.ts'

export interface RunFlags extends HouseFlags {
  readonly target?: string | undefined
  readonly task?: TaskName | undefined
  readonly query?: string | undefined
  readonly test?: TestRows | undefined
  readonly seed?: number | undefined
  readonly name?: string | undefined
  readonly auto?: boolean | undefined
  readonly json?: boolean | undefined
  readonly port: number
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
  const server = await openServer({ ...flags, workers: 2 })
  try {
    const ended = await Promise.race([drive(server, file, flags), stopped])
    if (ended === undefined) throw new CommandFailure('Stopped. The run goes on when the folder is served again.', { exitCode: 130 })
    const seconds = (performance.now() - began) / 1000
    await report(server, { flags, ended, seconds })
    if (!flags.keepServing) return
    process.stderr.write(`${servingText(server, flags)}\n`)
    await stopped
  } finally {
    await server.house.close()
  }
}

function checkFile(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) throw new CommandFailure(`There is no file ${file}.`)
  if (!stats.isFile()) throw new CommandFailure(`${file} is not a file.`)
}

/** Uploads, starts, answers what is asked, and returns the ended run. */
async function drive({ client }: OpenServer, file: string, flags: RunFlags): Promise<RunStateAnswer> {
  const fileName = basename(file)
  const name = flags.name ?? fileName.replace(/\.[^.]*$/, '')
  const uploaded = await client.datasets.upload(await openAsBlob(file), { name: name === '' ? fileName : name, fileName })
  const { target, task, test, seed, query } = flags
  const started = await client.agentic.startRun({
    model_name: name === '' ? fileName : name,
    dataset_id: uploaded.dataset_id,
    auto_mode: flags.auto === true,
    auto_deploy: flags.auto === true,
    target, task, test, seed, user_query: query,
  })
  const terminal = flags.auto === true ? null : openTerminal({ input: process.stdin, output: process.stderr, style: terminalStyle(process.stderr) })
  try {
    return await follow(client, started.run_id, terminal)
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

async function answer(client: Signalbox, terminal: Terminal, { runId, card }: { runId: string; card: Parameters<Terminal['decide']>[0] }): Promise<void> {
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

async function report({ client }: OpenServer, { flags, ended, seconds }: Reporting): Promise<void> {
  const phases = await client.agentic.getPhases(ended.run_id)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(runSummary(ended, phases, seconds))}\n`)
  if (ended.status === 'failed') {
    throw new CommandFailure(ended.error?.message ?? 'The run failed.', ended.error === null ? {} : { suggestion: ended.error.suggestion })
  }
  if (ended.status === 'cancelled') throw new CommandFailure('The run was cancelled.')
  if (flags.json !== true) process.stdout.write(`${summaryText(ended, seconds)}\n`)
}

function servingText({ served }: OpenServer, flags: RunFlags): string {
  const again = `npx signalbox serve --data-dir ${quoted(dataFolder(flags.dataDir))}`
  return `Serves at ${served.url} until Ctrl-C. Later, this serves the same folder again:\n  ${again}`
}

/** A word as a POSIX shell reads it. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
