import { useParams } from '@tanstack/react-router'
import { PlaygroundPage } from '#studio/features/playground/playground-page.tsx'

export function PlaygroundRoute() {
  const { deploymentId } = useParams({ from: '/deployments/$deploymentId' })
  return <PlaygroundPage key={deploymentId} deploymentId={deploymentId} />
}
