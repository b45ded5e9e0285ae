import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { orThrow } from '#core/errors'
import { readLabelledFile } from '#main-files'
import { splitFold } from '#service/split-fold'
import type { Figures } from './fit-figures.ts'
import { fitOurs } from './fit-ours.ts'
import type { BenchTable } from './fit-tables.ts'
import { writeFold } from './fold-files.ts'
import type { PythonPeers } from './python-peers.ts'

/** Models of a comparison, ours beside the peer of its kind. */
export const modelNames = ['glassbox', 'ebm', 'trees', 'lightgbm', 'linear', 'sklearn'] as const
export type ModelName = (typeof modelNames)[number]

/** Figures of each model by fold. */
export interface Compared {
  readonly table: BenchTable
  readonly rows: number
  readonly columns: number
  readonly folds: readonly number[]
  readonly figures: Readonly<Record<ModelName, readonly Figures[]>>
}

interface CompareWish {
  /** Where the file of the table lies. */
  readonly path: string
  readonly folds: readonly number[]
  readonly threads: number
  /** Whether EBM, by far the slowest, is fitted at this number of rows. */
  readonly takesEbm: (rows: number) => boolean
  readonly peers: PythonPeers
  readonly say: (line: string) => void
}

/** Fits all models on the same folds, one after another, so that ratios hold when the machine's speed drifts. */
export async function compareTable(table: BenchTable, wish: CompareWish): Promise<Compared> {
  const { path, folds, threads, say } = wish
  const rows = await readLabelledFile({ ...table, path, fileName: basename(path) }, { threads, signal: new AbortController().signal })
  const figures: Record<ModelName, Figures[]> = { glassbox: [], ebm: [], trees: [], lightgbm: [], linear: [], sklearn: [] }
  for (const fold of folds) {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-fold-'))
    try {
      writeFold(folder, orThrow(splitFold(rows, fold)))
      for (const model of modelNames) {
        if (model === 'ebm' && !wish.takesEbm(rows.table.rows)) continue
        const one = await fitOne(model, folder, wish)
        figures[model].push(one)
        say(`${table.name} fold ${fold}: ${model} ${one.error ?? `${one.fit_s?.toFixed(3)} s${one.fit_cold_s === undefined ? '' : `, cold ${one.fit_cold_s.toFixed(3)} s`}`}`)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return { table, rows: rows.table.rows, columns: rows.table.columns.length, folds, figures }
}

function fitOne(model: ModelName, folder: string, { threads, peers }: CompareWish): Promise<Figures> {
  if (model === 'glassbox' || model === 'trees' || model === 'linear') return fitOurs({ folder, trainer: model, threads })
  const peer = model === 'sklearn' ? 'linear' : model
  return peers.fit({ folder, peer, threads, repeats: model === 'ebm' ? 1 : 3 })
}
