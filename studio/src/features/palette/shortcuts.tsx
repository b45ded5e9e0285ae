import { Fragment } from 'react'
import { Dialog } from '#studio/components/dialog.tsx'
import { modKey } from '#studio/lib/use-keys.ts'
import styles from './shortcuts.module.css'

const groups = [
  { title: 'Anywhere', keys: [[[modKey, 'K'], 'Go to a run, page or command'], [['N'], 'New run'], [['?'], 'These keys'], [['Esc'], 'Close what is open']] },
  { title: 'Lists', keys: [[['J', 'K'], 'Next, previous'], [['↵'], 'Open'], [['X'], 'Pick a run to compare it']] },
  { title: 'A run', keys: [[['A'], 'Ask']] },
  { title: 'A decision', keys: [[['J', 'K'], 'Next, previous option'], [['Space'], 'Tick the option, or take it away'], [['R'], 'Rationale'], [[modKey, '↵'], 'Accept; again within six seconds: send now'], [['[', ']'], 'Stop before, stop after']] },
  { title: 'A slider', keys: [[['←', '→'], 'One point'], [['⇧', '←'], 'Five points']] },
] as const

/** Every key of the studio. */
export function Shortcuts({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys">
      <div className="stack loose">
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([names, meaning]) => (
                <Fragment key={meaning}>
                  <dt>{names.map((name) => <kbd key={name} className={styles.key}>{name}</kbd>)}</dt>
                  <dd>{meaning}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
