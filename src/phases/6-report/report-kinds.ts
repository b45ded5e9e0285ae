import { mostCurves } from './schema.ts'
import { sectionIds, type SectionId } from './sections.ts'

/** One of the reports that are offered. */
export interface ReportKind {
  readonly id: string
  readonly title: string
  readonly summary: string
  /** The word by which an answer may name it. */
  readonly audience: string
  readonly audienceText: string
  readonly sections: readonly SectionId[]
  readonly maxFeatures: number
}

/** The reports that are offered, the recommended one first. */
export const reportKinds: readonly [ReportKind, ...ReportKind[]] = [
  {
    id: 'technical-file',
    title: 'Full technical file',
    summary: 'Every chapter: data work, model, figures, limits and decisions, so that a reviewer needs nothing else.',
    audience: 'technical',
    audienceText: 'Data scientists and reviewers who sign the model off',
    sections: sectionIds,
    maxFeatures: mostCurves,
  },
  {
    id: 'business-summary',
    title: 'Summary for the business',
    summary: 'What was asked, how well it is answered, what drives it, and what to be careful with.',
    audience: 'business',
    audienceText: 'Those who use the predictions',
    sections: ['question', 'use', 'performance', 'playground', 'curves', 'left_out', 'limits'],
    maxFeatures: 6,
  },
  {
    id: 'decision-record',
    title: 'Decisions only',
    summary: 'Every decision with its options, evidence, choice, actor and reason, and the hashes that prove it.',
    audience: 'audit',
    audienceText: 'Auditors and those who keep records',
    sections: ['question', 'use', 'decisions', 'artifacts'],
    maxFeatures: 0,
  },
]
