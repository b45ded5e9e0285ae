import { NumberInput, Select } from '@mantine/core'
import { Panel } from '#studio/components/panel.tsx'
import { schedules, type MonitorSettings } from './monitoring-card.ts'
import styles from './monitoring.module.css'

interface SettingsPanelProps {
  readonly settings: MonitorSettings
  readonly disabled: boolean
  readonly onChange: (change: Partial<MonitorSettings>) => void
}

const titles = { manual: 'When it is sent', hourly: 'Every hour', daily: 'Every day', weekly: 'Every week', monthly: 'Every month' } as const

/** How often a batch is expected, and how often the monitor may be wrong. */
export function SettingsPanel({ settings, disabled, onChange }: SettingsPanelProps) {
  const { schedule, false_alarm_rate: rate, alert_share: part, alert } = settings
  const percent = (low: number, high: number, set: (value: number) => void) => (next: string | number) => (typeof next === 'number' && next >= low && next <= high ? set(Number((next / 100).toFixed(6))) : undefined)
  return (
    <Panel title="When and how often">
      <div className={styles.two}>
        <Select label="A batch is expected" disabled={disabled} allowDeselect={false} value={schedule} data={schedules.map((value) => ({ value, label: titles[value] }))} onChange={(value) => onChange({ schedule: schedules.find((one) => one === value) ?? 'manual' })} />
        <NumberInput label="False verdicts, % of batches" disabled={disabled} min={0.01} max={50} step={1} decimalScale={2} clampBehavior="blur" value={Number((rate * 100).toFixed(4))} onChange={percent(0.01, 50, (false_alarm_rate) => onChange({ false_alarm_rate }))} />
        <NumberInput label="False alerts, %" disabled={disabled} min={0.01} max={50} step={1} decimalScale={2} clampBehavior="blur" value={Number((alert.false_alert_rate * 100).toFixed(4))} onChange={percent(0.01, 50, (false_alert_rate) => onChange({ alert: { ...alert, false_alert_rate } }))} />
        <NumberInput label="… in so many checks" disabled={disabled} min={1} max={100_000} step={10} decimalScale={0} clampBehavior="blur" value={alert.in_checks} onChange={(next) => (typeof next === 'number' && next >= 1 ? onChange({ alert: { ...alert, in_checks: Math.round(next) } }) : undefined)} />
        <NumberInput label="Alert from a drifted share, %" description="0: in anything that is watched" disabled={disabled} min={0} max={100} step={5} clampBehavior="blur" value={Number((part * 100).toFixed(4))} onChange={percent(0, 100, (alert_share) => onChange({ alert_share }))} />
      </div>
    </Panel>
  )
}
