import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { TextInput } from '@mantine/core'
import type { ModelAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { counted } from '#studio/lib/numbers.ts'
import { useSession } from '#studio/lib/session.ts'
import { useListKeys } from '#studio/lib/use-list-keys.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import { modelsQuery } from './models-queries.ts'
import styles from './models.module.css'

export const taskWords = { binary_classification: 'yes or no', multiclass_classification: 'one of several', regression: 'a number' } as const

/** The models of the team. */
export function ModelsPage() {
  useTitle('Models')
  const team = useSession()?.team_id ?? ''
  const models = useQuery({ ...modelsQuery(team), enabled: team !== '' })
  const [search, setSearch] = useState('')
  const found = (models.data ?? []).filter(({ model_name, target_name }) => `${model_name} ${target_name}`.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <section aria-label="Models">
      <header className={styles.head}>
        <h1>Models</h1>
        <TextInput aria-label="Search models" type="search" placeholder="Name or target" value={search} onChange={(event) => setSearch(event.target.value)} />
      </header>
      <Panel flush>
        {models.isError ? <ErrorState error={models.error} onRetry={() => void models.refetch()} /> : models.data === undefined ? <Skeleton rows={6} height={46} /> : models.data.length === 0 ? <EmptyState glyph="curve" title="There is no model yet">A model comes out of a run that has been trained.</EmptyState> : found.length === 0 ? <EmptyState glyph="find" title="No model fits" /> : <Rows models={found} />}
      </Panel>
    </section>
  )
}

const shown = 300

function Rows({ models }: { readonly models: readonly ModelAnswer[] }) {
  const list = useListKeys<HTMLUListElement>()
  return (
    <ul ref={list} className={styles.rows} aria-label="Models">
      {models.slice(0, shown).map((model) => (
        <li key={model.model_id} data-row className={styles.row}>
          <span className={styles.name}>
            <Link to="/models/$modelId" params={{ modelId: model.model_id }} className="strong cut">{model.model_name}</Link>
            <span className="sub cut">predicts <code>{model.target_name}</code>, {taskWords[model.model_type]}</span>
          </span>
          <span className="cut soft">{model.algorithm}</span>
          <span className="soft">{counted(model.number_of_versions, 'version')}</span>
          <span>{model.deployed ? <Tag tone="clear" glyph="clear">answers</Tag> : model.deployment_id === null ? <span className="sub">not deployed</span> : <Tag glyph="idle">resting</Tag>}</span>
          <span className="num sub"><Ago at={model.created} /></span>
        </li>
      ))}
      {models.length > shown ? <li className={styles.rest}>{counted(models.length - shown, 'more model')}: search for the name.</li> : null}
    </ul>
  )
}
