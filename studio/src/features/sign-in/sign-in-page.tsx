import { PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from '#studio/components/button.tsx'
import { partsOf } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { signIn } from '#studio/lib/session.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import styles from './sign-in-page.module.css'

/** Exchanges an API key for a session. The key is kept nowhere in the browser. */
export function SignInPage() {
  useTitle('Sign in')
  const [key, setKey] = useState('')
  const enter = useMutation({ mutationFn: signIn })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    enter.mutate(key.trim())
  }
  return (
    <main className={styles.page}>
      <h1 className="row"><Glyph name="mark" large />Signalbox</h1>
      <Panel title="Sign in" level={2}>
        <form className="stack loose" onSubmit={submit}>
          <PasswordInput label="API key" description="The server printed it at its start, and keeps the owner's in owner.key of its data folder." value={key} onChange={(event) => setKey(event.target.value)} error={enter.isError ? partsOf(enter.error).message : undefined} autoComplete="current-password" data-autofocus required />
          <Button type="submit" look="firm" disabled={enter.isPending || key.trim() === ''}>Sign in</Button>
          <p className="sub"><code>signalbox keys add NAME</code> makes a key for somebody else.</p>
        </form>
      </Panel>
    </main>
  )
}
