import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Command } from '#studio/features/palette/palette.tsx'
import { signOut } from '#studio/lib/session.ts'
import { navItems } from './nav-items.ts'

/** What the palette offers besides runs. */
export function useCommands(showKeys: () => void): readonly Command[] {
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const pages = navItems.map(({ to, title, glyph }): Command => ({ id: `page-${title}`, title, kind: 'page', glyph, act: () => void navigate({ to }) }))
  return [
    { id: 'new', title: 'New run', kind: 'command', glyph: 'drop', keys: ['N'], act: () => void navigate({ to: '/new' }) },
    ...pages,
    { id: 'compare', title: 'Compare runs', kind: 'page', glyph: 'same', act: () => void navigate({ to: '/compare', search: {} }) },
    { id: 'theme', title: dark ? 'Use the light theme' : 'Use the dark theme', kind: 'command', glyph: dark ? 'sun' : 'moon', act: () => setColorScheme(dark ? 'light' : 'dark') },
    { id: 'keys', title: 'Keys of the studio', kind: 'command', glyph: 'key', keys: ['?'], act: showKeys },
    { id: 'sign-out', title: 'Sign out', kind: 'command', glyph: 'lock', act: () => void signOut() },
  ]
}
