import { useParams } from '@tanstack/react-router'
import { ModelPage } from '#studio/features/models/model-page.tsx'

export function ModelRoute() {
  const { modelId } = useParams({ from: '/models/$modelId' })
  return <ModelPage key={modelId} modelId={modelId} />
}
