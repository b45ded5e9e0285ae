import { Switch } from '@mantine/core'
import { phases, phaseTitles, type Phase } from '#studio/lib/phases.ts'
import styles from './gates.module.css'

interface GatesProps {
  readonly gates: readonly Phase[]
  readonly plan: readonly Phase[]
  readonly onChange: (gates: readonly Phase[]) => void
}

/** Where the run stops and asks. */
export function Gates({ gates, plan, onChange }: GatesProps) {
  return (
    <fieldset>
      <legend className={styles.legend}>
        <span className="strong grow">Ask me at</span>
        <button type="button" className={styles.all} onClick={() => onChange(phases)}>All</button>
        <button type="button" className={styles.all} onClick={() => onChange([])}>None</button>
      </legend>
      <div className={styles.gates}>
        {phases.filter((phase) => plan.includes(phase)).map((phase) => (
          <Switch key={phase} labelPosition="left" label={phaseTitles[phase]} checked={gates.includes(phase)} onChange={(event) => onChange(event.target.checked ? [...gates, phase] : gates.filter((other) => other !== phase))} classNames={{ body: styles.gate ?? '' }} />
        ))}
      </div>
      <p className="sub">Where it does not ask, the recommendation is taken and recorded.</p>
    </fieldset>
  )
}
