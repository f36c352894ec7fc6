import { spawn } from 'node:child_process';

/**
 * Waits until the standard input closes, that is, until the starting process is gone, however it went; then asks whatever it had
 * recorded as running to stop, PostgreSQL last. Apps of ours stop by themselves at the same moment.
 */
const SCRIPT = `
cat > /dev/null
rest=''; database=''
for file in "$1"/*; do
  [ -f "$file" ] && read pid signal identity < "$file" || continue
  case "$file" in */postgres) database="$pid" ;; *) rest="$rest $pid" ;; esac
done
[ -n "$rest" ] && sleep 1 && kill -TERM $rest 2>/dev/null && sleep 4
[ -n "$database" ] && kill -INT $database 2>/dev/null
exit 0`;

/** Sees to it that nothing keeps running when this process is killed at once. */
export function startWatchdog(running: string): void {
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', running], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  watchdog.on('error', () => undefined);
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
}
