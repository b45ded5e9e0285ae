import type { Settings } from '#ml/settings'
import type { TrainingDecision } from './schema.ts'
import type { WorkBudget } from './work-budget.ts'

/** The knobs that an answer sets, and the bags that the budget allows: inside a fold maybe fewer than in the model. */
export function mlSettings(asked: TrainingDecision['settings'], budget: WorkBudget, place: 'fold' | 'model'): Settings {
  const bags = asked.bags ?? (place === 'fold' ? budget.foldBags : null)
  return {
    glassbox: {
      ...(bags === null ? {} : { bags }),
      ...(asked.pairs === undefined ? {} : { pairs: asked.pairs }),
      ...(asked.bins === undefined ? {} : { bins: asked.bins }),
      ...(asked.leaves === undefined ? {} : { leaves: asked.leaves }),
      ...(asked.learning_rate === undefined ? {} : { learningRate: asked.learning_rate }),
      ...(asked.max_rounds === undefined ? {} : { rounds: asked.max_rounds }),
      ...(asked.smoothing_rounds === undefined ? {} : { smoothingRounds: asked.smoothing_rounds }),
      ...(asked.scale === undefined ? {} : { regressionLink: asked.scale }),
    },
    linear: {
      ...(asked.penalty === undefined ? {} : { lambda: asked.penalty }),
      ...(asked.l1_ratio === undefined ? {} : { l1Ratio: asked.l1_ratio }),
    },
    trees: {
      ...(asked.leaves === undefined ? {} : { leaves: asked.leaves }),
      ...(asked.learning_rate === undefined ? {} : { learningRate: asked.learning_rate }),
      ...(asked.max_rounds === undefined ? {} : { rounds: asked.max_rounds }),
      ...(asked.rows_per_leaf === undefined ? {} : { rowsPerLeaf: asked.rows_per_leaf }),
    },
  }
}
