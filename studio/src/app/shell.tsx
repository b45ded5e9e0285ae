import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Palette } from '#studio/features/palette/palette.tsx'
import { Shortcuts } from '#studio/features/palette/shortcuts.tsx'
import { SignInPage } from '#studio/features/sign-in/sign-in-page.tsx'
import { sessionQuery } from '#studio/lib/session.ts'
import { useKeys } from '#studio/lib/use-keys.ts'
import type { Session } from '#wire/session'
import { Foot, Header } from './header.tsx'
import { useCommands } from './use-commands.ts'
import styles from './shell.module.css'

/** The frame of every page: the header with the ways through, and the page; or the sign-in, where nobody is signed in. */
export function Shell() {
  const session = useQuery(sessionQuery)
  if (session.isError && session.data === undefined) return <main className={styles.main}><ErrorState error={session.error} onRetry={() => void session.refetch()} /></main>
  if (session.data === undefined) return null
  return session.data === null ? <SignInPage /> : <SignedIn session={session.data} />
}

function SignedIn({ session }: { readonly session: Session }) {
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const close = () => setOpen(null)
  const commands = useCommands(() => setOpen('keys'))
  const newRun = commands.find(({ id }) => id === 'new')
  useKeys({ 'mod+k': () => setOpen(open === 'palette' ? null : 'palette'), '?': () => setOpen('keys'), n: () => newRun?.act() })
  return (
    <>
      <a className={styles.skip} href="#main">Go to the content</a>
      <Header session={session} onFind={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Foot />
      <Palette opened={open === 'palette'} onClose={close} commands={commands} />
      <Shortcuts opened={open === 'keys'} onClose={close} />
    </>
  )
}
