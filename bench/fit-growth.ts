import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adultLike } from './adult-like.ts'
import type { Figures } from './fit-figures.ts'
import { fitOurs } from './fit-ours.ts'
import { writeFold } from './fold-files.ts'
import type { PythonPeers } from './python-peers.ts'

/** What the trainers needed for so many training rows. */
export interface Growth {
  readonly rows: number
  readonly glassbox: Figures
  readonly trees: Figures
  readonly lightgbm: Figures
}

interface GrowthWish {
  readonly sizes: readonly number[]
  readonly threads: number
  readonly peers: PythonPeers
  readonly say: (line: string) => void
}

const testRows = 20_000
/** Pairs of the glass box. */
const pairs = 14

/** Fits tables of the same kind and more and more rows: the glass box with 14 pairs, and trees beside LightGBM. */
export async function measureGrowth({ sizes, threads, peers, say }: GrowthWish): Promise<Growth[]> {
  const measured: Growth[] = []
  for (const rows of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-growth-'))
    try {
      writeFold(folder, adultLike({ train: rows, test: testRows }, 1))
      const glassbox = await fitOurs({ folder, trainer: 'glassbox', threads, settings: { glassbox: { pairs } } })
      const trees = await fitOurs({ folder, trainer: 'trees', threads })
      const lightgbm = await peers.fit({ folder, peer: 'lightgbm', threads, repeats: 3 })
      say(`${rows.toLocaleString('en-US')} rows: glass box ${glassbox.fit_s?.toFixed(2) ?? glassbox.error} s, trees ${trees.fit_s?.toFixed(2) ?? trees.error} s, LightGBM ${lightgbm.fit_s?.toFixed(2) ?? lightgbm.error} s`)
      measured.push({ rows, glassbox, trees, lightgbm })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return measured
}
