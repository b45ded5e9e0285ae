import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { Kbd } from '#studio/components/kbd.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { inboxQuery } from '#studio/features/inbox/inbox-query.ts'
import { signOut } from '#studio/lib/session.ts'
import { modKey } from '#studio/lib/use-keys.ts'
import type { Session } from '#wire/session'
import { navItems } from './nav-items.ts'
import styles from './header.module.css'

interface HeaderProps {
  readonly session: Session
  readonly onFind: () => void
  readonly onKeys: () => void
}

/** The header on a desk; on a phone it keeps the mark, the search and the person, and the ways through move to the foot. */
export function Header({ session, onFind, onKeys }: HeaderProps) {
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand}><Glyph name="mark" large />Signalbox</Link>
      <nav className={styles.nav} aria-label="Main"><NavLinks /></nav>
      <button type="button" className={styles.find} onClick={onFind}>
        <Glyph name="find" /><span className="grow cut">Go to a run, page or command</span><Kbd keys={[modKey, 'K']} />
      </button>
      <ThemeButton />
      <Person session={session} onKeys={onKeys} />
    </header>
  )
}

/** The ways through on a phone. Run pages have none: the bar of the decision stands there. */
export function Foot() {
  const onRun = useMatchRoute()({ to: '/runs/$runId' }) !== false
  return onRun ? null : <nav className={styles.foot} aria-label="Main"><NavLinks glyphs /></nav>
}

function NavLinks({ glyphs = false }: { readonly glyphs?: boolean }) {
  return navItems.map(({ to, title, glyph, waiting }) => (
    <Link key={to} to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
      {glyphs ? <Glyph name={glyph} large /> : null}
      {title}
      {waiting === true ? <Waiting /> : null}
    </Link>
  ))
}

/** How many decisions wait; a number that grows no further than what a badge can hold. */
function Waiting() {
  const inbox = useInfiniteQuery(inboxQuery)
  const entries = inbox.data?.pages[0]?.decisions.length ?? 0
  if (entries === 0) return null
  return <span className={styles.count}>{inbox.data?.pages[0]?.next_cursor === null ? entries : `${entries}+`}<span className="hide"> waiting</span></span>
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

function Person({ session, onKeys }: { readonly session: Session; readonly onKeys: () => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={styles.who} aria-label={`Signed in as ${session.username}`} data-initials={session.username.slice(0, 2).toUpperCase()} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Signed in as {session.username}</Menu.Label>
        <Menu.Item onClick={onKeys}>Keys of the studio</Menu.Item>
        <Menu.Item component="a" href="/openapi.json">OpenAPI document</Menu.Item>
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
