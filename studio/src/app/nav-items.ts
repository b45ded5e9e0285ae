import type { MarkName, SignalName } from '#studio/components/signal.tsx'

interface NavItem {
  readonly to: '/' | '/runs' | '/models' | '/monitors'
  readonly title: string
  readonly glyph: MarkName | SignalName
  /** Shows how many decisions wait. */
  readonly waiting?: boolean
}

/** The ways through, in the header on a desk and at the foot of a phone. */
export const navItems: readonly NavItem[] = [
  { to: '/', title: 'Inbox', glyph: 'box', waiting: true },
  { to: '/runs', title: 'Runs', glyph: 'way' },
  { to: '/models', title: 'Models', glyph: 'curve' },
  { to: '/monitors', title: 'Monitors', glyph: 'pulse' },
]
