import { csvOf, tableMaker, type GeneratedColumn } from '../generate-table.ts'

/**
 * Customers who leave or stay, with the traps of such tables: an identifier, blanks where a number should be, a level
 * that repeats across columns, two columns that rebuild a third, and one that says the label in other words.
 */
export function churnTable(seed = 7, rows = 480): string {
  const make = tableMaker(seed, rows)
  const months = Array.from({ length: rows }, (_, i) => (i % 60 === 0 ? 0 : 1 + make.random.below(72)))
  const contract = make.levels(['Month-to-month', 'One year', 'Two year'])
  const internet = make.levels(['Fiber optic', 'DSL', 'No'])
  const monthly = Array.from({ length: rows }, (_, i) => 20 + make.random.below(80) + (internet[i] === 'Fiber optic' ? 20 : 0))
  const leaves = Array.from({ length: rows }, (_, i) => {
    const pull = (contract[i] === 'Month-to-month' ? 1.6 : -0.8) + (internet[i] === 'Fiber optic' ? 0.8 : 0) - (months[i] ?? 0) / 30
    return pull + 3 * (make.random.next() - 0.5) > 0.2
  })
  const columns: GeneratedColumn[] = [
    { name: 'customerID', cells: make.cells((i) => `${1000 + i}-${make.random.below(9000) + 1000}`) },
    { name: 'Contract', cells: contract },
    { name: 'Internet service', cells: internet },
    { name: 'Online backup', cells: make.cells((i) => (internet[i] === 'No' ? 'No internet service' : make.random.below(2) === 0 ? 'No' : 'Yes')) },
    { name: 'tenure', cells: make.cells((i) => months[i] ?? 0) },
    { name: 'MonthlyCharges', cells: make.cells((i) => monthly[i] ?? 0) },
    { name: 'TotalCharges', cells: make.cells((i) => (months[i] === 0 ? ' ' : (months[i] ?? 0) * (monthly[i] ?? 0))) },
    { name: 'Status', cells: make.cells((i) => (leaves[i] === true ? 'closed' : 'open')) },
    { name: 'Churn', cells: make.cells((i) => (leaves[i] === true ? 'Yes' : 'No')) },
  ]
  return csvOf(columns)
}
