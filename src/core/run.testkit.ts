import type { Asked, Command, CommandOf } from './command.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { NewRunEvent } from './event.ts'
import { nextStep } from './next-step.ts'
import type { PhaseName } from './phase-names.ts'
import type { RunSettings } from './run-settings.ts'
import type { Run } from './run.ts'

export const hashOf = (digit: string): string => digit.repeat(64)
export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const runId = uuidOf(1)
export const timeAt = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString()
export const person = { kind: 'key', name: 'ada' } as const
const engine = { kind: 'engine', name: 'engine' } as const

export const settings: RunSettings = {
  plan: ['data_preparation', 'label_selection', 'model_training'],
  gates: ['data_preparation', 'label_selection', 'model_training'],
  auto_mode: false,
  auto_apply_safe_features: true,
  auto_deploy: false,
  algorithm: 'xgm',
  task: null,
  test: { share: 0.2, seed: 1 },
  seed: 1,
  decision_timeout_seconds: null,
}

export const createCommand: Command = {
  kind: 'create',
  run_id: runId,
  team_id: uuidOf(2),
  dataset_id: uuidOf(3),
  texts: hashOf('b'),
  parent_run_id: null,
  start: null,
}

/** A run and its log, moved by commands; refusals leave both as they were. */
export class Story {
  run: Run | null = null
  events: NewRunEvent[] = []
  second = 0

  constructor(commands: readonly Command[] = []) {
    for (const command of commands) this.must(command)
  }

  try(command: Command, actor: Asked['actor'] = person) {
    this.second += 1
    const decided = decide(this.run, command, { actor, now: timeAt(this.second) })
    if (decided.ok) {
      for (const event of decided.value) this.run = evolve(this.run, event, runId)
      this.events.push(...decided.value)
    }
    return decided
  }

  must(command: Command): Run {
    const decided = this.try(command)
    if (!decided.ok) throw new Error(`${command.kind} refused: ${decided.refusal.code} ${decided.refusal.message}`)
    if (this.run === null) throw new Error('no run')
    return this.run
  }

  /** Does what a worker would do for the step that is owed. */
  work(gated = true): void {
    if (this.run === null) throw new Error('no run')
    const step = nextStep(this.run)
    const taken = gated ? null : { answer: hashOf('4'), decision: hashOf('5') }
    if (step.kind === 'begin') this.try({ kind: 'begin', phase: step.phase }, engine)
    if (step.kind === 'propose') this.try(open(step.phase, this.events.length, taken), engine)
    if (step.kind === 'apply') this.try({ kind: 'reach', phase: step.phase, outcome: hashOf('6'), publishes: [] }, engine)
  }
}

export function open(phase: PhaseName, n: number, taken: { answer: string; decision: string } | null = null): Command {
  return { kind: 'open', phase, decision_id: uuidOf(1000 + n), proposal: hashOf('c'), options: 2, taken }
}

export function answer(phase: PhaseName, more: { decision_id?: string; revision?: number; answer?: string; closes?: boolean; skips?: boolean } = {}): Command {
  const { decision_id, revision, closes = true, skips = false } = more
  return { kind: 'answer', decision_type: phase, decision_id, revision, answered: { answer: more.answer ?? hashOf('d'), decision: hashOf('e') }, closes, skips }
}

export const startCommand: CommandOf<'start'> = { kind: 'start', settings, texts: hashOf('f'), dataset_id: uuidOf(3), dataset: hashOf('a') }
