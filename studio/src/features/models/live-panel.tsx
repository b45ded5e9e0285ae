import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { share } from '#studio/lib/numbers.ts'
import { exactTime } from '#studio/lib/times.ts'
import { liveQuery } from './models-queries.ts'
import styles from './models.module.css'

/** Which version answered at a moment, and by whose decision. */
export function LivePanel({ modelId }: { readonly modelId: string }) {
  const id = useId()
  const [local, setLocal] = useState('')
  const moment = local === '' || Number.isNaN(Date.parse(local)) ? null : new Date(local).toISOString()
  const live = useQuery({ ...liveQuery(modelId, moment), placeholderData: keepPreviousData })
  return (
    <Panel title="What was live when">
      <div className="stack loose">
        <div className="row wrap">
          <label htmlFor={id} className="sub">At</label>
          <input id={id} className={styles.at} type="datetime-local" value={local} onChange={(event) => setLocal(event.target.value)} />
          {local === '' ? <span className="sub">now</span> : <button type="button" className="go-to" onClick={() => setLocal('')}>now</button>}
        </div>
        {live.isError ? <ErrorState error={live.error} /> : live.data === undefined ? <Skeleton rows={2} /> : (
          <>
            <p className="read" role="status">{live.data.live.length === 0 ? 'No version answered then.' : `${live.data.live.length === 1 ? 'This version' : 'These versions'} answered at ${exactTime(live.data.at)}.`}</p>
            {live.data.live.map((one) => (
              <dl key={one.deployment_id} className="kv">
                <dt>Version</dt><dd>{one.version_number ?? 'gone'}</dd>
                <dt>From</dt><dd>{exactTime(one.since)}</dd>
                <dt>Until</dt><dd>{one.until === null ? 'still so' : exactTime(one.until)}</dd>
                <dt>Decided by</dt><dd>{one.decided_by.name}</dd>
                <dt>Event</dt><dd>{one.decided_by_event.type}, <code>{one.decided_by_event.hash.slice(0, 12)}</code></dd>
                {one.threshold === null ? null : <><dt>Flagged from</dt><dd>{share(one.threshold)}</dd></>}
              </dl>
            ))}
            {live.data.champion === null ? <p className="sub">It had no champion.</p> : <p className="soft">Champion: version {live.data.champion.version_number ?? 'gone'}, by {live.data.champion.decided_by.name} on {exactTime(live.data.champion.since)}{live.data.champion.rationale === null ? '.' : `: “${live.data.champion.rationale}”`}</p>}
          </>
        )}
      </div>
    </Panel>
  )
}
