import { useParams } from '@tanstack/react-router'
import { MonitorPage } from '#studio/features/monitors/monitor-page.tsx'

export function MonitorRoute() {
  const { monitorId } = useParams({ from: '/monitors/$monitorId' })
  return <MonitorPage key={monitorId} monitorId={monitorId} />
}
