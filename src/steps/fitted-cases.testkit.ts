import type { StepSpec } from '#core/pipeline-spec'

const words = ['text', 'other; "text" 💥']
const numbers = ['number', 'integer', 'boolean']

/** Every step type that learns from the rows, and those that stand beside it, with the parameters that change what it does. */
export const fittedCases: readonly StepSpec[] = [
  ['SimpleImputer', {}, numbers],
  ['SimpleImputer', { strategy: 'median', add_indicator: true, keep_empty_features: true }, ['integer', 'number']],
  ['SimpleImputer', { strategy: 'most_frequent', add_indicator: true }, [...words, ...numbers]],
  ['SimpleImputer', { strategy: 'constant', fill_value: 0.5 }, ['integer', 'number']],
  ['SimpleImputer', { strategy: 'constant' }, words],
  ['StandardScaler', {}, numbers],
  ['StandardScaler', { with_mean: false }, ['number']],
  ['MinMaxScaler', {}, numbers],
  ['MinMaxScaler', { feature_range: [-3, 0.1], clip: true }, ['number', 'integer']],
  ['RobustScaler', {}, numbers],
  ['RobustScaler', { quantile_range: [10, 60], unit_variance: true, with_centering: false }, ['number']],
  ['OneHotEncoder', {}, [...words, 'boolean']],
  ['OneHotEncoder', { handle_unknown: 'ignore', drop: 'first' }, ['integer', 'text']],
  ['OneHotEncoder', { handle_unknown: 'infrequent_if_exist', min_frequency: 2 }, [...words, 'number']],
  ['OneHotEncoder', { handle_unknown: 'ignore', categories: [['7', 'STRASSE', null]] }, ['text']],
  ['OrdinalEncoder', {}, [...words, ...numbers]],
  ['OrdinalEncoder', { handle_unknown: 'use_encoded_value', unknown_value: -9, encoded_missing_value: -1, max_categories: 4 }, ['text', 'integer']],
  ['PowerTransformer', {}, ['number', 'integer']],
  ['PowerTransformer', { standardize: false }, ['integer']],
  ['QuantileTransformer', {}, numbers],
  ['QuantileTransformer', { n_quantiles: 7, output_distribution: 'normal' }, numbers],
  ['KBinsDiscretizer', {}, ['integer']],
  ['KBinsDiscretizer', { encode: 'ordinal', strategy: 'uniform', n_bins: 4 }, ['integer', 'boolean']],
  ['KBinsDiscretizer', { encode: 'onehot-dense', strategy: 'kmeans', n_bins: 3 }, ['integer']],
  ['Binarizer', { threshold: 1.5 }, numbers],
  ['FillMissingTransformer', { strategies: { text: 'mode', number: 'mean', integer: 'median', boolean: 'mode', day: 'mode', moment: 'mode' } }],
  ['FillMissingTransformer', { strategies: { integer: 0.5, 'other; "text" 💥': "it's; --" } }, ['integer', 'other; "text" 💥']],
  ['CategoryCondenseTransformer', { max_categories: 5, other_label: '"Ü"; --' }],
  ['CategoryCondenseTransformer', { min_frequency: 0.04 }, ['text']],
  ['ClipTransformer', { min_val: -1, bounds: { integer: [null, 7] } }],
  ['MissingFlagTransformer', {}],
  ['MissingFlagTransformer', { suffix: '"?', drop_original: true }, ['day', 'text']],
].map(([type, params, columns], i) => ({ id: `fitted_${i}`, type, params, ...(columns === undefined ? {} : { columns }) }) as StepSpec)
