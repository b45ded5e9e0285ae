import { useSearch } from '@tanstack/react-router'
import { ComparePage } from '#studio/features/compare/compare-page.tsx'

/** The runs that the address names, two of them at most. */
export function CompareRoute() {
  const { runs = '' } = useSearch({ from: '/compare' })
  const [first = '', second = ''] = runs.split(',')
  return <ComparePage runs={[first, second]} />
}
