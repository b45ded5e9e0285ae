import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Session } from '#wire/session'
import { Glyph } from '#studio/components/signal.tsx'
import { signOut } from '#studio/lib/session.ts'
import { navItems } from './nav-items.ts'
import styles from './header.module.css'

/** The header on a desk; on a phone it keeps the mark and the person, and the ways through move to the foot. */
export function Header({ session }: { readonly session: Session }) {
  return (
    <>
      <header className={styles.bar}>
        <Link to="/" className={styles.brand}><Glyph name="mark" large />Signalbox</Link>
        <nav className={styles.nav} aria-label="Main">
          {navItems.map(({ to, title }) => <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>{title}</Link>)}
        </nav>
        <ThemeButton />
        <Person session={session} />
      </header>
      <nav className={styles.foot} aria-label="Main, at the foot">
        {navItems.map(({ to, title, glyph }) => <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}><Glyph name={glyph} large />{title}</Link>)}
      </nav>
    </>
  )
}

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <button type="button" className={styles.square} aria-label={dark ? 'Use the light theme' : 'Use the dark theme'} onClick={() => setColorScheme(dark ? 'light' : 'dark')}>
      <Glyph name={dark ? 'sun' : 'moon'} />
    </button>
  )
}

function Person({ session }: { readonly session: Session }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={styles.who} aria-label={`Signed in as ${session.username}`}>{session.username.slice(0, 2).toUpperCase()}</button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Signed in as {session.username}</Menu.Label>
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
