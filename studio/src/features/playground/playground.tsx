import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreateDeployKeyAnswer, DeploymentFormAnswer } from '#sdk/client'
import { CallPanel } from './call-panel.tsx'
import { ExportsPanel } from './exports-panel.tsx'
import { FlipPanel } from './flip-panel.tsx'
import { KeysPanel } from './keys-panel.tsx'
import { trialQuery } from './playground-queries.ts'
import { ResultPanel } from './result-panel.tsx'
import { RowForm } from './row-form.tsx'
import { useRow, useSettled } from './use-row.ts'
import { WhyPanel } from './why-panel.tsx'
import styles from './playground.module.css'

const settleMs = 90

/** A row left, what the model says of it and why in the middle, what can be done with it right. */
export function Playground({ form }: { readonly form: DeploymentFormAnswer }) {
  const draft = useRow(form)
  const row = useSettled(draft.row, settleMs)
  const trial = useQuery(trialQuery(form.deployment_id, row))
  const [made, setMade] = useState<CreateDeployKeyAnswer | null>(null)
  const prediction = trial.data ?? null
  return (
    <div className={styles.play}>
      <div className={styles.form}><RowForm form={form} draft={draft} prediction={prediction} /></div>
      <div className={styles.said}><ResultPanel form={form} prediction={prediction} /></div>
      <div className={styles.why}><WhyPanel form={form} prediction={prediction} row={row} /></div>
      <div className={styles.more}>
        <FlipPanel form={form} row={row} onTake={draft.setAll} />
        <CallPanel row={row} deployKey={made?.deploy_key ?? null} active={form.active && !form.stopped} />
        <KeysPanel deploymentId={form.deployment_id} made={made} onMade={setMade} />
        <ExportsPanel versionId={form.version_id} />
      </div>
    </div>
  )
}
