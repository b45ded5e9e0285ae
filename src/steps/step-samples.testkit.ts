import type { StepSpec } from '#core/pipeline-spec'

/** Names of columns, one of each kind and two of text, as some table happens to have them. */
export interface SampleNames {
  readonly text: string
  readonly other: string
  readonly number: string
  readonly integer: string
  readonly boolean: string
  readonly day: string
  readonly moment: string
}

type Sample = (names: SampleNames) => Omit<StepSpec, 'id' | 'type'>

/** A name as an expression writes it. */
const tick = (name: string) => `\`${name}\``

/**
 * A step of every type on columns of any names, for tests that go through all types. A new type adds a line here, and
 * is then taken through hostile names, previews and lineage like the others.
 */
export const stepSamples: Readonly<Record<string, Sample>> = {
  NullTokensTransformer: ({ text, other }) => ({ columns: [text, other], params: { tokens: ['none'], flag_suffix: '"; --' } }),
  ParseNumericTransformer: ({ other }) => ({ columns: [other], params: { suffix: ' "number"' } }),
  RenameColumnsTransformer: ({ text, number }) => ({ params: { mapping: { [text]: `${text} or 1=1`, [number]: `new ${number}` } } }),
  TypeCastTransformer: ({ integer, number }) => ({ params: { dtypes: { [integer]: 'float64', [number]: 'float32' } } }),
  DropColumnsTransformer: ({ text, day }) => ({ columns: [text, day], params: {} }),
  TextCleanTransformer: ({ text }) => ({ columns: [text], params: { operations: ['strip', 'mask_digits'] } }),
  DateTimeExtractTransformer: ({ day, moment }) => ({ columns: [day, moment], params: { components: ['year', 'month'] } }),
  ExpressionTransformer: ({ number, integer, text }) => ({ params: { expression: `${tick(number)} / ${tick(integer)}.where(${tick(text)} != 'none')`, output_column: `${text}; made` } }),
  OrdinalMapTransformer: ({ text }) => ({ columns: [text], params: { order: ['none', 'red', 'blue'] } }),
  SimpleImputer: ({ number, integer }) => ({ columns: [number, integer], params: { strategy: 'median', add_indicator: true } }),
  StandardScaler: ({ number, integer }) => ({ columns: [number, integer], params: {} }),
  MinMaxScaler: ({ number }) => ({ columns: [number], params: {} }),
  RobustScaler: ({ number }) => ({ columns: [number], params: {} }),
  OneHotEncoder: ({ text, boolean }) => ({ columns: [text, boolean], params: { handle_unknown: 'ignore' } }),
  OrdinalEncoder: ({ text, other }) => ({ columns: [text, other], params: {} }),
  PowerTransformer: ({ number }) => ({ columns: [number], params: {} }),
  QuantileTransformer: ({ number }) => ({ columns: [number], params: { n_quantiles: 5 } }),
  KBinsDiscretizer: ({ integer }) => ({ columns: [integer], params: { n_bins: 3, encode: 'onehot-dense' } }),
  Binarizer: ({ integer }) => ({ columns: [integer], params: { threshold: 1 } }),
  FillMissingTransformer: ({ text, number }) => ({ params: { strategies: { [text]: 'mode', [number]: 'mean' } } }),
  CategoryCondenseTransformer: ({ text }) => ({ columns: [text], params: { max_categories: 2 } }),
  ClipTransformer: ({ number }) => ({ params: { bounds: { [number]: [0, 5] } } }),
  MissingFlagTransformer: ({ text, number }) => ({ columns: [text, number], params: { suffix: '"?' } }),
  GroupedLagTransformer: ({ number, text, integer }) => ({ params: { columns: [number], group_by: [text], order_by: [integer], periods: [1] } }),
  RollingAggTransformer: ({ number, text, moment }) => ({ params: { columns: [number], operation: 'mean', window: 3, group_by: [text], order_by: moment } }),
  TimeLagTransformer: ({ number, moment, text }) => ({ params: { time_column: moment, columns: [number], lags: ['24h'], windows: ['48h'], operations: ['mean'], group_by: [text] } }),
  GroupBroadcastTransformer: ({ number, text }) => ({ columns: [number], params: { group_by: [text], op: 'mean', suffix: '"; of' } }),
  CrossCategoriesTransformer: ({ text, boolean }) => ({ params: { columns: [text, boolean], output_column: `${text} × ${boolean}` } }),
  TextFeaturesTransformer: ({ text }) => ({ params: { columns: [text], keywords: ['red; "'], drop_original: false } }),
}
