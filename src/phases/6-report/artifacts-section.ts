import type { Block, Cell } from './blocks.ts'
import type { Material } from './material.ts'

/** Everything that this run left, by name and SHA-256. */
export function artifactsSection({ artifacts }: Material): Block[] {
  return [
    { kind: 'paragraph', text: 'Each is kept under the SHA-256 of its bytes; `signalbox verify` recomputes the chain of events that names them.' },
    {
      kind: 'table',
      title: '',
      columns: [
        { title: 'Artifact', align: 'left' },
        { title: 'SHA-256', align: 'left' },
      ],
      rows: artifacts.map(({ name, hash }): Cell[] => [name, { code: hash }]),
    },
  ]
}
