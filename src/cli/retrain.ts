import { openAsBlob, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Signalbox } from '#sdk/client'
import { retrainBodySchema, type RetrainInput } from '#wire/retrain'
import type { RunStateAnswer } from '#wire/run-state'
import { openTerminal } from './ask.ts'
import { terminalStyle } from './card-text.ts'
import { comparisonText } from './comparison-text.ts'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { progressLine } from './progress-line.ts'
import { readJson } from './read-json.ts'
import { answer } from './run.ts'
import { runSummary, summaryText } from './run-summary.ts'
import { withClient, type ClientFlags } from './with-client.ts'

export interface RetrainFlags extends ClientFlags, PrintFlags {
  readonly dataset?: string | undefined
  readonly name?: string | undefined
  readonly spec?: string | undefined
  readonly addSteps?: string | undefined
  readonly removeStep?: readonly string[] | undefined
  readonly parameters?: string | undefined
  readonly monotonic?: string | undefined
  readonly requireApproval?: string | undefined
}

/** Trains a completed run again, waits for its end, and says how the new model stands against the old one. */
export async function retrain(runId: string, flags: RetrainFlags): Promise<void> {
  const began = performance.now()
  const body = bodyOf(flags)
  if (flags.dataset !== undefined && statSync(flags.dataset, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandFailure(`There is no file ${flags.dataset}.`)
  await withClient({ ...flags, workers: 2 }, async (client) => {
    const dataset = flags.dataset === undefined ? {} : await uploaded(client, flags.dataset)
    const { run_id } = await client.agentic.retrain(runId, { ...body, ...dataset })
    const run = await follow(client, run_id)
    const seconds = (performance.now() - began) / 1000
    const summary = runSummary(run, await client.agentic.getPhases(run_id), seconds)
    print(flags, { ...summary, parent_run_id: run.parent_run_id, comparison: run.results.comparison }, textOf(run, seconds))
    if (run.status === 'failed') throw new CommandFailure(run.error?.message ?? 'The run failed.', run.error === null ? {} : { suggestion: run.error.suggestion })
    if (run.status === 'cancelled') throw new CommandFailure('The run was cancelled.')
  })
}

function bodyOf(flags: RetrainFlags): RetrainInput {
  const { name, spec, addSteps, removeStep, parameters, monotonic, requireApproval } = flags
  const body = {
    name,
    spec: spec === undefined ? undefined : readJson(spec, '--spec'),
    add_steps: addSteps === undefined ? undefined : readJson(addSteps, '--add-steps'),
    remove_steps: removeStep,
    parameters: parameters === undefined ? undefined : readJson(parameters, '--parameters'),
    monotonic_constraints: monotonic === undefined ? undefined : readJson(monotonic, '--monotonic'),
    require_approval: requireApproval?.split(','),
  }
  const read = retrainBodySchema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new CommandFailure(`${issue?.path.join('.') ?? 'The request'}: ${issue?.message ?? 'not readable'}.`, { exitCode: 2 })
}

async function uploaded(client: Signalbox, file: string): Promise<{ dataset_id: string }> {
  const fileName = basename(file)
  const { dataset_id } = await client.datasets.upload(await openAsBlob(file), { name: fileName.replace(/\.[^.]*$/, '') || fileName, fileName })
  return { dataset_id }
}

/** Waits for the end; asks at the terminal where there is one, and otherwise leaves an open decision to whoever answers it. */
async function follow(client: Signalbox, runId: string): Promise<RunStateAnswer> {
  const progress = progressLine(process.stderr)
  const terminal = process.stdin.isTTY === true ? openTerminal({ input: process.stdin, output: process.stderr, style: terminalStyle(process.stderr) }) : null
  try {
    for (;;) {
      const next = await client.agentic.waitForDecision(runId, { onState: (state) => progress.show(state) })
      progress.clear()
      if (next.kind === 'ended') return next.run
      if (next.kind === 'paused' || terminal === null) return await client.agentic.getRunState(runId)
      await answer(client, terminal, { runId, card: next.decision })
    }
  } finally {
    terminal?.close()
  }
}

function textOf(run: RunStateAnswer, seconds: number): string {
  if (run.status === 'waiting_input') return `The run ${run.run_id} waits for the decision of ${run.current_phase ?? 'a phase'}: signalbox decisions show ${run.run_id}\n`
  if (run.status !== 'completed') return `The run ${run.run_id} is ${run.status}.\n`
  const { comparison } = run.results
  return `${summaryText(run, seconds)}\n${comparison === null ? '' : `${comparisonText(comparison)}`}`
}
