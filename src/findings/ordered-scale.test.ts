import { expect, test } from 'vitest'
import { orderedScale } from './ordered-scale.ts'

test.each([
  [['high', 'Low', 'medium'], ['Low', 'medium', 'high']],
  [['XL', 'S', 'L', 'M'], ['S', 'M', 'L', 'XL']],
  [['10+ years', '< 1 year', '2 years', '1 year'], ['< 1 year', '1 year', '2 years', '10+ years']],
  [['35-44', '18-24', '25-34', '65 or more'], ['18-24', '25-34', '35-44', '65 or more']],
  [['$1,000-$2,000', 'under $1,000', 'over $2,000'], ['under $1,000', '$1,000-$2,000', 'over $2,000']],
  [['agree', 'strongly agree', 'neutral', 'disagree'], ['disagree', 'neutral', 'agree', 'strongly agree']],
])('%j is an ordered scale', (levels, order) => expect(orderedScale(levels)?.order).toEqual(order))

test.each([
  [['red', 'green', 'blue']],
  [['low', 'high']],
  [['low', 'high', 'purple']],
  [['1', '2', '3', '4']],
  [['00123', '04109', '01067']],
  [['A1', 'B2', 'C3']],
  [['2011-01-01', '2012-05-03', '2013-01-04']],
  [['12:30', '13:45', '14:00']],
  [['low', 'LOW ', 'high']],
])('%j is none', (levels) => expect(orderedScale(levels)).toBeNull())
