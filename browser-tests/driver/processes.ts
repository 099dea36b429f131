/** Starting programs that cannot outlive this process, and ending whole process trees. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface Guarded {
  readonly pid: number
  readonly child: ChildProcess
  /** Ends the program and its whole process group, and returns when all of it is gone. */
  stop(): Promise<void>
}

/**
 * The program runs in a process group of its own, beside a shell that reads from a pipe held by us. However we end,
 * SIGKILL included, the pipe closes and the shell takes the group down: no exit hook is as reliable. SIGTERM comes
 * first because Xvfb then removes its lock file.
 */
const guard = `
exec 4<&0
(read -r _ <&4; trap '' TERM; kill -TERM 0; sleep 1; kill -KILL 0) 3>&- >/dev/null 2>&1 &
exec "$@" </dev/null 4<&-`

export interface GuardedOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Standard error and descriptor 3 are pipes that the caller may read. */
export function startGuarded({ command, args, env = process.env }: GuardedOptions): Guarded {
  const child = spawn('/bin/sh', ['-c', guard, 'guard', command, ...args], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('/bin/sh does not start')
  // An unread pipe would block the program once it is full.
  child.stderr?.resume()
  const stop = async (): Promise<void> => {
    signal(-pid, 'SIGTERM')
    await gone({ among: (process) => process.pgid === pid, patience: 2_000 })
    signal(-pid, 'SIGKILL')
    await gone({ among: (process) => process.pgid === pid, patience: 5_000 })
    child.stdin?.destroy()
  }
  return { pid, child, stop }
}

export interface RunningProcess {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  readonly args: string
}

/** Everything that runs, without zombies: they hold nothing, and only their parent can remove them. */
export function runningProcesses(): readonly RunningProcess[] {
  return (listings[process.platform] ?? fromPs)().filter(({ args }) => args !== '')
}

const listings: Partial<Record<NodeJS.Platform, () => readonly RunningProcess[]>> = {
  linux: fromProc,
  win32: fromCim,
}

function fromProc(): readonly RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The second field is a name in parentheses, which may itself hold spaces and parentheses.
        const [state, ppid, pgid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        if (state === 'Z' || state === 'X') return []
        const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [{ pid: Number(name), ppid: Number(ppid), pgid: Number(pgid), args }]
      } catch {
        return [] // it ended while we looked
      }
    })
}

function fromPs(): readonly RunningProcess[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=,args='], { encoding: 'utf8' }).split(
    '\n',
  )
  return lines.flatMap((line) => {
    const [, pid, ppid, pgid, state, args] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    if (args === undefined || state?.startsWith('Z')) return []
    return [{ pid: Number(pid), ppid: Number(ppid), pgid: Number(pgid), args }]
  })
}

/** Windows has no process groups. */
function fromCim(): readonly RunningProcess[] {
  const query = 'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine'
  const command = ['-NoProfile', '-Command', `${query} | ConvertTo-Json -Compress`]
  const listed: readonly { ProcessId: number; ParentProcessId: number; CommandLine: string | null }[] =
    JSON.parse(execFileSync('powershell', command, { encoding: 'utf8', maxBuffer: 2 ** 26 }))
  return listed.map(({ ProcessId: pid, ParentProcessId: ppid, CommandLine: args }) => ({
    pid,
    ppid,
    pgid: pid,
    args: args ?? '',
  }))
}

/** SIGKILL to every process that matches and to all descendants; returns when they are gone. */
export async function killTrees(matches: (process: RunningProcess) => boolean): Promise<void> {
  const all = runningProcesses()
  const doomed = new Set(all.filter(matches).map(({ pid }) => pid))
  for (let before = -1; before !== doomed.size; ) {
    before = doomed.size
    for (const { pid, ppid } of all) if (doomed.has(ppid)) doomed.add(pid)
  }
  doomed.delete(process.pid)
  for (const pid of doomed) signal(pid, 'SIGKILL')
  await gone({ among: ({ pid }) => doomed.has(pid), patience: 5_000 })
}

async function gone(options: {
  among: (process: RunningProcess) => boolean
  patience: number
}): Promise<void> {
  const deadline = Date.now() + options.patience
  while (Date.now() < deadline && runningProcesses().some(options.among)) await delay(10)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // already gone, which is fine
  }
}
