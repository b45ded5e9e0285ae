import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'

/** Columns of the property test, one of each type and two of text. */
export const caseColumns: readonly Column[] = [
  { id: 'c0', name: 'text', type: 'text' },
  { id: 'c1', name: 'other; "text" 💥', type: 'text' },
  { id: 'c2', name: 'number', type: 'number' },
  { id: 'c3', name: 'integer', type: 'integer' },
  { id: 'c4', name: 'boolean', type: 'boolean' },
  { id: 'c5', name: 'day', type: 'date' },
  { id: 'c6', name: 'moment', type: 'timestamp' },
]

const calendar = ['year', 'month', 'day', 'hour', 'minute', 'second', 'dayofweek', 'dayofyear', 'weekofyear', 'quarter', 'hour_of_week', 'is_weekend', 'is_month_start', 'is_month_end', 'month_index', 'date']

/** Every step type with the parameters that change what it does. */
export const stepCases: readonly StepSpec[] = [
  ['NullTokensTransformer', {}],
  ['NullTokensTransformer', { tokens: ['unknown', 'ß', 'Straße', 'ΣΑΣ', 'ﬁ'], values: [0, 12, -5.5], flag_suffix: '_was_null' }],
  ['NullTokensTransformer', { tokens: ['NA', ' - '], strip: false, case_sensitive: true }],
  ['ParseNumericTransformer', {}, ['text', 'other; "text" 💥', 'number', 'integer', 'boolean']],
  ['ParseNumericTransformer', { columns: ['text'], percent: 'fraction', ranges: 'low', na_values: [999, '-1', 'n.v.'], mapping: { '< 1 year': 0.5, '10+ years': null, '7': 70 } }],
  ['ParseNumericTransformer', { columns: 'text', thousands: '.', decimal: ',', currency: 'R€', units: false, suffix: '_number' }],
  ['ParseNumericTransformer', { thousands: null, currency: null, negative_parens: false, ranges: 'high' }, ['text', 'other; "text" 💥']],
  ['ParseNumericTransformer', { thousands: ' ', currency: ['kr', '$'], ranges: null }, ['other; "text" 💥']],
  ['RenameColumnsTransformer', { mapping: { text: 'renamed', integer: 'text' } }],
  ['TypeCastTransformer', { dtypes: { text: 'float64', 'other; "text" 💥': 'int', number: 'float32', integer: 'float', boolean: 'int64' } }],
  ['TypeCastTransformer', { dtypes: { integer: 'string', boolean: 'string', number: 'int64', text: 'float32' } }],
  ['TypeCastTransformer', { dtypes: { number: 'string', text: 'datetime', day: 'string', moment: 'datetime64[ns]', integer: 'bool' } }],
  ['TypeCastTransformer', { dtypes: { number: 'bool', boolean: 'bool', integer: 'Float64', day: 'datetime' } }],
  ['TypeCastTransformer', { dtypes: { text: 'int', number: 'int64', boolean: 'int32', 'other; "text" 💥': 'float' }, errors: 'raise' }],
  ['DropColumnsTransformer', {}, ['text', 'boolean']],
  ['TextCleanTransformer', { operations: ['strip'] }],
  ['TextCleanTransformer', { operations: ['remove_extra_whitespace', 'mask_digits'] }, ['other; "text" 💥']],
  ['TextCleanTransformer', { operations: ['remove_digits', 'strip'] }],
  ['TextCleanTransformer', { operations: ['mask_urls', 'mask_emails', 'remove_html', 'uppercase', 'remove_punctuation'] }],
  ['TextCleanTransformer', { operations: 'lowercase', regex_pattern: '[0-9]{2,}|k[mn]', regex_replacement: '#$1' }, ['text']],
  ['TextCleanTransformer', { operations: ['html_unescape'] }],
  ['TextCleanTransformer', { operations: ['fix_encoding'] }, ['text']],
  ['TextCleanTransformer', { operations: ['nfkc'] }],
  ['TextCleanTransformer', { operations: ['fix_encoding', 'html_unescape', 'nfkc', 'lowercase', 'remove_extra_whitespace'] }],
  ['DateTimeExtractTransformer', {}, ['day']],
  ['DateTimeExtractTransformer', { components: [...calendar, 'elapsed_days', 'elapsed_hours'], origin: '2011-01-01T06:30:00', drop_original: false }, ['moment', 'day']],
  ['DateTimeExtractTransformer', { components: calendar.slice(0, 10), as_categorical: true }, ['moment']],
  ['DateTimeExtractTransformer', { components: ['year', 'hour_of_week'], as_categorical: ['year'] }, ['day', 'moment']],
  ['ExpressionTransformer', { expression: 'number / integer.where(integer != 0) - 2 * -number', output_column: 'ratio' }],
  ['ExpressionTransformer', { expression: '((number - integer) / (integer / number)).clip(-5, integer).fillna(boolean * 3)', output_column: 'number' }],
  ['ExpressionTransformer', { expression: "(text == '7') | ~boolean & (number > 0 != boolean)", output_column: 'truth' }, ['text', 'number', 'boolean']],
  ['ExpressionTransformer', { expression: "text.where(1 <= integer < 12, `other; \"text\" 💥`).fillna('none')", output_column: 'choice' }],
  ['ExpressionTransformer', { expression: 'sqrt(abs(number)) + floor(number) - ceil(number).abs() + (number.isna() | integer.between(0, 12, "left")).astype(int)', output_column: 'mixed' }],
  ['ExpressionTransformer', { expression: "text.str.lower() + text.str.upper() + text.str.strip('15 -')", output_column: 'cases' }],
  ['ExpressionTransformer', { expression: "text.str.len() // 3 + text.str.count('[0-9]+') % 2 + text.str.count(r'\\w', flags=2)", output_column: 'counts' }],
  ['ExpressionTransformer', { expression: "text.str.contains(r'\\b(to|na|12)\\b', case=False) | text.str.contains('^[^a-z]?5') | text.str.startswith('-', na=True)", output_column: 'found' }],
  ['ExpressionTransformer', { expression: "~text.where(boolean).str.endswith('0') & (text < `other; \"text\" 💥`) | (text >= 'e')", output_column: 'compared' }],
  ['ExpressionTransformer', { expression: "number // integer + (number % integer).round(1) + integer.astype('Int64') - number.astype(int).where(number.astype('bool'), 3)", output_column: 'whole' }],
  ['OrdinalMapTransformer', { order: ['7', 'na', 'Straße', '5 km', 'ΣΑΣ', '( 5 )'] }, ['text', 'other; "text" 💥']],
  ['OrdinalMapTransformer', { columns: 'integer', mapping: { '7.0': 1.5, '0': null, '12': -3 }, missing_value: 0 }],
  ['OrdinalMapTransformer', { order: { text: ['5', '7', 'n/a'], boolean: [false, true] }, mapping: { text: { '0007': 9, '5.0': 0.1 } }, start: -1, missing_value: 99, case_sensitive: true }],
  ['TextFeaturesTransformer', {}, ['text', 'other; "text" 💥']],
  ['TextFeaturesTransformer', { columns: 'text', features: ['n_control', 'n_html_entities', 'n_nonascii'], keywords: ['5', 'to', '$', 'σας', 'k', 'na km', 'ß'], max_chars: 7, drop_original: false }],
  ['TextFeaturesTransformer', { columns: ['text'], features: [], keywords: ['NA', '１２', '( 5'], case_sensitive: true }],
].map(([type, params, columns], i) => ({ id: `step_${i}`, type, params, ...(columns === undefined ? {} : { columns }) }) as StepSpec)

