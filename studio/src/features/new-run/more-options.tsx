import { Checkbox, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { phases, phaseTitles } from '#studio/lib/phases.ts'
import type { StartWish } from './start-wish.ts'
import styles from './more-options.module.css'

interface MoreOptionsProps {
  readonly wish: StartWish
  readonly onChange: (change: Partial<StartWish>) => void
}

const tasks = [
  { value: 'auto', label: 'As the target says' },
  { value: 'binary', label: 'Yes or no' },
  { value: 'multiclass', label: 'One of several' },
  { value: 'regression', label: 'A number' },
] as const

const algorithms = [
  { value: 'xgm', label: 'Compare all trainers' },
  { value: 'xplainable', label: 'Main effects only' },
] as const

/** What is seldom set. */
export function MoreOptions({ wish, onChange }: MoreOptionsProps) {
  const number = (set: (value: number) => void) => (value: string | number) => set(Number(value) || 0)
  return (
    <details className={styles.more}>
      <summary>More options</summary>
      <div className="stack loose">
        <TextInput label="Description" value={wish.description} onChange={(event) => onChange({ description: event.target.value })} maxLength={10_000} />
        <Select label="Task" data={tasks} value={wish.task} allowDeselect={false} onChange={(value) => onChange({ task: tasks.find((task) => task.value === value)?.value ?? 'auto' })} />
        <Select label="Models" data={algorithms} value={wish.algorithm} allowDeselect={false} onChange={(value) => onChange({ algorithm: value === 'xplainable' ? 'xplainable' : 'xgm' })} />
        <fieldset>
          <legend className="strong">Phases of the run</legend>
          <div className={styles.plan}>
            {phases.map((phase) => (
              <Checkbox key={phase} size="xs" label={phaseTitles[phase]} checked={wish.plan.includes(phase)} onChange={(event) => onChange({ plan: event.target.checked ? [...wish.plan, phase] : wish.plan.filter((other) => other !== phase) })} />
            ))}
          </div>
        </fieldset>
        <Switch label="Take safe features where it does not ask" checked={wish.autoFeatures} onChange={(event) => onChange({ autoFeatures: event.target.checked })} />
        <Switch label="Answer requests at once where deployment does not ask" checked={wish.autoDeploy} onChange={(event) => onChange({ autoDeploy: event.target.checked })} />
        <div className={styles.two}>
          <NumberInput label="Test rows, %" description="Sealed until the end" min={5} max={50} value={Math.round(wish.testShare * 100)} onChange={number((value) => onChange({ testShare: Math.min(50, Math.max(5, value)) / 100 }))} />
          <NumberInput label="Their seed" description="Which rows they are" min={0} max={2 ** 31} value={wish.testSeed} onChange={number((testSeed) => onChange({ testSeed }))} />
          <NumberInput label="Seed of the run" description="Same seed, same model" min={0} max={2 ** 31} value={wish.seed} onChange={number((seed) => onChange({ seed }))} />
          <NumberInput label="Hours to decide" description="0: as long as it takes" min={0} max={8784} decimalScale={2} value={wish.hours} onChange={number((hours) => onChange({ hours }))} />
        </div>
      </div>
    </details>
  )
}
