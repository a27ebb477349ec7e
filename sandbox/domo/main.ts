import { parseArgs } from 'node:util';
import type { SandboxDataSet } from './dataSet';
import { digest } from './dataSet';
import * as dataSets from './dataSets';
import { startDomo } from './domo';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });

const sized = [
	dataSets.large({ bytes: 100_000_000, name: 'Large, 100 MB' }),
	dataSets.large({ bytes: 2 ** 31, name: 'Large, 2 GiB' }),
	dataSets.large({ bytes: 10_000_000_000, name: 'Large, 10 GB' }),
	dataSets.manyQuotes({ bytes: 64_000_000, name: 'Many quotes, 64 MB' }),
];
const small = [
	dataSets.awkward(),
	dataSets.awkwardNulls(),
	dataSets.empty(),
	dataSets.oneRow(),
	dataSets.noFinalNewline(),
	dataSets.wide(),
	...dataSets.catalogue(),
];

async function main(): Promise<void> {
	const domo = await startDomo({ port: Number(values.port), dataSets: [...small, ...sized] });
	const end = (): void => void domo.close();
	process.once('SIGTERM', end);
	process.once('SIGINT', end);
	const told = [
		...(await Promise.all(small.map(described))),
		...sized.map(({ id, name, rows, bytes }) => ({ id, name, rows, bytes })),
	];
	const { url, clientId, clientSecret } = domo;
	process.stdout.write(`${JSON.stringify({ url, clientId, clientSecret, dataSets: told })}\n`);
}

async function described(dataSet: SandboxDataSet): Promise<{ id: string; name: string; rows: number; bytes: number }> {
	const { id, name, rows } = dataSet;
	return { id, name, rows, bytes: (await digest(dataSet)).bytes };
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
