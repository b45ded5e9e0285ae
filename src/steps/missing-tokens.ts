/** Spellings that stand for a missing value, compared after compacting and folding case; the package's NA_TOKENS. */
export const missingTokens: readonly string[] = [
  '', '?', '??', '-', '--', '---', '.', 'na', 'n/a', 'n.a.', 'n.a', 'nan', 'null', '(null)', 'nil', '#n/a', '#na', '<na>',
  'missing', 'not available', '(blank)', 'undefined', '#null!', '#div/0!', '#value!', '#ref!', '#num!', '#name?',
]

/** Spellings that carry no number but may be a real level of a text column; the package's MAYBE_NA_TOKENS. */
export const maybeMissingTokens: readonly string[] = ['unknown', 'unk', 'none', 'not applicable']
