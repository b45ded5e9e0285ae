/** A program that starts Postgres, says its process id, and shuts it down when its standard input ends. */
export interface WrapperCommand {
  readonly file: string
  readonly args: readonly string[]
}

interface WrapperInput {
  /** Postgres with its arguments. */
  readonly command: readonly string[]
  readonly socketDirectory?: string
  readonly cluster: string
  readonly pgControl: string
}

/**
 * Wraps Postgres so that it ends with us however we end: the kernel closes our end of the pipe even after kill -9.
 * A second shell waits for that end, the first one for Postgres, so neither has to poll. They ignore the signals that a
 * terminal or a service manager sends to everybody: Postgres is stopped by us, or by our end.
 */
export function wrapperCommand(input: WrapperInput): WrapperCommand {
  if (process.platform === 'win32') return windowsWrapper(input)
  return { file: '/bin/sh', args: ['-c', shellScript, 'sh', input.socketDirectory ?? '', ...input.command] }
}

const shellScript = `
socket_directory=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- >&2 & server=$!
trap '' HUP INT TERM
echo $server
(read -r nothing <&3; kill -INT $server) >/dev/null 2>&1 & watcher=$!
exec 3<&- >/dev/null
wait $server; status=$?
kill -KILL $watcher 2>/dev/null; wait $watcher 2>/dev/null
[ $status -eq 0 ] && [ -n "$socket_directory" ] && rmdir "$socket_directory" 2>/dev/null
exit $status
`

/** Windows has neither sh nor signals: a small Node process stands between, and pg_ctl stops the server. Not tried. */
function windowsWrapper(input: WrapperInput): WrapperCommand {
  return { file: process.execPath, args: ['-e', windowsScript, input.pgControl, input.cluster, ...input.command] }
}

const windowsScript = `
const { spawn, execFile } = require('node:child_process')
const [control, cluster, file, ...args] = process.argv.slice(1)
const server = spawn(file, args, { stdio: ['ignore', 2, 2], windowsHide: true })
console.log(server.pid)
server.on('exit', (code) => process.exit(code ?? 1))
process.stdin.on('error', () => undefined)
process.stdin.on('close', () => execFile(control, ['stop', '-m', 'fast', '-D', cluster], { windowsHide: true }))
process.stdin.resume()
`
