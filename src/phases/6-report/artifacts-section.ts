import type { Block, Cell } from './blocks.ts'
import type { Material } from './material.ts'
import { sectionIds, sectionTitles } from './sections.ts'
import { sourcesOf } from './sources.ts'

/** Everything that this run left, by name and SHA-256, with the chapters that take their numbers from it. */
export function artifactsSection({ artifacts }: Material): Block[] {
  const names = artifacts.map(({ name }) => name)
  const readers = (name: string): string => sectionIds.filter((id) => sourcesOf(id, names).includes(name)).map((id) => sectionTitles[id]).join('; ')
  return [
    {
      kind: 'paragraph',
      text: 'Each is kept under the SHA-256 of its canonical JSON (of its bytes where it is a table). The JSON of this report holds every number that is shown, in full: chapter by chapter at /sections/0, /sections/1 and so on, the measures at /results/metrics, the ledger at /proof/ledger.',
    },
    {
      kind: 'table',
      title: '',
      columns: ['Artifact', 'SHA-256', 'Numbers of it are in'].map((title) => ({ title, align: 'left' as const })),
      rows: artifacts.map(({ name, hash }): Cell[] => [name, { code: hash }, readers(name) === '' ? null : readers(name)]),
    },
  ]
}
