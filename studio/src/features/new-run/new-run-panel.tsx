import { useNavigate } from '@tanstack/react-router'
import { Kbd } from '#studio/components/kbd.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { chooseFile } from './chosen-file.ts'
import { DropZone } from './drop-zone.tsx'

/** Where a run begins, beside the inbox. */
export function NewRunPanel() {
  const navigate = useNavigate()
  const take = (file: File) => {
    chooseFile(file)
    void navigate({ to: '/new' })
  }
  return (
    <Panel title="New run" level={2} aside={<Kbd keys={['N']} />}>
      <div className="stack">
        <DropZone onFile={take} />
        <p className="sub">The table is read first. You see what was read, and say what to predict, before anything is computed.</p>
      </div>
    </Panel>
  )
}
