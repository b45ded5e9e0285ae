import { accept, type Result } from '#core/errors'
import type { CheckRow } from './check-rows.ts'
import { runtimeSettings } from './export-javascript.ts'
import { exportSchema } from './export-schema.ts'
import { portableProgram } from './portable-program.ts'
import { pythonCells } from './python-cells.ts'
import { pythonExpression } from './python-expression.ts'
import { pythonModel } from './python-model.ts'
import { pythonSteps } from './python-steps.ts'
import type { Scorer } from './scorer.ts'

/**
 * A scorer as a Python file that needs nothing but the standard library of Python 3.9 or newer: `score(row)` takes a raw row and
 * answers what the API answers, and run with a CSV file it scores its rows.
 */
export function pythonFile({ document }: Pick<Scorer, 'document'>, checks: readonly CheckRow[]): Result<string> {
  const program = portableProgram(document)
  if (!program.ok) return program
  const values = { PROGRAM: program.value, SETTINGS: runtimeSettings, CHECKS: checks, SCHEMA: exportSchema(document) }
  const lines = Object.entries(values).map(([name, value]) => `${name} = json.loads(${JSON.stringify(JSON.stringify(value))})`)
  return accept([header, ...lines, pythonCells, pythonExpression, pythonSteps, pythonModel].join('\n'))
}

// Texts of JSON are texts of Python: both know the same escapes.
const header = `# A model of Signalbox as a Python file, for Python 3.9 or newer, without packages. Made by an export; change the model, not this file.
#   from model import score
#   score({ ...a row, columns named as in the training file... })
# python3 model.py rows.csv > scored.csv
# python3 model.py --verify   scores the check rows, and says how far they are from what the server said.
import bisect
import csv
import decimal
import html
import json
import math
import re
import struct
import sys
import unicodedata
`
