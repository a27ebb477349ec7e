import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, runProcess } from '../../sandbox/process';

test('a command that ends tells how, and what it printed', async () => {
	const script = "console.error('to the side'); console.log('ahead'); process.exitCode = 3";
	expect(await runProcess({ command: execPath, args: ['-e', script] })).toEqual({
		code: 3,
		output: 'ahead\nto the side\n',
	});
});

test('a command that is not there tells so', async () => {
	const { code, output } = await runProcess({ command: '/nowhere/at-all', args: [] });
	expect(code).not.toBe(0);
	expect(output).toMatch(/not found|ENOENT/);
});

test('a command ends with the process that runs it, even when that is killed', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'process-'));
	const file = join(folder, 'pid');
	const endless = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => undefined, 1000)`;
	const running = `require(${JSON.stringify(join(__dirname, '../../sandbox/process.ts'))})
		.runProcess({ command: process.execPath, args: ['-e', ${JSON.stringify(endless)}] })`;
	const parent = spawn(execPath, ['--import', 'tsx', '-e', running], { stdio: 'ignore' });
	let pid = 0;
	while (pid === 0) {
		await sleep(10);
		pid = Number(await readFile(file, 'utf8').catch(() => '0'));
	}
	expect(isAlive(pid)).toBe(true);
	parent.kill('SIGKILL');
	await once(parent, 'close');
	while (isAlive(pid)) await sleep(10);
	await rm(folder, { recursive: true });
});
