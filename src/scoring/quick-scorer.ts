import { accept, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { compileModel } from '#ml/compile-model'
import type { Value } from '#ml/compiled-model'
import { compilePipeline } from '#steps/compile-pipeline'
import { pipelineLineage, type LineageEdge } from '#steps/pipeline-graph'
import { rowRunner } from '#steps/run-row'
import { featureValue } from './feature-value.ts'
import type { RawRow } from './row-reader.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** A row as the model reads it, by feature. */
export type Prepared = Readonly<Record<string, Value>>

/** The parts of a scorer one by one, for whoever scores many variants of one row. */
export interface QuickScorer {
  prepare(row: RawRow): Prepared
  /** Scores by output of a prepared row; with `terms` only what these terms add, without the intercepts. */
  scores(prepared: Prepared): number[]
  termScores(terms: readonly number[]): (prepared: Prepared) => number[]
  /** From raw columns to features. */
  readonly lineage: readonly LineageEdge[]
}

export function quickScorer({ pipeline, features, model }: ScorerDocument): Result<QuickScorer> {
  const compiled = compilePipeline(pipeline.spec, pipeline.columns, pipeline.state)
  if (!compiled.ok) return compiled
  const run = rowRunner(compiled.value, pipeline.state)
  const whole = compileModel(model)
  function prepare(row: RawRow): Prepared {
    const prepared: Record<string, Cell> = run(row)
    return Object.fromEntries(features.map(({ name, type }) => [name, featureValue(prepared[name] ?? null, type)]))
  }
  function scoring({ reads, addScores }: ReturnType<typeof compileModel>, start: readonly number[]) {
    return (prepared: Prepared): number[] => {
      const sums = [...start]
      addScores(reads.map(({ feature }) => prepared[feature] ?? null), sums)
      return sums
    }
  }
  return accept({
    prepare,
    scores: scoring(whole, model.intercepts),
    termScores: (terms) => scoring(compileModel({ ...model, terms: terms.flatMap((term) => model.terms[term] ?? []) }), model.intercepts.map(() => 0)),
    lineage: pipelineLineage(compiled.value),
  })
}
