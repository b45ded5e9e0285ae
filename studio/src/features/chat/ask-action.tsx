import { lazy, Suspense, useState } from 'react'
import type { RunStateAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { useKeys } from '#studio/lib/use-keys.ts'

const ChatDrawer = lazy(() => import('./chat-drawer.tsx').then((file) => ({ default: file.ChatDrawer })))

/** The button that opens the chat of a run, which is loaded with the first question. */
export function AskAction({ run }: { readonly run: RunStateAnswer }) {
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState(false)
  const open = () => {
    setWanted(true)
    setOpened(true)
  }
  useKeys({ a: open })
  return (
    <>
      <Button keys={['A']} aria-haspopup="dialog" onClick={open}><Glyph name="talk" />Ask</Button>
      {wanted ? <Suspense><ChatDrawer run={run} opened={opened} onClose={() => setOpened(false)} /></Suspense> : null}
    </>
  )
}
