import { Glyph } from '#studio/components/signal.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { checkTitles, type DeploymentContext } from './deployment-card.ts'
import styles from './deployment.module.css'

/** What was checked on the model as it would answer, and how each check came out. */
export function ChecksPanel({ context, calibrationTitle }: { readonly context: DeploymentContext; readonly calibrationTitle?: string }) {
  const { checks = [], worst_gap: gap, notes = [] } = context
  const failed = checks.filter(({ passed }) => !passed).length
  const titleOf = (id: string) => (id === 'calibration' && calibrationTitle !== undefined ? calibrationTitle : (checkTitles[id] ?? id))
  return (
    <Panel title="Checks on the sealed rows" aside={failed === 0 ? `all ${checks.length} passed` : `${failed} of ${checks.length} did not pass`} footer={notes.join(' ')}>
      <div className="stack loose">
        <ul className={styles.checks}>
          {checks.map(({ id, passed, text }) => (
            <li key={id}>
              <Glyph name={passed ? 'clear' : 'care'} label={passed ? 'passed' : 'did not pass'} />
              <div><b className="strong">{titleOf(id)}</b><p className="soft">{text}</p></div>
            </li>
          ))}
        </ul>
        {gap === null || gap === undefined ? null : <Note tone="held">{gap}</Note>}
      </div>
    </Panel>
  )
}
