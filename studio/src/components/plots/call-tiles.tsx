import { count, share } from '#studio/lib/numbers.ts'
import styles from './call-tiles.module.css'
import type { ThresholdCounts } from './threshold-data.ts'

interface CallTilesProps {
  readonly counts: ThresholdCounts
  readonly names: { readonly positive: string; readonly negative: string }
  /** What one mistake of each kind costs, written: "€150 each"; absent where nothing is known of it. */
  readonly each?: { readonly missed: string; readonly bothered: string }
}

/** What becomes of the rows at a threshold, in words: caught, missed, bothered, left alone. */
export function CallTiles({ counts, names, each }: CallTilesProps) {
  const { true_positives: caught, false_negatives: missed, false_positives: bothered, true_negatives: alone } = counts
  const [positives, negatives] = [caught + missed, bothered + alone]
  const rows = Math.max(1, positives + negatives)
  return (
    <table className={styles.tiles}>
      <caption className="hide">What becomes of the rows at this threshold</caption>
      <thead><tr><th scope="col"><span className="hide">Truth</span></th><th scope="col">Flagged</th><th scope="col">Not flagged</th></tr></thead>
      <tbody>
        <tr>
          <th scope="row">{names.positive}<br />{count(positives)}</th>
          <Tile rows={caught} of={positives} all={rows} word="caught" more={`of ${names.positive}`} title="true positives" />
          <Tile rows={missed} of={positives} all={rows} word="missed" more={each?.missed} title="false negatives" wrong />
        </tr>
        <tr>
          <th scope="row">{names.negative}<br />{count(negatives)}</th>
          <Tile rows={bothered} of={negatives} all={rows} word="bothered" more={each?.bothered} title="false positives" wrong />
          <Tile rows={alone} of={negatives} all={rows} word="left alone" more={`of ${names.negative}`} title="true negatives" />
        </tr>
      </tbody>
    </table>
  )
}

interface TileProps {
  readonly rows: number
  readonly of: number
  readonly all: number
  readonly word: string
  readonly more: string | undefined
  readonly title: string
  readonly wrong?: boolean
}

function Tile({ rows, of, all, word, more, title, wrong = false }: TileProps) {
  const part = of === 0 ? 'none' : share(rows / of)
  return (
    <td title={title} className={wrong ? styles.wrong : styles.right} style={{ '--q': `${Math.round(6 + 54 * (rows / all))}%` }}>
      <b>{count(rows)}</b> <span>{word}</span>
      <small>{part}{more === undefined ? '' : more.startsWith('of ') ? ` ${more}` : ` · ${more}`}</small>
    </td>
  )
}
