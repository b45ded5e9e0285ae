import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import type { Phase } from '#phases/phase'
import { reportPhase } from '#phases/6-report/phase'
import { phases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import { seededRandom } from '#ml/random'
import type { TestHouse } from './house.testkit.ts'

const short = ['data_preparation', 'label_selection', 'model_training']

/** A house whose runs prepare, choose a label, train and report. */
export async function openReportHouse(): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-reports-'))
  const planned = [...phases.filter(({ name }) => short.includes(name)), reportPhase as unknown as Phase]
  const house = await openHouse({ dataDir, fast: true, threads: 2, memoryMb: 1024, phases: planned })
  const apiKey = await ownerKey(house, dataDir)
  await house.work(2)
  const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
  const client = new Signalbox({ baseUrl: url, apiKey })
  return {
    house, client, url, apiKey, dataDir,
    upload: async (csv) => (await client.datasets.upload(typeof csv === 'string' ? new Blob([csv]) : csv, { name: 'table', fileName: 'table.csv' })).dataset_id,
    async close() {
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const hostile = ['<script>alert("1")</script>', '"quoted\' & <b>bold</b>', '🚲 `tick` | [link](x)', ']]>--><style>*{display:none}']

/** The names of the columns of `hostileTable` that the model may read. */
export const hostileNames: readonly string[] = hostile

/** A table whose column names and values would break out of a careless page; `label` depends on the first and third. */
export function hostileTable(rows = 160): string {
  const random = seededRandom(3)
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = Array.from({ length: rows }, () => {
    const [a, b, c] = [random.next() * 100, random.next(), random.below(3)]
    const colour = ['<img src=x onerror=alert(1)>', 'blue & "green"', "it's {{7*7}}"][c] ?? ''
    const label = a / 100 + (c === 0 ? 0.4 : 0) + random.next() * 0.3 > 0.8 ? '<yes>' : 'no'
    return [a.toFixed(1), b.toFixed(3), cell(colour), random.below(10) === 0 ? '' : String(random.below(50)), cell(label)].join(',')
  })
  return [[...hostile, 'label'].map(cell).join(','), ...lines].join('\n')
}

/** A table of so many columns, a quarter of them categories, each of which adds something to the label. */
export function wideTable(columns: number, rows: number): string {
  const random = seededRandom(11)
  const lines = Array.from({ length: rows }, () => {
    let score = 0
    const cells = Array.from({ length: columns }, (_, i) => {
      const value = random.next()
      score += (Math.sin(value * 6) * 2) / (1 + i / 8)
      if (random.below(30) === 0) return ''
      return i % 4 === 0 ? (['north', 'south', 'east', 'west', 'up & down'][Math.floor(value * 5)] ?? '') : (value * 100).toFixed(3)
    })
    return [...cells, random.next() < 1 / (1 + Math.exp(-score)) ? 'yes' : 'no'].join(',')
  })
  return [[...Array.from({ length: columns }, (_, i) => `column ${i + 1}`), 'label'].join(','), ...lines].join('\n')
}
