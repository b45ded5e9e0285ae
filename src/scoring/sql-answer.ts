import { join, name, number, sql, text, type Sql } from '#core/sql'
import { doubleSql, doublesSql } from '#steps/double-sql'
import type { PortableModel } from './portable-model.ts'
import { type Layers, scoreOf, searchLayers } from './sql-model.ts'

/** What is said of a row, under the names that a SELECT gives it. */
export interface AnswerSql {
  readonly layers: Layers
  readonly columns: ReadonlyArray<{ readonly id: string; readonly expression: Sql }>
}

/** Score, probability and prediction out of the scores of the outputs. */
export function answerSql(model: PortableModel): AnswerSql {
  if (model.task === 'binary') return binarySql(model)
  if (model.task === 'multiclass') return multiclassSql(model)
  const { logScale } = model
  const score = scoreOf(0)
  const clipped = logScale === null ? score : sql`exp(least(${doubleSql(logScale.high)}, greatest(${doubleSql(logScale.low)}, ${score}))) * ${doubleSql(logScale.smear)}`
  return { layers: [], columns: [{ id: 'signalbox_score', expression: score }, { id: 'signalbox_pred', expression: clipped }] }
}

function binarySql(model: PortableModel): AnswerSql {
  const { layers, probability } = calibratedSql(model)
  const [no = '', yes = ''] = model.classes ?? []
  return {
    layers: [...layers, [{ id: 'proba', expression: probability }]],
    columns: [
      { id: 'signalbox_score', expression: scoreOf(0) },
      { id: 'signalbox_proba', expression: sql`proba` },
      { id: 'signalbox_pred', expression: sql`case when proba >= ${doubleSql(model.threshold)} then ${text(yes)} else ${text(no)} end` },
    ],
  }
}

function calibratedSql({ calibration }: PortableModel): { readonly layers: Layers; readonly probability: Sql } {
  const score = scoreOf(0)
  const logistic = (x: Sql): Sql => sql`1e0 / (1e0 + exp(-(${x})))`
  if (calibration.kind === 'identity') return { layers: [], probability: logistic(score) }
  if (calibration.kind === 'platt') return { layers: [], probability: logistic(sql`${doubleSql(calibration.slope)} * ${score} + ${doubleSql(calibration.intercept)}`) }
  const { scores, probabilities } = calibration
  const { layers, place } = searchLayers(score, scores, { prefix: 'iso', isAbove: (x, knot) => sql`${x} >= ${knot}` })
  const [x, y] = [(at: Sql): Sql => sql`iso_edges[${at}]`, (at: Sql): Sql => sql`iso_chances[${at}]`]
  const above = sql`(${place} + 1)`
  const line = sql`${y(place)} + (${score} - ${x(place)}) / (${x(above)} - ${x(place)}) * (${y(above)} - ${y(place)})`
  const probability = sql`case when ${place} = 0 then iso_chances[1] when ${place} = ${number(scores.length)} then iso_chances[${number(scores.length)}] else ${line} end`
  return { layers: [[{ id: 'iso_chances', expression: doublesSql(probabilities) }, ...(layers[0] ?? [])], ...layers.slice(1)], probability }
}

function multiclassSql({ classes, intercepts }: PortableModel): AnswerSql {
  const outputs = intercepts.map((_, output) => output)
  const of = (what: string) => (output: number): Sql => name(`${what}${output}`)
  const [weight, share] = [of('weight'), of('share')]
  const total = outputs.map(weight).reduce((sum, next) => sql`${sum} + ${next}`)
  const likeliest = (of: (output: number) => Sql): Sql => sql`case ${join(outputs.map((output) => sql`when ${share(output)} = likeliest then ${of(output)}`), sql` `)} end`
  return {
    layers: [
      [{ id: 'highest', expression: sql`greatest(${join(outputs.map(scoreOf))})` }],
      outputs.map((output) => ({ id: `weight${output}`, expression: sql`exp(${scoreOf(output)} - highest)` })),
      outputs.map((output) => ({ id: `share${output}`, expression: sql`${weight(output)} / (${total})` })),
      [{ id: 'likeliest', expression: sql`greatest(${join(outputs.map(share))})` }],
    ],
    columns: [
      { id: 'signalbox_score', expression: likeliest(scoreOf) },
      { id: 'signalbox_proba', expression: sql`likeliest` },
      { id: 'signalbox_pred', expression: likeliest((output) => text(classes?.[output] ?? '')) },
      ...outputs.map((output) => ({ id: `signalbox_proba_${classes?.[output] ?? output}`, expression: share(output) })),
    ],
  }
}
