import { azureCase } from './azure';
import type { Case } from './case';
import { formatCase } from './format';
import { growthCase } from './growth';
import { loopCase } from './loop';
import { memoryCase } from './memory';
import { rowsCase } from './rows';
import { rttCase } from './rtt';
import { sftpCase } from './sftp';
import { slowCase } from './slow';
import { smallCase } from './small';
import { workersCase } from './workers';

/** All that can be measured, in the order it is. */
export const CASES: readonly Case[] = [
	sftpCase({ name: 'sftp-wan', roundTripMs: 50, mebibytes: 1024, putMebibytes: 8, rounds: 3, loopback: true }),
	sftpCase({ name: 'sftp-wan100', roundTripMs: 100, mebibytes: 1024, putMebibytes: 4, rounds: 3 }),
	sftpCase({ name: 'sftp-lan', roundTripMs: 0, mebibytes: 1024, putMebibytes: 32, cat: true, variants: true }),
	azureCase('azure', 0, 1024),
	azureCase('azure-wan', 50, 1024),
	slowCase,
	smallCase,
	memoryCase,
	loopCase,
	rowsCase,
	growthCase,
	formatCase,
	rttCase,
	workersCase,
];

/** The named ones, or all; throws for a name that is none. */
export function casesNamed(names: readonly string[]): readonly Case[] {
	const unknown = names.filter((name) => !CASES.some((one) => one.name === name));
	if (unknown.length > 0) {
		const known = CASES.map(({ name }) => name).join(', ');
		throw new Error(`There is no case ${unknown.join(', ')}. There are: ${known}.`);
	}
	return names.length === 0 ? CASES : CASES.filter(({ name }) => names.includes(name));
}
