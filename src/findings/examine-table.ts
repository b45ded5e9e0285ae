import { checkConstants } from './constants.ts'
import type { Finding, Look } from './finding.ts'
import { checkHeaderNames } from './header-names.ts'
import { checkIdentifiers } from './identifiers.ts'
import { findNumericText, numberFindings } from './numbers-as-text.ts'
import { checkPaddedText } from './padded-text.ts'
import { checkPlaceholders } from './placeholders.ts'

/** Everything found in the values of a table, as options that mend it. */
export async function examineTable(look: Look): Promise<Finding[]> {
  const numeric = await findNumericText(look)
  const ids = new Set(numeric.map((one) => one.column.id))
  return [
    ...(await checkPlaceholders(look, ids)),
    ...numberFindings(look, numeric),
    ...(await checkPaddedText(look, ids)),
    ...checkHeaderNames(look),
    ...(await checkIdentifiers(look, ids)),
    ...checkConstants(look),
  ]
}
