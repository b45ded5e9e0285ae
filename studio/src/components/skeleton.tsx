import { useEffect, useState } from 'react'
import styles from './skeleton.module.css'

/** Rows of the height that the real ones will have, after 200 ms: what is quick shows no skeleton at all. */
export function Skeleton({ rows = 4, height = 44 }: { readonly rows?: number; readonly height?: number }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <ul className={`${styles.rows} ${shown ? styles.shown : ''}`} aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <li key={`row-${index.toString()}`} style={{ height }}>
          <i />
          <i />
        </li>
      ))}
    </ul>
  )
}