/** Texts that have tripped parsers before. */
export const nastyTexts: readonly string[] = [
  '', ' ', '\t\n', '\u00a0', '1,234', '1,23', '1,2345', '12,345,678.90', '(5)', '( 5 )', '(5', '5)', '(-5)', '-(5)', '12%', ' 12 %', '%12', '12%%', '$3', '3$', '$3$', '$ 3', '-$3', '$-3', '-$-3', '£2,000.50', '5-10', '5 - 10', '10-5',
  '-5--1', '5 to 10', '5 TO 10', '$5-$10', '5-$10', '5–10', '1e5', '1E5', '1e', '1e400', '-1e400', '1e-400', 'NaN', 'nan', '-0', '-0.0', '+7', '+-7', '--7', '.5', '5.', '.', '-', '−5', '٣', '３', '5 km', '5 km/h', '5km²', '5 €', '10+', '10+ years', '< 1 year', '<=50K', '>50K', '≥ 3', '<5+', '0x10', '1_000', '007', '1 000', '1\u202f000',
  '12 34', 'Inf', 'infinity', 'UNKNOWN', 'Unknown ', 'n/a', ' N/A ', 'NA', 'null', 'NULL', '#N/A', 'mißing', 'MISSING', 'STRASSE', 'straße', 'σας', 'ΣΑΣ', 'ﬁ', 'FI', 'K', 'ſ', 'ı', 'İ', 'n.v.', '999', '999.0', '-1', '7', '7.0', 'a\u0000b'.replace('\u0000', ''), '👩‍👧 5', '5 👩', 'kr 5', 'R5', 'r5', '1.234,56', '1.234', "it's", '"quoted"', 'a;b', 'e5', '5e', 'x'.repeat(70), `${'9'.repeat(70)}`, '9007199254740993', '0.1', '123456789.123456789', '2011-01-01', '12:30', '5 (five)', '5 a1', '5.5.5', '1,234,56', '1 - 2 - 3', '５', '½', '²',
]

/** Character references, texts that were decoded by the wrong table, and characters that only look different. */
export const markupTexts: readonly string[] = [
  '&lt;b&gt; &amp;amp; &ampfoo; &amp', '&notin; &notit; &notx &copy2024', '&#65;&#x41;&#X41&#0;&#13;&#128;&#129;&#x9f;', '&#55296; &#x110000; &#99999999999999999999; &#xfffe; &#11;', '&; &# &#x; &#xg; & b &&amp;&CounterClockwiseContourIntegral;', '&Amp; &AMP &NotEqualTilde; &nbsp;x&nGt;', '&#0065 &#x1F469;',
  'donâ€™t', 'don\u0092t', 'cafÃ© â‚¬', 'café', 'Ã', 'â\u0080\u0099', '\u0081Ã©', 'Ã© 東', 'ðŸ˜€ \r\n', 'Ð¶', 'Ã\u00a0', 'í\u00a0€', 'ô\u0090\u0080\u0080',
  'ﬁ ﷺ Å Å', 'e\u0301\u0323 ẛ̣', '가 가', '①⑩㌀ ℌ', 'ｶﾞ', '\u{1d400}\u{1d7d8}', 'a\u0897\u0301', '\u{2f800} 豈', '⁄ ½⁄', 'Ǆ',
]
