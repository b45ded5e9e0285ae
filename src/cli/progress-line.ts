import type { RunStateAnswer } from '#wire/run-state'
import { phaseTitle } from './card-text.ts'

export interface ProgressLine {
  show(run: RunStateAnswer): void
  clear(): void
}

/** Progress on standard error: one moving line on a terminal, a line a phase elsewhere. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown = ''
  const live = stream.isTTY === true
  return {
    show(run) {
      if (run.status !== 'running' && run.status !== 'queued') return
      const phase = run.current_phase === null ? 'Waiting for a worker' : phaseTitle(run.current_phase)
      const percent = `${String(Math.round(run.progress * 100)).padStart(3)} %`
      const line = live ? `${percent}  ${phase}${run.message === null ? '' : ` · ${run.message}`}` : phase
      if (line === shown) return
      shown = line
      if (live) stream.write(`\r\u001b[K${line.slice(0, Math.max(10, stream.columns - 1))}`)
      else stream.write(`${line} …\n`)
    },
    clear() {
      if (live && shown !== '') stream.write('\r\u001b[K')
      shown = ''
    },
  }
}
