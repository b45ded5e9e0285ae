import type { EvidenceAnswer, OptionAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { interval, plain } from '#studio/lib/numbers.ts'

/** The selected option: why, what speaks against it, and what taking it changes. */
export function OptionDetail({ option }: { readonly option: OptionAnswer }) {
  return (
    <div className="stack loose">
      <Panel title={option.title}>
        <div className="stack">
          <p className="soft">{option.summary}</p>
          {option.risks.map((risk) => (
            <Note key={risk} tone="held">{risk}</Note>
          ))}
        </div>
      </Panel>
      <Panel title="Evidence">
        {option.evidence.length === 0 ? <p className="sub">Nothing was measured for this option.</p> : (
          <ul className="stack loose">
            {option.evidence.map((evidence) => (
              <Evidence key={`${evidence.label}${evidence.text}`} evidence={evidence} />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}

function Evidence({ evidence }: { readonly evidence: EvidenceAnswer }) {
  const { label, text, value } = evidence
  return (
    <li>
      <div className="row top">
        <b className="strong grow">{label}</b>
        {value === null ? null : (
          <span className="num">
            {typeof value === 'number' ? plain(value) : value}
            {evidence.interval === null ? null : <span className="sub"> {interval(evidence.interval, plain)}</span>}
          </span>
        )}
      </div>
      <p className="soft">{text}</p>
    </li>
  )
}
