import { closeSync, openSync, writeSync } from 'node:fs'
import { seededRandom } from '#ml/random'

const regions = ['north', 'south', 'east', 'west']
const rowsAtOnce = 10_000

/** Writes a table of 15 columns of every kind with some traps in them: a key, a code, placeholders, gaps. The same rows each time. */
export function writeWideFile(path: string, rows: number): void {
  const random = seededRandom(1)
  const file = openSync(path, 'w')
  writeSync(file, 'id,age,income,visits,region,plan,score,days,year,note,flag,ratio,group,amount,label\n')
  let lines: string[] = []
  for (let row = 0; row < rows; row++) {
    const [age, income] = [18 + random.next() * 60, 1_000 + random.next() * 9_000]
    const cells = [
      row, age.toFixed(1), income.toFixed(2), random.below(30), regions[random.below(4)], income > 6_000 ? 'plus' : 'basic', random.next().toFixed(6), random.next() < 0.01 ? 999 : random.below(400),
      1980 + random.below(40), `n${random.below(5_000)}`, random.next() < 0.5, (age / income).toFixed(5), random.next() < 0.02 ? '?' : `g${random.below(50)}`, random.next() < 0.05 ? '' : (random.next() * 100).toFixed(2),
      age / 78 + random.next() > 1.2 ? 'yes' : 'no',
    ]
    lines.push(cells.join(','))
    if (lines.length === rowsAtOnce || row === rows - 1) {
      writeSync(file, `${lines.join('\n')}\n`)
      lines = []
    }
  }
  closeSync(file)
}
