import type { Column } from '#core/dataset'
import type { PipelineSpec } from '#core/pipeline-spec'
import { bindKnown } from '#steps/bind-known'
import { withoutColumn } from '#steps/without-column'

/** The spec without the steps that would change the label beyond reading it, and the ids of the steps that were cut back. */
export function specForLabel(spec: PipelineSpec, columns: readonly Column[], label: string): { spec: PipelineSpec; cut: string[] } {
  const known = bindKnown(spec, columns)
  return known.ok ? withoutColumn(known.value, label, columns) : { spec, cut: [] }
}
