import styles from './report.module.css'

/**
 * A report in a frame of its own. The server sends it under a policy that lets it run the one script that it names and
 * load nothing, and the sandbox gives it no origin, so that it can read nothing of the studio.
 */
export function ReportFrame({ src, title }: { readonly src: string; readonly title: string }) {
  return <iframe className={styles.frame} src={src} title={title} sandbox="allow-scripts" />
}
