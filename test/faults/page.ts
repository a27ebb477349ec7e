import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Row } from './row';

/** A row of the matrix, and what its user was told. */
export interface Seen extends Pick<Row, 'where' | 'fault' | 'ends' | 'leaves'> {
	readonly told: string;
}

const FILE = resolve(__dirname, '../../docs/faults.md');

const HEAD = `# What goes wrong, and what happens then

Written by \`npm run test:faults\`, which causes each of these faults in n8n's own engine: on real servers over faulty lines, or on scripted servers where a real one can't misbehave that way. In every row, the target already holds an older file, and another client reads it throughout: it sees either the old file or the complete new one. No socket and no timer stays open, and no secret appears.
`;

/** Compares the page with what was seen; with UPDATE_FAULTS=1 it is written anew instead. */
export async function checkPage(seen: readonly Seen[]): Promise<void> {
	const page = pageOf(seen);
	if (process.env.UPDATE_FAULTS === '1') await writeFile(FILE, page);
	expect(page).toBe(await readFile(FILE, 'utf8').catch(() => 'There is no docs/faults.md: run with UPDATE_FAULTS=1'));
}

function pageOf(seen: readonly Seen[]): string {
	const sections = [...new Set(seen.map(({ where }) => where))].map((where) => {
		const rows = seen.filter((row) => row.where === where).map(lineOf);
		return [`## ${where}`, '', '| When … | the user sees | and there is |', '|---|---|---|', ...rows].join('\n');
	});
	return `${[HEAD, ...sections].join('\n')}\n`.replace(/\n## /g, '\n\n## ').replace(/\n{3,}/g, '\n\n');
}

function lineOf({ fault, ends, told, leaves }: Seen): string {
	const there =
		ends === 'verified' ? 'the new file' : `the old file${leaves === true ? ', and a hidden part file' : ''}`;
	const sees = ends === 'verified' ? `a verified receipt, ${told}` : `\`${ends}\`: ${steady(told)}`;
	return `| ${fault} | ${sees.replaceAll('|', '\\|')} | ${there} |`;
}

/** Without what differs from run to run. */
export function steady(text: string): string {
	return text
		.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/g, 'ID')
		.replace(/\bfaults-[0-9a-f]{12}\b/g, 'NAME')
		.replace(/\.[0-9a-f]{12}\.(part|old)/g, '.….$1')
		.replace(/(Domo Support: )[\w-]+/g, '$1…')
		.replace(/SHA256:[\w+/]{43}/g, 'SHA256:…')
		.replace(/(port |:|-p )\d{4,5}\b/g, '$1PORT')
		.replace(/\d+ bytes/g, 'N bytes')
		.replace(/\d{4,}/g, 'N');
}
