import { useMutation } from '@tanstack/react-query'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { client } from '#studio/lib/client.ts'

/** The lineage as an OpenLineage event, as a file. */
export function ExportLineage({ runId, name }: { readonly runId: string; readonly name: string }) {
  const save = useMutation({
    mutationFn: async () => {
      const event = await client.agentic.getOpenLineage(runId)
      const url = URL.createObjectURL(new Blob([JSON.stringify(event, null, 2)], { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = url
      link.download = `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.openlineage.json`
      link.click()
      URL.revokeObjectURL(url)
    },
  })
  return (
    <div>
      <Button disabled={save.isPending} onClick={() => save.mutate()}>Export OpenLineage</Button>
      {save.isError ? <ErrorState error={save.error} /> : null}
    </div>
  )
}
