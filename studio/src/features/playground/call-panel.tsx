import { useState } from 'react'
import { CopyButton } from '#studio/components/copy-button.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Segments } from '#studio/components/segments.tsx'
import { languages, snippetOf, type Language } from './snippets.ts'
import type { RawRow } from './playground-queries.ts'
import styles from './playground.module.css'

/** The request for this row in three languages, as it can be run. */
export function CallPanel({ row, deployKey, active }: { readonly row: RawRow; readonly deployKey: string | null; readonly active: boolean }) {
  const [language, setLanguage] = useState<Language>('curl')
  const text = snippetOf(language, { url: globalThis.location.origin, row, deployKey })
  const how = { curl: 'Runs in a shell.', TypeScript: 'node call.ts', Python: 'python3 call.py' }[language]
  return (
    <Panel title="Call it" aside={<Segments label="Language" value={language} options={languages.map((value) => ({ value, label: value }))} onChange={setLanguage} />}>
      <div className="stack">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key. */}
        <section className={styles.code} tabIndex={0} aria-label={`${language} request`}><pre>{text}</pre></section>
        <div className="row wrap">
          <span className="sub grow">{how} {deployKey === null ? 'It reads a deploy key from DEPLOY_KEY.' : 'It holds the key that you just made.'}{active ? '' : ' It is refused while the deployment rests.'}</span>
          <CopyButton text={text} />
        </div>
      </div>
    </Panel>
  )
}
