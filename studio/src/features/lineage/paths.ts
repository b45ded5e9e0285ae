import type { ColumnLineageAnswer, DagNode, LineageColumn, PreprocessingDagAnswer } from '#sdk/client'

export interface PathStep {
  readonly id: string
  readonly label: string
  /** What it does, in words. */
  readonly text: string
  readonly phase: DagNode['phase']
  readonly effect: DagNode['effect']
}

/** One way of a raw column: over its steps to a column of the model and the terms that read it, or to where it ends. */
export interface Path {
  readonly raw: LineageColumn
  readonly steps: readonly PathStep[]
  readonly prepared: LineageColumn | null
  /** Other raw columns that the prepared one is also made of. */
  readonly partners: readonly string[]
  readonly terms: readonly LineageColumn[]
  readonly end: 'term' | 'left_out' | 'label' | 'unused' | 'open'
  /** Why it ends, where it does. */
  readonly reason: string | null
}

/** Every way of every raw column: what matters most first, what is left out last. */
export function pathsOf({ columns, edges }: ColumnLineageAnswer, dag: PreprocessingDagAnswer): Path[] {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const steps = new Map(dag.nodes.filter(({ type }) => type === 'step').map((node) => [stepId(node.id), node]))
  const from = groupBy(edges, ({ source }) => source)
  const into = groupBy(edges, ({ target }) => target)
  const trained = columns.some(({ type }) => type === 'model_term')
  const paths = columns.filter(({ type }) => type === 'raw').flatMap((raw): Path[] => {
    const ways = from.get(raw.id) ?? []
    if (ways.length === 0) return [{ raw, steps: droppedBy(raw, dag), prepared: null, partners: [], terms: [], end: 'left_out', reason: raw.left_out }]
    return ways.map((way) => {
      const prepared = byId.get(way.target) ?? null
      const terms = (from.get(way.target) ?? []).flatMap(({ target }) => byId.get(target) ?? [])
      const partners = (into.get(way.target) ?? []).flatMap(({ source }) => (source === raw.id ? [] : (byId.get(source)?.name ?? [])))
      return { raw, steps: way.steps.map((step) => stepOf(step, steps.get(step.id))), prepared, partners, terms, ...endOf({ prepared, terms, trained }) }
    })
  })
  const places = new Map(columns.filter(({ type }) => type === 'model_term').map(({ id }, index) => [id, index]))
  const place = (path: Path) => (path.end === 'term' ? Math.min(...path.terms.map(({ id }) => places.get(id) ?? 0)) : path.end === 'left_out' ? 2e9 : 1e9)
  return paths.toSorted((left, right) => place(left) - place(right))
}

function endOf({ prepared, terms, trained }: { prepared: LineageColumn | null; terms: readonly LineageColumn[]; trained: boolean }): Pick<Path, 'end' | 'reason'> {
  if (terms.length > 0) return { end: 'term', reason: null }
  if (prepared?.type === 'label') return { end: 'label', reason: 'It is what the model predicts.' }
  if (prepared !== null && prepared.left_out !== null) return { end: 'left_out', reason: prepared.left_out }
  return trained ? { end: 'unused', reason: 'The model does not use it.' } : { end: 'open', reason: null }
}

/** Nodes of the graph number their steps, since one step may stand in a pipeline twice. */
function stepId(nodeId: string): string {
  return nodeId.replace(/^step:\d+:/u, '')
}

function stepOf({ id, text }: { readonly id: string; readonly text: string }, node: DagNode | undefined): PathStep {
  return { id, label: node?.label ?? text, text, phase: node?.phase ?? null, effect: node?.effect ?? null }
}

function droppedBy(raw: LineageColumn, { nodes }: PreprocessingDagAnswer): PathStep[] {
  return nodes.filter(({ type, columns }) => type === 'step' && columns.includes(raw.name)).map((node) => stepOf({ id: stepId(node.id), text: node.text ?? node.label }, node))
}

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

/** Whether a way has to do with what is looked for: any name on it. */
export function fitsSearch({ raw, prepared, terms }: Path, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return wanted === '' || [raw.name, prepared?.name ?? '', ...terms.map(({ name }) => name)].some((name) => name.toLowerCase().includes(wanted))
}
