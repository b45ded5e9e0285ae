import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Glyph } from './signal.tsx'
import styles from './dialog.module.css'

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  /** The title is only read out, and Escape closes. */
  readonly bare?: boolean
  readonly size?: number
  readonly children: ReactNode
}

/** A dialog over the page. The focus goes in, stays in, and comes back to where it was. */
export function Dialog({ opened, onClose, title, bare = false, size = 520, children }: DialogProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} yOffset="12vh" transitionProps={{ duration: 0 }} classNames={{ content: styles.content ?? '' }}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        <div className={bare ? 'hide' : styles.head}>
          <Modal.Title className={styles.title}>{title}</Modal.Title>
          {bare ? null : <button type="button" className={styles.close} aria-label="Close" onClick={onClose}><Glyph name="close" /></button>}
        </div>
        <div className={bare ? undefined : styles.body}>{children}</div>
      </Modal.Content>
    </Modal.Root>
  )
}
