import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU milliseconds a process has used so far, all its threads, user and system, as the kernel counts them. */
export function cpuMilliseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command name may hold spaces and brackets; what follows its last bracket is plain.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
}

/** CPU milliseconds of all threads of a process and of its children, to the nanosecond that the scheduler counts in. */
export function cpuOfTree(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const path = `/proc/${pid}/task/${thread}`;
    nanoseconds += Number(readFileSync(`${path}/schedstat`, 'utf8').split(' ')[0]);
    for (const child of readFileSync(`${path}/children`, 'utf8').trim().split(' '))
      if (child) nanoseconds += cpuOfTree(Number(child)) * 1e6;
  }
  return nanoseconds / 1e6;
}
