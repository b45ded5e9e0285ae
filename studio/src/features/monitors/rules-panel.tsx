import { NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRuleBody, AlertRulesAnswer } from '#wire/monitor'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { client } from '#studio/lib/client.ts'
import { monitorKey, rulesQuery } from './monitor-queries.ts'
import styles from './monitors.module.css'

type Rule = AlertRulesAnswer['rules'][number]

interface RuleKind {
  readonly type: Rule['rule_type']
  readonly title: string
  readonly says: string
  readonly usual: number
  /** A share is written in percent. */
  readonly percent: boolean
}

const kinds: readonly RuleKind[] = [
  { type: 'threshold', title: 'Much has drifted', says: 'alerts from this share of what is watched on, in percent', usual: 0.3, percent: true },
  { type: 'trend', title: 'Drift that stays', says: 'alerts after so many checks in a row with drift', usual: 3, percent: false },
  { type: 'volume', title: 'Too few rows', says: 'alerts where a batch has fewer rows than this', usual: 100, percent: false },
]

/** Rules that alert besides the monitor's own; at most one of each kind, and each may rest. */
export function RulesPanel({ monitorId }: { readonly monitorId: string }) {
  const rules = useQuery(rulesQuery(monitorId))
  return (
    <Panel flush title="Alert rules" footer="Besides the alerts of the monitor itself, which hold its rate of false ones.">
      {rules.isError ? <ErrorState error={rules.error} onRetry={() => void rules.refetch()} /> : rules.data === undefined ? <Skeleton rows={3} /> : (
        <ul className={styles.rules}>
          {kinds.map((kind) => {
            const rule = rules.data.rules.find(({ rule_type: type }) => type === kind.type)
            return <RuleRow key={`${kind.type}:${rule?.value}:${rule?.notify_in_app}`} monitorId={monitorId} kind={kind} rule={rule} />
          })}
        </ul>
      )}
    </Panel>
  )
}

function RuleRow({ monitorId, kind: { type, title, says, usual, percent }, rule }: { readonly monitorId: string; readonly kind: RuleKind; readonly rule: Rule | undefined }) {
  const queries = useQueryClient()
  const shown = (value: number) => (percent ? Number((value * 100).toFixed(4)) : value)
  const [value, setValue] = useState(shown(rule?.value ?? usual))
  const put = useMutation({
    mutationFn: (body: AlertRuleBody) => client.monitors.putAlertRule(monitorId, body),
    onSettled: () => queries.invalidateQueries({ queryKey: monitorKey(monitorId) }),
  })
  const active = rule?.notify_in_app === true
  const wished = percent ? value / 100 : value
  const send = (on: boolean) => put.mutate({ rule_type: type, value: wished, notify_in_app: on })
  return (
    <li>
      <div className="grow">
        <span className="strong">{title}</span> <span className="sub">{active ? says : rule === undefined ? `not set; ${says}` : `rests; ${says}`}</span>
        {put.isError ? <ErrorState error={put.error} /> : null}
      </div>
      <NumberInput className={styles.value} aria-label={`${title}: ${says}`} min={0} {...(percent ? { max: 100 } : {})} clampBehavior="blur" value={value} onChange={(next) => (typeof next === 'number' ? setValue(next) : undefined)} />
      {active && wished !== rule?.value ? <Button disabled={put.isPending} onClick={() => send(true)}>Set</Button> : <Button disabled={put.isPending} aria-label={`${title}: ${active ? 'let it rest' : 'switch on'}`} onClick={() => send(!active)}>{active ? 'Rest' : 'Switch on'}</Button>}
    </li>
  )
}
