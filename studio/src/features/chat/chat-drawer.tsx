import { Drawer } from '@mantine/core'
import type { RunStateAnswer } from '#sdk/client'
import { Glyph } from '#studio/components/signal.tsx'
import { Conversation } from './conversation.tsx'
import styles from './chat.module.css'

interface ChatDrawerProps {
  readonly run: RunStateAnswer
  readonly opened: boolean
  readonly onClose: () => void
}

/** The chat at the right edge. The focus goes to the question, stays inside, and comes back to where it was. */
export function ChatDrawer({ run, opened, onClose }: ChatDrawerProps) {
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={460} transitionProps={{ duration: 0 }} classNames={{ content: styles.drawer ?? '', body: styles.body ?? '' }}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <div className={styles.head}>
          <div className="grow">
            <Drawer.Title className={styles.title}>Ask about this run</Drawer.Title>
            <p className="sub">Answers come from the run itself. Nothing changes until you confirm it.</p>
          </div>
          <button type="button" className={styles.close} aria-label="Close" onClick={onClose}><Glyph name="close" /></button>
        </div>
        <Drawer.Body>
          <Conversation run={run} onLeave={onClose} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
