const WIDTH = 40;
const EVERY_MS = 100;

/** Draws how far a transfer is until the function it returns is called; on a terminal in place, elsewhere one line at the end. */
export function progressBar(bytesSoFar: () => number, total: number): () => void {
	const startedAt = Date.now();
	const draw = (end: string) => {
		const share = Math.min(1, bytesSoFar() / total);
		const full = Math.round(share * WIDTH);
		const seconds = (Date.now() - startedAt) / 1000;
		const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
		const text = `  ${bar} ${Math.round(share * 100)} %  ${(bytesSoFar() / 1e6).toFixed(1)} MB  ${seconds.toFixed(1)} s`;
		process.stdout.write(process.stdout.isTTY ? `\r${text}${end}` : end === '' ? '' : `${text}${end}`);
	};
	const timer = setInterval(() => draw(''), EVERY_MS);
	return () => {
		clearInterval(timer);
		draw('\n');
	};
}
