import { type CategoryTerm, type NumericTerm, type PairAxis, type PairTerm, slotsOfAxis, type Term } from '#ml/model'
import { type Fault, lengthFault } from './fault.ts'

/** Finds lists of a term that have another length than its bins and outputs ask for, and places outside them. */
export function faultsOfTerm(term: Term, outputs: number): Fault[] {
  const output = { length: outputs, of: 'output' }
  if (term.kind === 'pair') return faultsOfPair(term, outputs)
  const missing = lengthFault(['missing'], term.missing, output)
  if (term.kind === 'slope') return [...missing, ...lengthFault(['slope'], term.slope, output), ...lengthFault(['shift'], term.shift, output)]
  if (term.kind === 'numeric') {
    return [...missing, ...edgesFault(['edges'], term.edges), ...faultsOfCurve(term, outputs, { length: term.edges.length + 1, of: 'bin' })]
  }
  return [...missing, ...lengthFault(['unseen'], term.unseen, output), ...faultsOfLevels(term, outputs)]
}

function faultsOfLevels(term: CategoryTerm, outputs: number): Fault[] {
  const bins = term.weight.length
  return [
    ...lengthFault(['bins'], term.bins, { length: term.levels.length, of: 'level' }),
    ...placesFault(['bins'], term.bins, bins),
    ...faultsOfCurve(term, outputs, { length: bins, of: 'bin' }),
  ]
}

function faultsOfPair(term: PairTerm, outputs: number): Fault[] {
  const cells = slotsOfAxis(term.axes[0]) * slotsOfAxis(term.axes[1])
  const axes = term.axes.flatMap((axis, i) => faultsOfAxis(axis).map(({ path, message }) => ({ path: ['axes', i, ...path], message })))
  return [...axes, ...faultsOfCurve(term, outputs, { length: cells, of: 'cell' })]
}

function faultsOfAxis(axis: PairAxis): Fault[] {
  if (axis.kind === 'numeric') return edgesFault(['edges'], axis.edges)
  return [
    ...lengthFault(['slots'], axis.slots, { length: axis.levels.length, of: 'level' }),
    ...placesFault(['slots'], axis.slots, axis.size),
    ...placesFault(['unseen'], [axis.unseen], axis.size),
  ]
}

type Curve = NumericTerm | CategoryTerm | PairTerm

function faultsOfCurve(curve: Curve, outputs: number, bins: { readonly length: number; readonly of: string }): Fault[] {
  const { lower, upper } = curve
  const faults = lengthFault(['weight'], curve.weight, bins)
  if ((lower === undefined) !== (upper === undefined)) {
    faults.push({ path: [lower === undefined ? 'lower' : 'upper'], message: 'a band has both a lower and an upper end' })
  }
  for (const name of ['scores', 'deviation', 'lower', 'upper'] as const) {
    const byOutput = curve[name]
    if (byOutput === undefined) continue
    if (byOutput.length !== outputs) {
      faults.push({ path: [name], message: `expected ${outputs} lists, one for each output, received ${byOutput.length}` })
    }
    for (const [k, values] of byOutput.entries()) faults.push(...lengthFault([name, k], values, bins))
  }
  return faults
}

function edgesFault(path: Fault['path'], edges: readonly number[]): Fault[] {
  const at = edges.findIndex((edge, i) => i > 0 && edge < (edges[i - 1] ?? edge))
  return at < 0 ? [] : [{ path: [...path, at], message: `edges must not fall: ${edges[at]} comes after ${edges[at - 1]}` }]
}

function placesFault(path: Fault['path'], places: readonly number[], size: number): Fault[] {
  const at = places.findIndex((place) => place < 0 || place >= size)
  return at < 0 ? [] : [{ path: [...path, at], message: `expected a place from 0 to ${size - 1}, received ${places[at]}` }]
}
