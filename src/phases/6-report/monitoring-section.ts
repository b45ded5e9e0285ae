import type { Block } from './blocks.ts'
import { figure, namesText } from './figure.ts'
import type { Material } from './material.ts'

/** What watches the model after this report. */
export function monitoringSection({ monitored }: Material): Block[] {
  if (monitored === null) {
    return [{ kind: 'missing', text: 'Not provided: monitoring had not been decided when this report was made. A report made after it (POST /v1/reports/wizard) says what was decided; PUT /v1/monitors/create sets up a monitor at any time.' }]
  }
  if (monitored.monitor === null) return [{ kind: 'paragraph', text: 'It was decided to set up no monitor.' }]
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'Columns that are watched', value: figure(monitored.columns.length) },
        { label: 'Their names', value: namesText(monitored.columns, 60) },
        { label: 'Reference profile and settings', value: { code: monitored.monitor } },
      ],
    },
  ]
}
