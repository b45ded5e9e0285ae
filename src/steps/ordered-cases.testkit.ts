import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'

/** Columns of tables whose rows have groups, an order and times. */
export const orderedColumns: readonly Column[] = [
  { id: 'c0', name: 'shop', type: 'text' },
  { id: 'c1', name: 'desk; "1" 💥', type: 'integer' },
  { id: 'c2', name: 'rank', type: 'number' },
  { id: 'c3', name: 'moment', type: 'timestamp' },
  { id: 'c4', name: 'day', type: 'date' },
  { id: 'c5', name: 'sales', type: 'number' },
  { id: 'c6', name: 'open', type: 'boolean' },
  { id: 'c7', name: 'note', type: 'text' },
]

const specs = (list: ReadonlyArray<readonly [string, StepSpec['params'], string[]?]>): StepSpec[] =>
  list.map(([type, params, columns], i) => ({ id: `step_${i}`, type, params, ...(columns === undefined ? {} : { columns }) }))

/** Steps that are fitted on some rows and then know any row alone. */
export const keptCases: readonly StepSpec[] = specs([
  ...['max', 'min', 'first', 'last', 'any', 'count', 'mean', 'sum'].map((op): [string, StepSpec['params'], string[]] => ['GroupBroadcastTransformer', { group_by: ['shop', 'desk; "1" 💥'], op, suffix: '_of' }, ['sales', 'open']]),
  ...['max', 'min', 'first', 'last', 'any', 'count'].map((op): [string, StepSpec['params']] => ['GroupBroadcastTransformer', { columns: ['note', 'day'], group_by: 'rank', op }]),
  ...['h', 'D', 'W', 'M', 'Q', 'Y'].map((time_unit): [string, StepSpec['params']] => ['GroupBroadcastTransformer', { columns: 'note', time_column: time_unit === 'Q' ? 'day' : 'moment', time_unit, op: 'last' }]),
  ['GroupBroadcastTransformer', { columns: ['sales'], group_by: ['day', 'moment', 'open'], op: 'mean' }],
  ['DateTimeExtractTransformer', { components: ['elapsed_days', 'elapsed_hours', 'hour'] }, ['moment', 'day']],
  ['CrossCategoriesTransformer', {}, ['shop', 'desk; "1" 💥', 'rank']],
  ['CrossCategoriesTransformer', { columns: ['open', 'sales'], separator: '"; ', zero_pad: false, drop_original: true, max_levels: 1000 }],
  ['CrossCategoriesTransformer', { columns: ['moment', 'day'], output_column: 'when' }],
])

/** Steps that look up earlier rows by their times, of which the fit keeps the last ones. */
export const historyCases: readonly StepSpec[] = specs([
  ['TimeLagTransformer', { time_column: 'moment', columns: ['sales', 'open'], lags: ['1h', '2h'], windows: ['3h'], operations: ['mean', 'sum', 'min', 'max', 'std', 'count'], group_by: ['shop', 'desk; "1" 💥'], add_has_history: true }],
  ['TimeLagTransformer', { time_column: 'day', columns: 'sales', lags: '24h', windows: ['2D'], gap: '1D', dedupe: 'last' }],
  ['TimeLagTransformer', { time_column: 'moment', columns: 'rank', windows: ['2h'], operations: 'count', gap: '1h', dedupe: 'sum', group_by: 'open' }],
])

/** Steps whose values are those of other rows of the table. */
export const acrossCases: readonly StepSpec[] = specs([
  ['GroupedLagTransformer', { columns: ['sales', 'note', 'open', 'day'], group_by: 'shop', order_by: ['rank', 'moment'], periods: [1, 2] }],
  ['GroupedLagTransformer', { columns: 'moment' }],
  ['FillMissingTransformer', { strategies: { sales: 'ffill', note: 'bfill', rank: 'bfill' }, default: 'ffill' }],
  ...(['mean', 'sum', 'min', 'max', 'std', 'count', 'median'] as const).flatMap((operation, i) =>
    (['right', 'left', 'both', 'neither'] as const).map((closed, j): [string, StepSpec['params']] => ['RollingAggTransformer', { columns: ['sales', 'open'], operation, closed, window: 3, min_periods: (i + j) % 3, shift: i % 2, group_by: j % 2 === 0 ? ['shop'] : null, order_by: 'moment' }]),
  ),
])
