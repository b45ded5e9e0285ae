import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { ErrorState } from '#studio/components/error-state.tsx'
import { SignInPage } from '#studio/features/sign-in/sign-in-page.tsx'
import { sessionQuery } from '#studio/lib/session.ts'
import { Header } from './header.tsx'
import styles from './shell.module.css'

/** The frame of every page: the header with the ways through, and the page; or the sign-in, where nobody is signed in. */
export function Shell() {
  const session = useQuery(sessionQuery)
  if (session.isError) return <main className={styles.main}><ErrorState error={session.error} onRetry={() => void session.refetch()} /></main>
  if (session.data === undefined) return null
  if (session.data === null) return <SignInPage />
  return (
    <>
      <a className={styles.skip} href="#main">Go to the content</a>
      <Header session={session.data} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}
